import type { TrainableModel } from '../types.js';
import { isElementLoss, type LossTerm } from './terms.js';
import type { ElementLoss, Loss } from './types.js';

/**
 * The loss of one batch computed from logits outside the graph, in float64; used on validation, where no
 * gradient is wanted. Same definitions as the graph's (`Loss`).
 *
 * @returns the sum over examples of `weight * loss`, to be divided by the number of examples
 */
export function summedLoss(
  loss: ElementLoss,
  batch: { readonly count: number; readonly targets: Float32Array | number; readonly weights: Float32Array },
  logits: Float32Array,
): number {
  const classes = logits.length / batch.count;
  const { targets } = batch;
  const constant = typeof targets === 'number' ? new Float32Array(classes).fill(targets) : undefined;
  let sum = 0;
  for (let i = 0; i < batch.count; i++) {
    const z = logits.subarray(i * classes, (i + 1) * classes);
    const t = constant ?? (targets as Float32Array).subarray(i * classes, (i + 1) * classes);
    sum += batch.weights[i]! * exampleLoss(loss, z, t);
  }
  return sum;
}

/**
 * As `summedLoss`, of a sum of losses: each compares values of a graph.
 *
 * @param values - those the terms name; the fed targets are the batch's
 */
export function summedTerms(
  terms: readonly LossTerm[],
  batch: { readonly count: number; readonly targets: Float32Array; readonly weights: Float32Array },
  values: ReadonlyMap<string, Float32Array>,
): { readonly loss: number; readonly terms: readonly number[] } {
  const { count, weights } = batch;
  const sums = terms.map(({ value, loss, target }) => {
    const targets = typeof target === 'number' ? target : (values.get(target) ?? batch.targets);
    return summedLoss(loss, { count, targets, weights }, values.get(value)!);
  });
  return { loss: terms.reduce((total, { weight }, i) => total + weight * sums[i]!, 0), terms: sums };
}

function exampleLoss(loss: ElementLoss, z: Float32Array, t: Float32Array): number {
  switch (loss.kind) {
    case 'binary-cross-entropy': {
      const smoothing = loss.labelSmoothing ?? 0;
      return mean(z, (value, k) => {
        const target = t[k]! * (1 - smoothing) + smoothing / 2;
        return Math.max(value, 0) - value * target + Math.log1p(Math.exp(-Math.abs(value)));
      });
    }
    case 'categorical-cross-entropy': {
      const classes = loss.classes ?? z.length;
      const places = z.length / classes;
      let sum = 0;
      for (let place = 0; place < places; place++) sum += crossEntropy(loss, z, t, { classes, places, place });
      return sum / places;
    }
    case 'mean-squared-error':
      return mean(z, (value, k) => (value - t[k]!) ** 2);
    case 'l1':
      return mean(z, (value, k) => Math.abs(value - t[k]!));
    case 'huber': {
      const delta = loss.delta ?? 1;
      return mean(z, (value, k) => {
        const cut = Math.min(delta, Math.max(-delta, value - t[k]!));
        return cut * (value - t[k]! - cut / 2);
      });
    }
  }
}

/** Of the classes at one place, which lie `places` numbers apart. */
function crossEntropy(
  { labelSmoothing: smoothing = 0 }: Extract<Loss, { kind: 'categorical-cross-entropy' }>,
  z: Float32Array,
  t: Float32Array,
  { classes, places, place }: { readonly classes: number; readonly places: number; readonly place: number },
): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let at = place; at < z.length; at += places) largest = Math.max(largest, z[at]!);
  let exponentials = 0;
  for (let at = place; at < z.length; at += places) exponentials += Math.exp(z[at]! - largest);
  const logSum = largest + Math.log(exponentials);
  let sum = 0;
  for (let at = place; at < z.length; at += places)
    sum += (t[at]! * (1 - smoothing) + smoothing / classes) * (logSum - z[at]!);
  return sum;
}

function mean(values: Float32Array, of: (value: number, k: number) => number): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += of(values[k]!, k);
  return sum / values.length;
}

/**
 * Examples whose most likely class is the target's. With one output that is the positive class from logit 0
 * on, or from 0.5 on where the squared error fits the targets themselves; with several it is the largest. NaN where
 * nothing says that outputs are classes: for sums, `l1` and `huber`, and for the squared error of several outputs; and
 * where each place of a map has a class.
 */
export function correctExamples(
  loss: Loss,
  batch: { readonly count: number; readonly targets: Float32Array },
  logits: Float32Array,
): number {
  const classes = logits.length / batch.count;
  if (!isElementLoss(loss) || loss.kind === 'l1' || loss.kind === 'huber') return Number.NaN;
  if (loss.kind === 'mean-squared-error' && classes > 1) return Number.NaN;
  if (loss.kind === 'categorical-cross-entropy' && loss.classes !== undefined) return Number.NaN;
  const threshold = loss.kind === 'mean-squared-error' ? 0.5 : 0;
  let correct = 0;
  for (let i = 0; i < batch.count; i++) {
    const z = logits.subarray(i * classes, (i + 1) * classes);
    const t = batch.targets.subarray(i * classes, (i + 1) * classes);
    if (classes === 1 ? z[0]! > threshold === t[0]! > 0.5 : largestIndex(z) === largestIndex(t)) correct++;
  }
  return correct;
}

function largestIndex(values: Float32Array): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k]! > values[best]!) best = k;
  return best;
}

/** `sum over tensors of strength * sum(w^2)`, as the training graph adds it. */
export function l2Penalty({ l2 }: TrainableModel, weights: ReadonlyMap<string, Float32Array>): number {
  let penalty = 0;
  for (const [name, strength] of l2) {
    let sum = 0;
    for (const value of weights.get(name) ?? []) sum += value * value;
    penalty += strength * sum;
  }
  return penalty;
}
