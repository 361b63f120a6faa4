import type { StoredPrediction } from '@chromaray/store';
import type { StudyScores, TrialScores } from '../comparison/study-scores.js';

/** One finished trial with its validation part, which the test part's scores leave out. */
export interface TrialMaterial extends TrialScores {
  readonly chosenOn: { readonly labels: Uint8Array; readonly probabilities: Float64Array };
}

/** Pairs each trial's validation part with its test part. */
export function withValidation(
  scores: StudyScores,
  predictions: readonly StoredPrediction[],
): readonly TrialMaterial[] {
  return scores.trials.map((trial) => {
    const validation = predictions.filter(
      ({ arm, seed, part }) => part === 'validation' && arm === trial.arm && seed === trial.seed,
    );
    return {
      ...trial,
      chosenOn: {
        labels: Uint8Array.from(validation, ({ positive }) => (positive ? 1 : 0)),
        probabilities: Float64Array.from(validation, ({ probability }) => probability),
      },
    };
  });
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
