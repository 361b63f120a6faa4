import { ChromarayError } from '@chromaray/base';
import { emptyError, lengthError } from '../input/errors.js';
import { finiteCopy } from '../input/scored.js';

/** The class of each record, by its index from 0. */
export type ClassLabels = ArrayLike<number>;

/** Probabilities of one network: for each class, one a record. */
export type ClassScores = readonly ArrayLike<number>[];

/**
 * Checks labels against a number of classes.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_EMPTY`, `_LABEL` for an index that is no class, `_ONE_CLASS` for a class
 *   without a record
 */
export function checkClassLabels(labels: ClassLabels, classes: number): Uint8Array {
  if (labels.length === 0) throw emptyError('records');
  const counts = new Array<number>(classes).fill(0);
  const checked = Uint8Array.from({ length: labels.length }, (_, i) => {
    const label = labels[i]!;
    if (!Number.isInteger(label) || label < 0 || label >= classes) throw labelError(i, label, classes);
    counts[label]!++;
    return label;
  });
  const empty = counts.indexOf(0);
  if (empty !== -1) throw emptyClassError(empty, labels.length);
  return checked;
}

/**
 * Checks the scores of one network, and copies them.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_LENGTH`, `_SCORE`
 */
export function checkClassScores(labels: Uint8Array, scores: ClassScores): readonly Float64Array[] {
  return scores.map((ofClass) => {
    if (ofClass.length !== labels.length) throw lengthError('labels', labels.length, 'scores', ofClass.length);
    return finiteCopy(ofClass);
  });
}

function labelError(index: number, label: unknown, classes: number): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_EVIDENCE_LABEL',
    message: `The label of record ${index} is ${String(label)}; expected the index of one of ${classes} classes, from 0.`,
    remedy: 'Translate class names to their indices before computing metrics.',
    details: { index },
  });
}

function emptyClassError(index: number, records: number): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_EVIDENCE_ONE_CLASS',
    message: `None of ${records} records is of class ${index}; a ROC analysis needs records of every class.`,
    remedy: 'Choose a part or subgroup that holds records of every class.',
    details: { class: index },
  });
}
