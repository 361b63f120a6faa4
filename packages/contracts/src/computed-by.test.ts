import { describe, expect, it } from 'vitest';
import { type ComputedTrial, computedBy } from './computed-by.js';

const trial = (arm: string, seed: number, profile: string | null): ComputedTrial => ({ arm, seed, profile });

describe('what computed a study', () => {
  it('is not said where nothing was recorded', () => {
    expect(computedBy([], 'gray')).toBeUndefined();
    expect(computedBy([trial('gray', 1, null)], 'gray')).toBeUndefined();
  });

  it('is one profile where all share it', () => {
    expect(computedBy([trial('gray', 1, 'A'), trial('turbo', 1, 'A')], 'gray')).toBe(
      '2 trials were computed with one execution profile: A.',
    );
    expect(computedBy([trial('gray', 1, 'A'), trial('turbo', 1, null)], 'gray')).toBe(
      '1 trial was computed with one execution profile: A. What computed 1 further trial was not recorded.',
    );
  });

  it('is several profiles, which arms and controls of one seed share', () => {
    const trials = [trial('gray', 1, 'A'), trial('turbo', 1, 'A'), trial('gray', 2, 'B'), trial('turbo', 2, 'B')];
    expect(computedBy(trials, 'gray')).toBe(
      'Trials were computed with 2 execution profiles: A (2 trials); B (2 trials). Every arm shares that of its control of the same seed.',
    );
  });

  it('is told apart where an arm and its control differ', () => {
    const trials = [trial('gray', 1, 'A'), trial('turbo', 1, 'B'), trial('hot', 1, 'A')];
    expect(computedBy(trials, 'gray')).toBe(
      'Trials were computed with 2 execution profiles: A (2 trials); B (1 trial). In 1 of 2 comparisons of an arm with its control, the two were computed with different profiles, which may be part of their difference: turbo with seed 1.',
    );
  });

  it('claims nothing of a pair of which one is not known', () => {
    const trials = [trial('gray', 1, null), trial('turbo', 1, 'B'), trial('hot', 1, 'A')];
    expect(computedBy(trials, 'gray')).not.toMatch(/share|compar/);
    expect(computedBy([trial('gray', 1, 'A'), trial('turbo', 1, 'B')], undefined)).not.toMatch(/share|compar/);
  });
});
