import { describe, expect, it } from 'vitest';
import { runAll } from './run-all.js';

const never = new AbortController().signal;
const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('runAll', () => {
  it('runs every job once, in order, and no more at once than it may', async () => {
    const started: number[] = [];
    let running = 0;
    let most = 0;
    await runAll(
      [0, 1, 2, 3, 4, 5, 6],
      3,
      async (job) => {
        started.push(job);
        most = Math.max(most, ++running);
        await later(job % 3);
        running--;
      },
      never,
    );
    expect(started).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(most).toBe(3);
  });

  it('starts nothing after a failure, waits for what runs, and throws the first failure', async () => {
    const ended: string[] = [];
    const jobs = ['fails', 'slow', 'fails later', 'never'];
    const run = async (job: string): Promise<void> => {
      await later(job === 'fails' ? 1 : 20);
      ended.push(job);
      if (job.startsWith('fails')) throw new Error(job);
    };
    await expect(runAll(jobs, 3, run, never)).rejects.toThrow(/^fails$/);
    expect(ended.sort()).toEqual(['fails', 'fails later', 'slow']);
  });

  it('starts nothing after an abort', async () => {
    const controller = new AbortController();
    const started: number[] = [];
    const run = async (job: number): Promise<void> => {
      started.push(job);
      if (job === 1) controller.abort();
      await later(1);
    };
    await runAll([0, 1, 2, 3], 2, run, controller.signal);
    expect(started).toEqual([0, 1]);
  });

  it('has nothing to do without jobs', async () => {
    await expect(runAll([], 2, () => Promise.reject(new Error('called')), never)).resolves.toBeUndefined();
  });
});
