import type { StoredPrediction } from '@chromaray/store';
import { sameTrial } from '../comparison/fold-scores.js';
import type { StudyScores, TrialScores } from '../comparison/study-scores.js';

/** What thresholds and temperatures are chosen on, and the rows of the test part that the choice counts for. */
interface Choice {
  readonly labels: Uint8Array;
  readonly probabilities: Float64Array;
  readonly rows: readonly [from: number, to: number];
}

/**
 * One finished trial with its validation part, which the test part's scores leave out. Of a cross-validation there is one for
 * each fold: what is chosen on a fold's validation part counts for the records that the same fold tests, which its network and
 * its choices have never seen.
 */
export interface TrialMaterial extends TrialScores {
  readonly choices: readonly Choice[];
}

/** Pairs each trial's validation part with its test part. */
export function withValidation(
  scores: StudyScores,
  predictions: readonly StoredPrediction[],
): readonly TrialMaterial[] {
  if (scores.folds !== undefined)
    return scores.trials.map((trial) => ({ ...trial, choices: foldChoices(scores, trial) }));
  return scores.trials.map((trial) => {
    const validation = predictions.filter(
      ({ arm, seed, part }) => part === 'validation' && arm === trial.arm && seed === trial.seed,
    );
    return {
      ...trial,
      choices: [
        {
          labels: Uint8Array.from(validation, ({ positive }) => (positive ? 1 : 0)),
          probabilities: Float64Array.from(validation, ({ probability }) => probability),
          rows: [0, trial.test.length],
        },
      ],
    };
  });
}

function foldChoices({ folds = [] }: StudyScores, trial: TrialScores): readonly Choice[] {
  let from = 0;
  return folds.map((fold) => {
    const rows = [from, from + fold.test.labels.length] as const;
    from = rows[1];
    return { labels: fold.validation!.labels, probabilities: sameTrial(fold, trial).validation!, rows };
  });
}

/** A number chosen on validation, for each record of the test part, and its mean over the folds where there are several. */
export function chosenByRecord(
  { choices, test }: TrialMaterial,
  choose: (on: Choice) => number,
): { readonly perRecord: Float64Array; readonly mean: number } {
  const perRecord = new Float64Array(test.length);
  const chosen = choices.map((choice) => {
    const value = choose(choice);
    perRecord.fill(value, ...choice.rows);
    return value;
  });
  return { perRecord, mean: mean(chosen) };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
