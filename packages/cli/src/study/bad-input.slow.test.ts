import { existsSync, readFileSync } from 'node:fs';
import { studyFolder } from '@chromaray/store';
import { runStudy } from '@chromaray/study';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cli } from './cli-process.test-support.js';

/** Milliseconds; trials are processes of their own, which take long to start on a busy machine. */
const patience = 180_000;
const tiny = new TinyStudy();
// Two unreadable files are less than the share that stops a study.
const faulty = { data: 'faulty', split: '{ method: provided }', seeds: '[1]', epochs: 1 };

beforeAll(async () => {
  await tiny.writeData();
  await tiny.writeData('faulty', { duplicatesAcrossParts: 2, unreadableFiles: 2 });
}, patience);
afterAll(() => tiny.remove());

describe('a study whose execution provider is not there', { timeout: patience }, () => {
  it('stops before it reads a picture, and does not go on with the CPU', async () => {
    const provider = process.platform === 'win32' ? 'coreml' : 'dml';
    const events: string[] = [];
    const file = tiny.studyFile({ ...faulty, optimizer: `adam, provider: ${provider}` });
    const run = runStudy(file, { studies: tiny.path('gpu'), onEvent: ({ kind }) => events.push(kind) });
    await expect(run).rejects.toMatchObject({
      code: 'CHROMARAY_BACKEND_PROVIDER',
      message: expect.stringContaining(`no execution provider "${provider}"`),
    });
    expect(events).toEqual(['run-started', 'run-ended']);
    expect(existsSync(studyFolder(tiny.path('gpu'), 'tiny').runRecord)).toBe(false);
  });
});

describe('a study whose data set leaks from train into test', { timeout: patience }, () => {
  it('stops before training with exit code 3, says which records, and leaves the audit', async () => {
    const { root, audit, runRecord } = studyFolder(tiny.path('blocked'), 'tiny');
    const cli = new Cli(['study', 'run', tiny.writeStudyFile(faulty), '--studies', tiny.path('blocked'), '--json']);
    const { code, out, err } = await cli.ended;
    expect(code).toBe(3);
    expect(err).toContain('--accept-risk');
    expect(err).not.toMatch(/^ +at /m);
    const { error } = JSON.parse(out);
    expect(error.code).toBe('CHROMARAY_AUDIT_BLOCKED');
    const found = error.details.findings.map(({ id }: { id: string }) => id);
    const written = JSON.parse(readFileSync(audit, 'utf8'));
    const blocking = written.findings.filter(({ severity }: { severity: string }) => severity === 'blocks');
    expect(blocking.map(({ id }: { id: string }) => id)).toEqual(found);
    expect(error.details.findings[0].records.length).toBeGreaterThanOrEqual(2);
    expect([root, runRecord].map((file) => existsSync(file))).toEqual([true, false]);
  });

  it('runs when every risk is accepted, and its verdict says first that it is invalid and why', async () => {
    const blocked = await runStudy(tiny.studyFile(faulty), { studies: tiny.path('risky') }).catch((error) => error);
    const findings: readonly { id: string; title: string }[] = blocked.details.findings;
    const { verdict, folder } = await runStudy(tiny.studyFile(faulty), {
      studies: tiny.path('risky'),
      acceptRisks: findings.map(({ id }) => id),
    });
    expect(verdict.verdict).toBe('invalid');
    expect([...verdict.risksAccepted].sort()).toEqual(findings.map(({ id }) => id).sort());
    expect(verdict.statement).toMatch(/^Invalid: the study was run despite blocking audit findings/);
    for (const { title } of findings) expect(verdict.statement).toContain(title);
    const report = readFileSync(folder.report, 'utf8');
    expect(report.indexOf('Invalid')).toBeGreaterThan(0);

    // The files that no image library can read are listed, with reasons, and stand in no part.
    const { unreadable, records } = JSON.parse(readFileSync(folder.manifest, 'utf8'));
    expect(unreadable).toHaveLength(2);
    const ids = new Set(records.map(({ id }: { id: string }) => id));
    for (const { id, code } of unreadable) {
      expect(ids.has(id)).toBe(false);
      expect(code).toMatch(/^CHROMARAY_IMAGE_/);
      expect(report).toContain(id.split('/').at(-1));
    }
  });
});

describe('a study that cannot go on', { timeout: patience }, () => {
  it('names step and tensor when the loss stops being a number, with exit code 1 and no stack', async () => {
    // Each step multiplies every weight by about -99.
    const file = tiny.writeStudyFile({
      seeds: '[1]',
      epochs: 16,
      learningRate: 100,
      optimizer: 'adamw, weightDecay: 1',
    });
    const { code, err } = await new Cli(['study', 'run', file, '--studies', tiny.path('diverged')]).ended;
    expect(code).toBe(1);
    expect(err).toContain('CHROMARAY_TRAINING_NOT_FINITE');
    expect(err).toMatch(/(step|epoch) \d+/);
    expect(err).toMatch(/tensor .*"[^"]+"/);
    expect(err).toContain('Lower the learning rate');
    expect(err).not.toMatch(/^ +at /m);
  });

  // A limit on file size takes the place of a full disk: the system refuses a checkpoint half way.
  it.skipIf(process.platform === 'win32')(
    'says that a checkpoint does not fit on the disk, and goes on when it does',
    async () => {
      const choices = { seeds: '[1]', epochs: 2 };
      const studies = tiny.path('full');
      const file = tiny.writeStudyFile(choices);
      const limit = ['bash', '-c', 'ulimit -f 1024; exec "$@"', 'bash'];
      const ignoreSignal = "--import data:text/javascript,process.on('SIGXFSZ',()=>{})";
      const limited = new Cli(['study', 'run', file, '--studies', studies], limit, { NODE_OPTIONS: ignoreSignal });
      const { code, err } = await limited.ended;
      expect(code).toBe(1);
      expect(err).toContain('.checkpoint could not be written');
      expect(err).toContain('CHROMARAY_FILE_WRITE');
      expect(err).not.toMatch(/^ +at /m);

      const { verdict, folder } = await runStudy(tiny.studyFile(choices), { studies });
      expect(verdict.unfinished).toEqual([]);
      expect(existsSync(folder.checkpointRoot)).toBe(false);
    },
  );
});
