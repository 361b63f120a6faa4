import { readFileSync } from 'node:fs';
import { studyFolder } from '@chromaray/store';
import { runStudy } from '@chromaray/study';
import { SlurmServer, slurmMissing } from '@chromaray/testing/slurm-server';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cli } from './cli-process.test-support.js';

/** Milliseconds; several processes start in each test, which takes long on a busy machine. */
const patience = 300_000;
const missing = slurmMissing();
const tiny = new TinyStudy();
let slurm: SlurmServer;

beforeAll(async () => {
  if (missing !== undefined) return;
  await tiny.writeData();
  slurm = await SlurmServer.start(2);
}, patience);
afterAll(async () => {
  await slurm?.stop();
  tiny.remove();
});

const cli = (...args: readonly string[]) => new Cli(args, [], slurm.environment).ended;
const choices = { seeds: '[1]', epochs: 2 };

describe.skipIf(missing !== undefined)(
  `a study in Slurm${missing ? ` (${missing})` : ''}`,
  { timeout: patience },
  () => {
    it('is submitted, left, collected by a later run, and has the predictions of a run on this machine', async () => {
      const file = tiny.writeStudyFile(choices);
      const studies = tiny.path('slurm');
      const submitted = await cli('study', 'submit', file, '--studies', studies, '--json');
      expect(submitted).toMatchObject({ code: 0 });
      expect(JSON.parse(submitted.out).arrays).toEqual([{ job: expect.any(Number), trials: 2 }]);
      const status = async () => (await cli('study', 'status', file, '--studies', studies)).out;
      expect(await status()).toMatch(
        /2 trials were given to Slurm \(job \d+\); (no result is|the results? of \w+ (is|are)) in/,
      );
      await expect.poll(status, { timeout: patience, interval: 2000 }).toContain('the results of all are in');
      expect(await status()).toContain('`chromaray study run` with the study file and `--slurm` takes what is there');
      const run = await cli('study', 'run', file, '--studies', studies, '--slurm');
      expect(run).toMatchObject({ code: 0 });
      expect(await status()).toMatch(/2 of 2 trials done[\s\S]*node1/);
      expect(await status()).not.toContain('given to');
      const local = await runStudy(tiny.studyFile(choices), { studies: tiny.path('local') });
      const predictions = readFileSync(studyFolder(studies, 'tiny').predictions, 'utf8');
      expect(predictions).toBe(readFileSync(local.folder.predictions, 'utf8'));
    });

    it('that is cancelled leaves nothing in the queue, and resumes', async () => {
      const file = tiny.writeStudyFile({ ...choices, epochs: 40 });
      const studies = tiny.path('cancelled');
      expect(await cli('study', 'submit', file, '--studies', studies)).toMatchObject({ code: 0 });
      const cancelled = await cli('study', 'cancel', file, '--studies', studies);
      expect(cancelled).toMatchObject({ code: 0, out: expect.stringMatching(/^Cancelled Slurm job \d+\./) });
      await slurm.until(() => slurm.command('squeue', '-h').trim() === '', 'the queue is empty');
      expect(await cli('study', 'submit', file, '--studies', studies)).toMatchObject({
        code: 0,
        out: expect.stringContaining('Submitted'),
      });
      expect(await cli('study', 'cancel', file, '--studies', studies)).toMatchObject({ code: 0 });
    });

    it('with a partition that is not there ends with the words of Slurm before anything is trained', async () => {
      const file = tiny.writeStudyFile(choices);
      const refused = await cli(
        'study',
        'run',
        file,
        '--studies',
        tiny.path('no'),
        '--slurm',
        '--slurm-partition',
        'nowhere',
      );
      expect(refused.code).toBe(2);
      expect(refused.err).toContain('invalid partition specified: nowhere');
      expect(refused.err).toContain('CHROMARAY_SLURM_REFUSED');
      expect(refused.err).not.toMatch(/^ +at /m);
    });
  },
);
