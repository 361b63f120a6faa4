import { checkProbabilities, type Labels, type Scores } from '../input/scored.js';

/** Probabilities of exactly 0 or 1 would make one wrong record cost infinity; scikit-learn clips here too. */
const LEAST_PROBABILITY = Number.EPSILON;

/**
 * Brier score: mean squared distance of probability and label (1950). 0 is perfect, 0.25 is what 0.5 for
 * everybody gets.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function brierScore(labels: Labels, probabilities: Scores): number {
  const checked = checkProbabilities(labels, probabilities);
  let sum = 0;
  for (let i = 0; i < checked.scores.length; i++) sum += (checked.scores[i]! - checked.labels[i]!) ** 2;
  return sum / checked.scores.length;
}

/**
 * Log loss: mean negative log likelihood in nats, probabilities clipped to [2.2e-16, 1 - 2.2e-16].
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input
 */
export function logLoss(labels: Labels, probabilities: Scores): number {
  const checked = checkProbabilities(labels, probabilities);
  let sum = 0;
  for (let i = 0; i < checked.scores.length; i++) {
    const probability = Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, checked.scores[i]!));
    sum -= checked.labels[i] === 1 ? Math.log(probability) : Math.log1p(-probability);
  }
  return sum / checked.scores.length;
}
