import { ChromarayError } from '@chromaray/base';
import { emptyError, lengthError } from './errors.js';

/** One label a record: 1 or true for the positive class, 0 or false for the other. */
export type Labels = ArrayLike<number | boolean>;

/** One score a record; the higher, the more the model holds the record for positive. */
export type Scores = ArrayLike<number>;

/** Labels after the check: 1 for positive, 0 for negative, with their counts. */
export interface CheckedLabels {
  readonly labels: Uint8Array;
  readonly positives: number;
  readonly negatives: number;
}

/** Labels and scores after the check; `scores` is a copy that no caller can change. */
export interface CheckedScores extends CheckedLabels {
  readonly scores: Float64Array;
}

/**
 * Checks labels alone.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_EMPTY`, `CHROMARAY_EVIDENCE_LABEL`
 */
export function checkLabels(labels: Labels): CheckedLabels {
  if (labels.length === 0) throw emptyError('records');
  const checked = new Uint8Array(labels.length);
  let positives = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (label === 1 || label === true) {
      checked[i] = 1;
      positives++;
    } else if (label !== 0 && label !== false) {
      throw new ChromarayError({
        code: 'CHROMARAY_EVIDENCE_LABEL',
        message: `The label of record ${i} is ${String(label)}; expected 1 (positive) or 0 (negative).`,
        remedy: 'Translate class names to 1 and 0 before computing metrics.',
        details: { index: i },
      });
    }
  }
  return { labels: checked, positives, negatives: labels.length - positives };
}

/**
 * Checks labels and scores. Every metric of this package passes its input through here, so that bad
 * input becomes an error and never a NaN in a table.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_EMPTY`, `_LENGTH`, `_LABEL`, `_SCORE`
 */
export function checkScores(labels: Labels, scores: Scores): CheckedScores {
  if (labels.length !== scores.length) throw lengthError('labels', labels.length, 'scores', scores.length);
  const checked = checkLabels(labels);
  return { ...checked, scores: finiteCopy(scores) };
}

/**
 * As {@link checkScores}, and both classes must be there: without one of them no ROC curve exists.
 *
 * @throws ChromarayError also `CHROMARAY_EVIDENCE_ONE_CLASS`
 */
export function checkTwoClasses(labels: Labels, scores: Scores): CheckedScores {
  const checked = checkScores(labels, scores);
  requireBothClasses(checked);
  return checked;
}

/**
 * As {@link checkScores}, and every score must be a probability.
 *
 * @throws ChromarayError also `CHROMARAY_EVIDENCE_PROBABILITY`
 */
export function checkProbabilities(labels: Labels, probabilities: Scores): CheckedScores {
  const checked = checkScores(labels, probabilities);
  for (let i = 0; i < checked.scores.length; i++) {
    const probability = checked.scores[i]!;
    if (probability < 0 || probability > 1) {
      throw new ChromarayError({
        code: 'CHROMARAY_EVIDENCE_PROBABILITY',
        message: `The probability of record ${i} is ${probability}; expected a number from 0 to 1.`,
        remedy: 'Pass probabilities of the positive class, not logits or percentages.',
        details: { index: i, probability },
      });
    }
  }
  return checked;
}

/** @throws ChromarayError `CHROMARAY_EVIDENCE_ONE_CLASS` */
export function requireBothClasses(checked: CheckedLabels): void {
  if (checked.positives > 0 && checked.negatives > 0) return;
  const found = checked.positives > 0 ? 'positive' : 'negative';
  throw new ChromarayError({
    code: 'CHROMARAY_EVIDENCE_ONE_CLASS',
    message: `All ${checked.labels.length} records are ${found}; a ROC analysis needs both classes.`,
    remedy: 'Choose a part or subgroup that holds positive and negative records.',
    details: { positives: checked.positives, negatives: checked.negatives },
  });
}

/** Copies numbers and refuses NaN and infinities. */
export function finiteCopy(values: ArrayLike<number>, what = 'score'): Float64Array {
  const copy = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      throw new ChromarayError({
        code: 'CHROMARAY_EVIDENCE_SCORE',
        message: `The ${what} at position ${i} is ${String(value)}; expected a finite number.`,
        remedy: 'Find out why the model produced it (often a diverged training) and leave such a trial out.',
        details: { index: i },
      });
    }
    copy[i] = value;
  }
  return copy;
}
