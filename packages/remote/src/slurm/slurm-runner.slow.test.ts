import { sha256 } from '@chromaray/base';
import type { TrialMessage } from '@chromaray/trials';
import { describe, expect, it } from 'vitest';
import { SlurmLab } from './slurm-study.test-support.js';

const lab = new SlurmLab();

describe.skipIf(lab.missing !== undefined)(`trials in Slurm${lab.missing ? ` (${lab.missing})` : ''}`, () => {
  it('give the bits that they give in this process, as the tasks of one array', async () => {
    const tasks = ['one', 'two', 'three'].map((name, seed) => ({ ...lab.trial(name, 2), seed }));
    const study = lab.study('one-array');
    const results = await study.runAll(tasks);
    for (const [i, task] of tasks.entries()) {
      const here = await lab.local(task);
      expect(results[i]!.probabilities).toEqual(here.probabilities);
      expect(results[i]!.modelHash).toBe(here.modelHash);
      expect(study.model(task)).toBe(here.modelHash);
    }
    expect(study.record?.arrays.map(({ trials }) => trials.length)).toEqual([3]);
  });

  it('report their start and every epoch in order, and are not run again', async () => {
    const seen: TrialMessage[] = [];
    const study = lab.study('messages');
    await study.run(lab.trial('messages', 3), (message) => void seen.push(message));
    expect(seen[0]).toMatchObject({ kind: 'started', resumedAtEpoch: 0 });
    expect(seen.flatMap((message) => (message.kind === 'epoch' ? [message.epoch.epoch] : []))).toEqual([1, 2, 3]);
    const first = study.job;
    await study.run(lab.trial('messages', 3));
    expect(study.job).toBe(first);
  });

  it.each([
    ['a partition that is not there', { partition: 'nowhere' }, 'invalid partition specified: nowhere'],
    ['a time that is none', { time: 'soon' }, 'Invalid --time specification'],
    ['generic resources that no node has', { gres: 'gpu:4' }, 'Invalid generic resource (gres) specification'],
  ])('with %s are refused in the words of Slurm before anything is trained', async (_, options, words) => {
    const study = lab.study(`refused-${sha256(words).slice(0, 6)}`, options);
    await expect(study.run(lab.trial('refused', 1))).rejects.toMatchObject({
      code: 'CHROMARAY_SLURM_REFUSED',
      message: expect.stringContaining(words),
    });
    expect(study.job).toBeNull();
  });

  it('whose setup fails are given up after three tries, with the end of their log file', async () => {
    const study = lab.study('setup', { setup: ['echo "module: no such thing" >&2', 'exit 9'] });
    await expect(study.run(lab.trial('setup', 1))).rejects.toMatchObject({
      code: 'CHROMARAY_SLURM_TRIAL',
      message: expect.stringMatching(/ended 3 times .* as FAILED.*\n {2}module: no such thing/s),
    });
    expect(study.record?.arrays).toHaveLength(3);
  });
});
