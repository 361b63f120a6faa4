import type { Part } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { operatingThreshold } from '@chromaray/evidence';
import type { StoredPrediction } from '@chromaray/store';
import { checkPredictions } from './check-predictions.js';

/** What one part of a study looks like to the statistics: the same records, in the same order, for every trial. */
export interface PartScores {
  readonly records: readonly string[];
  /** 1 for positive, 0 for negative. */
  readonly labels: Uint8Array;
  /** Patient of each record; a record without one counts as a patient of its own. */
  readonly patients: readonly string[];
  /** What records are of several classes; absent where there are two. */
  readonly several?: SeveralClasses;
}

/** Records of several classes. */
export interface SeveralClasses {
  /** The reference first, in the order of probabilities. */
  readonly names: readonly string[];
  /** Index of each record's class. */
  readonly labels: Uint8Array;
}

/** One finished trial as the statistics see it. */
export interface TrialScores {
  readonly arm: string;
  readonly seed: number;
  /** Probability of the positive class on the test part; of several classes that of all but the reference together. */
  readonly test: Float64Array;
  /** Of several classes: for each, its probability of every record of the test part. */
  readonly classes?: readonly Float64Array[];
  /** As `test` on the validation part; absent where only the threshold is known. */
  readonly validation?: Float64Array;
  /** Probability from which a record counts as positive: Youden's on this trial's validation part; of folds the mean. */
  readonly threshold: number;
  /** With folds: the threshold for each record of the test part, that of its fold's network. */
  readonly thresholds?: Float64Array;
}

export interface StudyScores {
  readonly test: PartScores;
  /** What thresholds are chosen on; absent where only they are known. */
  readonly validation?: PartScores;
  readonly trials: readonly TrialScores[];
  /** Of a cross-validation: the folds that `test` and `trials` are put together from. */
  readonly folds?: readonly StudyScores[];
}

/**
 * Lines up the stored predictions of finished trials.
 *
 * @throws ChromarayError as `checkPredictions` does; `CHROMARAY_PREDICTIONS_INCOMPLETE` when a trial lacks a record that
 *   another has, or has it with another label
 */
export function studyScores(predictions: readonly StoredPrediction[]): StudyScores {
  const byTrial = groupByTrial(predictions);
  for (const ofTrial of byTrial) checkPredictions(ofTrial);
  const [first = []] = byTrial;
  const [test, validation] = [partScores(ofPart(first, 'test')), partScores(ofPart(first, 'validation'))];
  const trials = byTrial.map((ofTrial) => {
    const { arm, seed } = ofTrial[0]!;
    const onValidation = ofPart(ofTrial, 'validation');
    const onTest = inOrder(test, ofPart(ofTrial, 'test'));
    return {
      arm,
      seed,
      test: probabilitiesOf(onTest),
      ...classProbabilities(test, onTest),
      validation: probabilitiesOf(inOrder(validation, onValidation)),
      threshold: chooseThreshold(onValidation),
    };
  });
  return { test, validation, trials };
}

/** The operating threshold of a trial, from its validation part alone. */
export function chooseThreshold(validation: readonly Pick<StoredPrediction, 'positive' | 'probability'>[]): number {
  const labels = validation.map(({ positive }) => positive);
  const probabilities = validation.map(({ probability }) => probability);
  return operatingThreshold(labels, probabilities);
}

function ofPart(predictions: readonly StoredPrediction[], wanted: Part): readonly StoredPrediction[] {
  return predictions.filter(({ part }) => part === wanted);
}

function probabilitiesOf(predictions: readonly ScoredRecord[]): Float64Array {
  return Float64Array.from(predictions, ({ probability }) => probability);
}

function groupByTrial(predictions: readonly StoredPrediction[]): readonly (readonly StoredPrediction[])[] {
  const groups = new Map<string, StoredPrediction[]>();
  for (const prediction of predictions) {
    const key = JSON.stringify([prediction.arm, prediction.seed]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [prediction]);
    else group.push(prediction);
  }
  return [...groups.values()];
}

/** What statistics need to know of one prediction. */
export type ScoredRecord = Pick<
  StoredPrediction,
  'arm' | 'seed' | 'record' | 'patient' | 'label' | 'positive' | 'probability' | 'probabilities'
>;

export function partScores(predictions: readonly ScoredRecord[]): PartScores {
  return {
    records: predictions.map(({ record }) => record),
    labels: Uint8Array.from(predictions, ({ positive }) => (positive ? 1 : 0)),
    patients: predictions.map(({ patient, record }) => patient ?? `record ${record}`),
    ...severalClasses(predictions),
  };
}

/** The classes of predictions that give each one its probability. */
function severalClasses(predictions: readonly ScoredRecord[]): Pick<PartScores, 'several'> {
  const names = Object.keys(predictions[0]?.probabilities ?? {});
  if (names.length === 0) return {};
  return { several: { names, labels: Uint8Array.from(predictions, ({ label }) => names.indexOf(label)) } };
}

/** A trial's probabilities by class, in the order of the part's records. */
export function classProbabilities(
  { several }: PartScores,
  ordered: readonly ScoredRecord[],
): Pick<TrialScores, 'classes'> {
  if (several === undefined) return {};
  const of = (name: string) => Float64Array.from(ordered, ({ probabilities }) => probabilities?.[name] ?? Number.NaN);
  return { classes: several.names.map(of) };
}

/**
 * A trial's predictions in the order of the part's records; the order in which they were stored means nothing.
 *
 * @throws ChromarayError `CHROMARAY_PREDICTIONS_INCOMPLETE` when the records, or their labels, are others
 */
export function inOrder(part: PartScores, predictions: readonly ScoredRecord[]): readonly ScoredRecord[] {
  const byRecord = new Map(predictions.map((prediction) => [prediction.record, prediction]));
  const ordered = part.records.flatMap((record) => byRecord.get(record) ?? []);
  const same =
    predictions.length === part.records.length &&
    ordered.length === part.records.length &&
    ordered.every(({ positive }, i) => (part.labels[i] === 1) === positive);
  if (same) return ordered;
  const { arm, seed } = predictions[0] ?? { arm: '?', seed: 0 };
  throw codedError('CHROMARAY_PREDICTIONS_INCOMPLETE', {
    message: `The trial ${arm}, seed ${seed}, has predictions for other records, or other labels, than the first trial.`,
    details: { arm, seed },
  });
}
