import { Random } from '@chromaray/base';
import type { StoredPrediction } from '@chromaray/store';

/** How an arm's networks read X-rays: how far apart they see the classes, and how much chance each adds. */
export interface ConstructedArm {
  readonly arm: string;
  readonly separation: number;
  /** Standard deviation of what differs from trial to trial; what the records themselves vary by is 1. */
  readonly chance: number;
  readonly seeds: readonly number[];
}

/**
 * Predictions of trials that were never trained. All trials see the same records, each of a patient of its
 * own, so arms are as alike as their separations and chances say.
 *
 * @param perClass records of each class in the test part
 */
export function constructedPredictions(
  arms: readonly ConstructedArm[],
  perClass: number,
  perClassInValidation = 20,
): StoredPrediction[] {
  const random = new Random('constructed');
  return arms.flatMap(({ arm, separation, chance, seeds }) =>
    seeds.flatMap((seed) => {
      const trial = random.fork(arm).fork(seed);
      const row = (part: 'validation' | 'test', positive: boolean, i: number): StoredPrediction => {
        const record = `${part}-${positive ? 'sick' : 'well'}-${String(i).padStart(4, '0')}`;
        const nature = random.fork(record).normal();
        const logit = (positive ? separation : 0) + nature + chance * trial.normal() - separation / 2;
        return {
          arm,
          seed,
          part,
          record,
          patient: `patient of ${record}`,
          label: positive ? 'PNEUMONIA' : 'NORMAL',
          positive,
          probability: 1 / (1 + Math.exp(-logit)),
        };
      };
      const rows = (part: 'validation' | 'test', count: number): StoredPrediction[] =>
        [false, true].flatMap((positive) => Array.from({ length: count }, (_, i) => row(part, positive, i)));
      return [...rows('test', perClass), ...rows('validation', perClassInValidation)];
    }),
  );
}
