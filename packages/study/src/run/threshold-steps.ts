import type { ThresholdSteps } from '@chromaray/pages';

/** As fine as probabilities are printed. */
const steps = 1000;

/**
 * Test records counted by probability. A record of step k is called positive at every threshold up to k / 1000.
 *
 * @param labels 1 for positive, 0 for negative
 * @param probabilities of the positive class, from 0 to 1
 */
export function thresholdSteps(labels: Uint8Array, probabilities: Float64Array): ThresholdSteps {
  const counts = [new Map<number, number>(), new Map<number, number>()];
  for (const [i, probability] of probabilities.entries()) {
    const ofClass = counts[labels[i]!]!;
    const step = stepOf(probability);
    ofClass.set(step, (ofClass.get(step) ?? 0) + 1);
  }
  const [negatives, positives] = counts.map((ofClass) => [...ofClass].sort(([a], [b]) => a - b).flat());
  return { steps, positives: positives!, negatives: negatives! };
}

/** The highest step that a probability reaches: `probability >= step / steps`, as thresholds are compared. */
function stepOf(probability: number): number {
  let step = Math.min(steps, Math.round(probability * steps));
  while (step > 0 && probability < step / steps) step -= 1;
  return step;
}
