import { checkTwoClasses, type Labels, type Scores } from '../input/scored.js';
import { ascendingOrder, forEachTie } from './ranks.js';

/** A ROC curve as parallel lists, from (0, 0) to (1, 1). */
export interface RocCurve {
  /** A record is called positive from this score on; the first is infinity: nothing is called positive. */
  readonly thresholds: Float64Array;
  readonly sensitivity: Float64Array;
  /** 1 - specificity */
  readonly falsePositiveRate: Float64Array;
}

/**
 * The empirical ROC curve, one point a distinct score; tied records of both classes give a slanted step,
 * as they must for its area to be the AUROC.
 *
 * @param options.keepCollinear keeps the points that lie on a straight line between their neighbours,
 *   which add nothing to a drawing; false by default
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function rocCurve(labels: Labels, scores: Scores, options: { readonly keepCollinear?: boolean } = {}): RocCurve {
  const counts = cumulativeCounts(labels, scores);
  const keep = options.keepCollinear ? counts.steps : withoutCollinear(counts.steps);
  return {
    thresholds: Float64Array.from(keep, (step) => step.threshold),
    sensitivity: Float64Array.from(keep, (step) => step.truePositives / counts.positives),
    falsePositiveRate: Float64Array.from(keep, (step) => step.falsePositives / counts.negatives),
  };
}

/** What calling every record at or above `threshold` positive gives. */
export interface ThresholdStep {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** Counts at infinity and at every distinct score, in descending order of threshold. */
export function cumulativeCounts(
  labels: Labels,
  scores: Scores,
): { steps: ThresholdStep[]; positives: number; negatives: number } {
  const checked = checkTwoClasses(labels, scores);
  const order = ascendingOrder(checked.scores);
  let truePositives = checked.positives;
  let falsePositives = checked.negatives;
  const steps: ThresholdStep[] = [];
  forEachTie(checked.scores, order, (start, end, threshold) => {
    steps.push({ threshold, truePositives, falsePositives });
    for (let k = start; k < end; k++) {
      if (checked.labels[order[k]!] === 1) truePositives--;
      else falsePositives--;
    }
  });
  steps.push({ threshold: Number.POSITIVE_INFINITY, truePositives: 0, falsePositives: 0 });
  return { steps: steps.reverse(), positives: checked.positives, negatives: checked.negatives };
}

function withoutCollinear(steps: readonly ThresholdStep[]): ThresholdStep[] {
  return steps.filter((step, i) => {
    const before = steps[i - 1];
    const after = steps[i + 1];
    if (before === undefined || after === undefined) return true;
    return (
      (step.truePositives - before.truePositives) * (after.falsePositives - step.falsePositives) !==
      (after.truePositives - step.truePositives) * (step.falsePositives - before.falsePositives)
    );
  });
}
