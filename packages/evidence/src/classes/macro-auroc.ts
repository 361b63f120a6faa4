import { auroc } from '../roc/auroc.js';
import { meanOf } from '../seeds/summary.js';
import { type ClassLabels, type ClassScores, checkClassLabels } from './scored-classes.js';

/**
 * Mean over classes of the AUROC of each against all others together.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input, a class without a record among it
 */
export function macroAuroc(labels: ClassLabels, scores: ClassScores): number {
  const checked = checkClassLabels(labels, scores.length);
  return meanOf(
    scores.map((ofClass, index) =>
      auroc(
        checked.map((label) => Number(label === index)),
        ofClass,
      ),
    ),
  );
}

/** Probabilities row by row, `[records, classes]`, as a list a class. */
export function classColumns(probabilities: ArrayLike<number>, classes: number): readonly Float64Array[] {
  const records = probabilities.length / classes;
  return Array.from({ length: classes }, (_, index) =>
    Float64Array.from({ length: records }, (__, row) => probabilities[row * classes + index]!),
  );
}
