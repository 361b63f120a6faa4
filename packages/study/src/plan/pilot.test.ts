import { Random } from '@chromaray/base';
import { simulateStudy, TYPICAL_SHARES } from '@chromaray/evidence';
import type { StudyScores } from '@chromaray/results';
import { describe, expect, it } from 'vitest';
import { plannedSensitivity } from '../sensitivity/planned-sensitivity.js';
import { assumptionsFrom } from './pilot.js';

const arms = [
  { name: 'gray', control: true, colour: 'none' },
  { name: 'turbo', control: false, colour: { map: 'turbo' } },
] as const;
const endpoint = { metric: 'auroc', margin: 0.02, alpha: 0.05, correction: 'holm', bootstrap: 2000 } as const;
const test = { records: 300, patients: 300, positives: 150, negatives: 150 };

function pilot(seeds: number, seedDeviation: number): StudyScores {
  const { labels, patients, arm, control } = simulateStudy(
    {
      positivePatients: 200,
      negativePatients: 200,
      mostRecordsPerPatient: 1,
      seeds,
      auroc: 0.88,
      effect: 0,
      seedDeviation,
      shares: TYPICAL_SHARES,
    },
    new Random('pilot'),
  );
  const trials = (name: string, scores: typeof arm) =>
    scores.map((of, seed) => ({ arm: name, seed, threshold: 1, test: Float64Array.from(of) }));
  return {
    test: {
      records: Array.from(labels, (_, i) => `${i}`),
      labels: Uint8Array.from(labels, Number),
      patients: Array.from(patients, String),
    },
    trials: [...trials('gray', control), ...trials('turbo', arm)],
  };
}

describe('a plan from a pilot', () => {
  it('takes AUROC, spread of seeds and correlation from it', () => {
    const found = assumptionsFrom(arms, pilot(8, 0.03), 'pilot');
    expect(found.from).toBe('pilot');
    expect(Math.abs(found.auroc - 0.88)).toBeLessThan(0.04);
    expect(found.seedDeviation).toBeGreaterThan(0.015);
    expect(found.seedDeviation).toBeLessThan(0.045);
    expect(found.correlationBetweenArms).toBeGreaterThan(0.5);
    expect(found.correlationBetweenArms).toBeLessThan(0.95);
  });

  it('promises less power than the assumptions where its seeds vary more', () => {
    const planned = plannedSensitivity({ test, validation: test }, { arms, seeds: [1, 2, 3], endpoint });
    const piloted = plannedSensitivity(
      { test, validation: test },
      { arms, seeds: [1, 2, 3], endpoint },
      assumptionsFrom(arms, pilot(8, 0.03), 'pilot'),
    );
    expect(piloted.powerAtMargin).toBeLessThan(planned.powerAtMargin);
    expect(piloted.smallestDetectable).toBeGreaterThan(2 * planned.smallestDetectable);
  });

  it('needs two seeds', () => {
    expect(() => assumptionsFrom(arms, pilot(1, 0), 'studies/pilot')).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_PLAN_PILOT' }),
    );
  });
});
