import { describe, expect, it } from 'vitest';
import { acrossSplits } from './across-splits.js';
import { type ConstructedArm, constructedPredictions } from './constructed-scores.test-support.js';
import { type StudyScores, studyScores } from './study-scores.js';

const seeds = [1, 2];
const comparison = { arm: 'turbo', control: 'gray', intervalLevel: 0.95 };
const sizes = { train: { records: 700 }, test: { records: 200 } };
const endpoint = { metric: 'auroc', margin: 0.05, alpha: 0.05 } as const;

/** Scores of one split, whose arms are drawn apart by these separations. */
function split(number: number, gray: number, turbo: number): StudyScores {
  const arms: readonly ConstructedArm[] = [
    { arm: 'gray', separation: gray, chance: 0.1 + number / 1000, seeds },
    { arm: 'turbo', separation: turbo, chance: 0.1, seeds },
  ];
  return studyScores(constructedPredictions(arms, 100));
}

const over = (finished: readonly StudyScores[], asked = finished.length, margin: number = endpoint.margin) =>
  acrossSplits(comparison, { asked, finished }, sizes, { ...endpoint, margin });

describe('a comparison over several splits', () => {
  const apart = [split(1, 1.2, 2.4), split(2, 1.2, 2.5), split(3, 1.1, 2.4), split(4, 1.2, 2.3)];

  it('is the corrected resampled t test of the mean differences over seeds', () => {
    const { differences, result, notLearned } = over(apart);
    expect(differences).toHaveLength(4);
    expect(notLearned).toBe(0);
    const mean = differences.reduce((sum, d) => sum + d, 0) / 4;
    const variance = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / 3;
    // Nadeau & Bengio 2003, with t(0.975, 3) = 3.182446305284263 (scipy 1.17.1).
    const half = 3.182446305284263 * Math.sqrt((1 / 4 + 200 / 700) * variance);
    expect(result!.degreesOfFreedom).toBe(3);
    expect(result!.mean).toBeCloseTo(mean, 12);
    expect(result!.interval[0]).toBeCloseTo(mean - half, 9);
    expect(result!.interval[1]).toBeCloseTo(mean + half, 9);
  });

  it('says what the interval excludes, and changes its words with it', () => {
    expect(over(apart).statement).toMatch(
      /^With other training sets, turbo against gray: mean difference over 4 splits \+0\.\d+ .*; the AUROC of the arm is higher\.$/,
    );
    const worse = [split(1, 2.4, 1.2), split(2, 2.5, 1.2), split(3, 2.4, 1.1)];
    expect(over(worse).statement).toMatch(/the AUROC of the arm is lower\.$/);
    const unlike = [split(1, 1.2, 2.4), split(2, 2.4, 1.2), split(3, 1.2, 1.3)];
    expect(over(unlike).statement).toMatch(/the interval includes 0, so a difference is not shown to hold/);
    const alike = [split(1, 1.5, 1.5), split(2, 1.5, 1.52), split(3, 1.5, 1.49)];
    expect(over(alike, 3, 0.4).statement).toMatch(/the interval excludes every difference of 0\.4 or more\.$/);
  });

  it('concludes nothing where a network on some split is not shown to have learned', () => {
    const { statement, notLearned } = over([...apart, split(5, 1.2, 0)]);
    expect(notLearned).toBe(1);
    expect(statement).toMatch(
      /on 1 of 5 splits one of the two is not shown to have learned, so nothing can be concluded/,
    );
  });

  it('counts finished splits, needs two, and takes no certainty from splits that agree to the last digit', () => {
    expect(over(apart, 6).statement).toContain('With other training sets (4 of 6 splits are finished)');
    const first = over(apart.slice(0, 1), 5);
    expect(first.result).toBeNull();
    expect(first.statement).toContain('nothing can be said before two splits are finished');
    const same = over([apart[0]!, apart[0]!]);
    expect(same.result).toBeNull();
    expect(same.statement).toContain('all 2 splits give the same difference');
  });
});
