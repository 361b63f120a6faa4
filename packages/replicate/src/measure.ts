import type { Measured } from '@chromaray/contracts';
import { auroc, confusionMatrix, logLoss, wilsonInterval } from '@chromaray/evidence';
import type { Scored } from './predict-unseen.js';

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
