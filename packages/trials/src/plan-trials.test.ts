import { describe, expect, it } from 'vitest';
import { planTrials } from './plan-trials.js';

const gib = 2 ** 30;
const machine = (cores: number, freeMemoryBytes = 64 * gib) => ({ cores, freeMemoryBytes });

describe('planTrials', () => {
  it('gives each trial a core of its own when there are trials enough', () => {
    expect(planTrials(8, gib, undefined, machine(2))).toEqual({ concurrency: 2, threads: 1 });
    expect(planTrials(20, gib, undefined, machine(16))).toEqual({ concurrency: 16, threads: 1 });
  });

  it('shares the cores out over few trials', () => {
    expect(planTrials(2, gib, undefined, machine(8))).toEqual({ concurrency: 2, threads: 4 });
    expect(planTrials(3, gib, undefined, machine(8))).toEqual({ concurrency: 3, threads: 2 });
  });

  it('runs fewer at once when memory is scarce, with the same threads, and always one', () => {
    expect(planTrials(8, gib, undefined, machine(4, 2.5 * gib))).toEqual({ concurrency: 2, threads: 1 });
    expect(planTrials(8, gib, undefined, machine(4, 0.1 * gib))).toEqual({ concurrency: 1, threads: 1 });
  });

  it('keeps the given number of threads, also when an added arm would suggest another', () => {
    expect(planTrials(4, gib, undefined, machine(8))).toEqual({ concurrency: 4, threads: 2 });
    expect(planTrials(6, gib, 2, machine(8))).toEqual({ concurrency: 4, threads: 2 });
    expect(planTrials(6, gib, 4, machine(2))).toEqual({ concurrency: 1, threads: 4 });
  });
});
