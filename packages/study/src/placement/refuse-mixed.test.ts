import { trialTask } from '@chromaray/testing/trial-task';
import { describe, expect, it } from 'vitest';
import type { FinishedTrial } from './finished-trials.js';
import { refuseMixed } from './refuse-mixed.js';

const tasks = [1, 2].flatMap((seed) => ['gray', 'turbo'].map((arm) => trialTask({ arm, seed })));
const here = () => 'x64 avx2';
const done = (arm: string, seed: number, processor: string | null, split = 1): FinishedTrial => ({
  ...{ split, arm, seed, processor },
});

describe('an arm and its control of the same seed', () => {
  it.each<[what: string, finished: readonly FinishedTrial[]]>([
    ['of which nothing is finished', []],
    ['that go on where they began', [done('gray', 1, 'x64 avx2')]],
    ['that are finished, however they came about', [done('gray', 1, 'a'), done('turbo', 1, 'b')]],
    ['of which an earlier version computed one, and did not say how', [done('gray', 1, null)]],
    ['of seeds that were computed elsewhere, as wholes', [done('gray', 2, 'a'), done('turbo', 2, 'a')]],
  ])('may be computed %s', (_, finished) => {
    expect(() => refuseMixed(tasks, 'gray', finished, here)).not.toThrow();
  });

  it('are not computed by two kinds of processors', () => {
    expect(() => refuseMixed(tasks, 'gray', [done('gray', 2, 'x64 avx512f')], here)).toThrow(
      expect.objectContaining({
        code: 'CHROMARAY_EXECUTION_MIXED',
        message:
          'Of seed 2, "gray" was computed on x64 avx512f and "turbo" would be computed on x64 avx2: they may differ by more than what their arms differ in.',
      }),
    );
  });

  it('are refused as well when the arm is there before its control, and on further splits', () => {
    const refused = () => refuseMixed(tasks, 'gray', [done('turbo', 1, 'a', 2)], here);
    expect(refused).toThrow(/"gray" would be computed on x64 avx2 and "turbo" was computed on a/);
  });

  it('are counted where they are many', () => {
    const finished = [done('gray', 1, 'a'), done('gray', 2, 'a')];
    expect(() => refuseMixed(tasks, 'gray', finished, here)).toThrow(/and 1 further comparison would/);
  });
});
