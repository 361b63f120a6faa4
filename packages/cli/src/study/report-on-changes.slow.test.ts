import { readFileSync, writeFileSync } from 'node:fs';
import { studyFolder } from '@chromaray/store';
import { rebuildReport, runStudy } from '@chromaray/study';
import { type TinyChoices, TinyStudy } from '@chromaray/testing/tiny-study';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cli } from './cli-process.test-support.js';

/** Milliseconds; trials are processes of their own, which take long to start on a busy machine. */
const patience = 180_000;
const tiny = new TinyStudy();
const choices: TinyChoices = { seeds: '[1]', epochs: 1 };
const studies = tiny.path('studies');
const folder = studyFolder(studies, 'tiny');

beforeAll(async () => {
  await tiny.writeData();
  await runStudy(tiny.studyFile(choices), { studies });
}, patience);
afterAll(() => tiny.remove());

/** Changes the study's store as an accident might, and puts it back. */
async function withStore(sql: string, then: () => Promise<void>): Promise<void> {
  const settle = 'PRAGMA wal_checkpoint(TRUNCATE)';
  const execute = (...statements: string[]) => {
    const store = new Database(folder.store);
    for (const statement of statements) store.exec(statement);
    store.close();
  };
  execute(settle);
  const before = readFileSync(folder.store);
  execute('PRAGMA foreign_keys = ON', 'PRAGMA ignore_check_constraints = ON', sql, settle);
  try {
    await then();
  } finally {
    execute(settle);
    writeFileSync(folder.store, before);
  }
}

describe('the report on a study that was changed after it had run', { timeout: patience }, () => {
  it('is refused when the study file in its folder was edited', async () => {
    const asRun = readFileSync(folder.studyFile, 'utf8');
    writeFileSync(folder.studyFile, asRun.replace('margin: 0.05', 'margin: 0.4'));
    await expect(rebuildReport('tiny', studies)).rejects.toMatchObject({
      code: 'CHROMARAY_STUDY_FILE_EDITED',
      remedy: expect.stringContaining('study run'),
    });
    writeFileSync(folder.studyFile, asRun);
  });

  it('is refused when it is asked for by a study file that says otherwise, and names the keys', async () => {
    const file = tiny.writeStudyFile({ ...choices, seeds: '[1, 2]', learningRate: 0.02 });
    await expect(rebuildReport(file, studies)).rejects.toMatchObject({
      code: 'CHROMARAY_STUDY_FILE_DIFFERS',
      details: { keys: ['training', 'seeds'] },
    });
    await expect(rebuildReport(tiny.writeStudyFile(choices), studies)).resolves.toMatchObject({
      folder: { root: folder.root },
    });
  });

  it('names arms and seeds that the store has lost, on its first screen', async () => {
    await withStore("DELETE FROM predictions WHERE trial IN (SELECT id FROM trials WHERE arm = 'turbo')", async () => {
      const { verdict } = await rebuildReport('tiny', studies);
      expect(verdict.unfinished).toEqual([
        { arm: 'turbo', seed: 1, state: 'failed', reason: 'Its predictions are missing from the store.' },
      ]);
      const report = readFileSync(folder.report, 'utf8');
      expect(report.slice(0, report.indexOf('</header>'))).toContain('turbo, seed 1: failed');
    });
    await withStore("DELETE FROM trials WHERE arm = 'turbo'", async () => {
      const { verdict } = await rebuildReport('tiny', studies);
      expect(verdict.unfinished).toEqual([{ arm: 'turbo', seed: 1, state: 'waiting', reason: null }]);
    });
  });

  it('is refused, with one error and no stack, when stored probabilities were damaged', async () => {
    await withStore('UPDATE predictions SET probability = 1.5', async () => {
      const { code, err } = await new Cli(['study', 'report', folder.root]).ended;
      expect(code).toBe(1);
      expect(err).toContain('CHROMARAY_PREDICTIONS_VALUE');
      expect(err).not.toMatch(/^ +at /m);
    });
  });

  it('is not begun when it is to be printed and there is no browser', async () => {
    const nowhere = { PATH: '', CHROMARAY_BROWSER: '' };
    const { code, err } = await new Cli(['study', 'report', folder.root, '--pdf'], [], nowhere).ended;
    expect(code).toBe(1);
    expect(err).toContain('CHROMARAY_PDF_BROWSER');
    expect(err).toContain('apt-get install chromium');
  });

  it('says first that the endpoint was changed after a verdict, keeps that verdict, and claims no declaration', async () => {
    const study = tiny.studyFile(choices);
    const changed = { ...study, endpoint: { ...study.endpoint, margin: 0.4 } };
    const earlier = readFileSync(folder.verdict, 'utf8');
    await expect(runStudy(changed, { studies })).rejects.toMatchObject({ code: 'CHROMARAY_REGISTRATION_DIFFERS' });
    const { verdict } = await runStudy(changed, { studies, amend: 'the margin was a slip' });
    expect(verdict.verdict).toBe('invalid');
    expect(verdict.statement).toMatch(
      /^No valid verdict: endpoint changed \(margin 0\.05, now 0\.4\) after a verdict\./,
    );
    expect(readFileSync(folder.inside(folder.earlierVerdict(1)), 'utf8')).toBe(earlier);
    const report = readFileSync(folder.report, 'utf8');
    expect(report.slice(0, report.indexOf('</header>'))).toContain('No valid verdict');
    expect(report).not.toMatch(/(registered|declared|written down) before training/);

    const back = await runStudy(study, { studies, amend: 'back to the registered margin' });
    expect(back.verdict.amendedAfterResults).toEqual([]);
    expect(back.verdict.statement).not.toContain('No valid verdict');
  });
});
