import type { Interval } from '@chromaray/contracts';
import { auroc, confusionMatrix, logLoss, wilsonInterval } from '@chromaray/evidence';
import type { ConfusionCounts } from '@chromaray/pages';
import type { Scored } from './predict-unseen.js';

/** How often a network is right, decided at a probability of 0.5 as in the original study. */
export interface Measured {
  readonly records: number;
  readonly errors: number;
  readonly accuracy: number;
  /** Wilson's, at 95 %; it takes records for independent, which copies are not. */
  readonly interval: Interval;
  /** Mean binary cross-entropy, in nats. */
  readonly loss: number;
  readonly auroc: number;
  /** Share of the PNEUMONIA (positive) records called positive; null without any. */
  readonly sensitivity: number | null;
  /** Share of the others called negative; null without any. */
  readonly specificity: number | null;
  readonly confusion: ConfusionCounts;
}

const threshold = 0.5;

export function measure(scored: readonly Scored[]): Measured {
  const labels = Uint8Array.from(scored, ({ positive }) => (positive ? 1 : 0));
  const probabilities = Float64Array.from(scored, ({ probability }) => probability);
  const confusion = confusionMatrix(labels, probabilities, threshold);
  const { truePositives, trueNegatives, falsePositives, falseNegatives } = confusion;
  const right = truePositives + trueNegatives;
  const { lower, upper } = wilsonInterval(right, scored.length);
  return {
    records: scored.length,
    errors: scored.length - right,
    accuracy: right / scored.length,
    interval: [lower, upper],
    loss: logLoss(labels, probabilities),
    auroc: auroc(labels, probabilities),
    sensitivity: share(truePositives, falseNegatives),
    specificity: share(trueNegatives, falsePositives),
    confusion,
  };
}

function share(right: number, wrong: number): number | null {
  return right + wrong === 0 ? null : right / (right + wrong);
}
