import { argumentError } from '../input/errors.js';
import { checkProbabilities, finiteCopy, type Labels, requireBothClasses, type Scores } from '../input/scored.js';
import { logitsOf } from './logistic.js';

/** Limits of the temperature: beyond them the validation part is separated or says nothing. */
const LOWEST = 0.05;
const HIGHEST = 20;

/**
 * The temperature that makes probabilities honest (Guo 2017): logits are divided by it. Above 1 the model
 * was too sure. Minimises the log loss, which is convex in 1 / temperature, within [0.05, 20]. Fit it on
 * validation, never on test; it changes no ranking and so no AUROC.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` for bad input, one class included
 */
export function fitTemperature(labels: Labels, probabilities: Scores): number {
  const checked = checkProbabilities(labels, probabilities);
  requireBothClasses(checked);
  const logits = logitsOf(checked.scores);
  // Derivative of the log loss by the inverse temperature: rises, and is 0 at the minimum.
  const derivative = (inverse: number): number => {
    let sum = 0;
    for (let i = 0; i < logits.length; i++) {
      sum += logits[i]! * (1 / (1 + Math.exp(-inverse * logits[i]!)) - checked.labels[i]!);
    }
    return sum;
  };
  let low = 1 / HIGHEST;
  let high = 1 / LOWEST;
  if (derivative(low) >= 0) return HIGHEST;
  if (derivative(high) <= 0) return LOWEST;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (derivative(middle) < 0) low = middle;
    else high = middle;
  }
  return 2 / (low + high);
}

/**
 * Probabilities at a temperature.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`, `CHROMARAY_EVIDENCE_SCORE`
 */
export function applyTemperature(probabilities: Scores, temperature: number): Float64Array {
  if (!(temperature > 0 && Number.isFinite(temperature)))
    throw argumentError('The temperature', temperature, 'above 0');
  return logitsOf(finiteCopy(probabilities, 'probability')).map((logit) => 1 / (1 + Math.exp(-logit / temperature)));
}
