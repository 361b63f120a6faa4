import type { Model } from '../../graph/types.js';
import type { TrainableModel } from '../types.js';

/**
 * A loss on a value [n, ...] of any sizes and targets of as many elements: a logit, a logit for each class,
 * or a whole picture. Every loss is taken on logits, in a form that neither overflows nor loses digits; the loss of an
 * example is the mean over its elements (of `categorical-cross-entropy`, which takes [n, classes], the sum; with a class
 * at each place, the mean over the places), and that of a batch is averaged as Keras's `sum_over_batch_size` does: `sum(weight * loss) / examples`, where Keras also
 * divides by the number of examples and not by the sum of their weights.
 *
 * The last three are for measurements and pictures; the accuracy of a training with them is NaN (but for the squared
 * error of a single output, which counts as positive from 0.5 on).
 *
 * - `l1`: `|z - t|`, whose slope at 0 is 0.
 * - `huber`: `d^2/2` where `|d| = |z - t|` is at most `delta` (1), `delta (|d| - delta/2)` beyond; PyTorch's `HuberLoss`.
 *
 * `labelSmoothing` s moves targets as Keras does: binary `t(1-s) + s/2`, categorical `t(1-s) + s/classes`.
 */
export type ElementLoss =
  | { readonly kind: 'binary-cross-entropy'; readonly labelSmoothing?: number }
  | {
      readonly kind: 'categorical-cross-entropy';
      readonly labelSmoothing?: number;
      /** For a class at each place of a map, [n, classes, ...]: how many there are. Default: [n, classes]. */
      readonly classes?: number;
    }
  | { readonly kind: 'mean-squared-error' }
  | { readonly kind: 'l1' }
  | { readonly kind: 'huber'; readonly delta?: number };

/** How a network is shown what another makes: `scale * value + shift`, one number, or one for each channel. */
export interface ShownAs {
  readonly scale: number | readonly number[];
  readonly shift: number | readonly number[];
}

/**
 * The distance between what a frozen network sees in the value and in its target: a perceptual loss (Johnson 2016). Of
 * each tensor named the mean distance over an example's elements, times its weight; the sum of those.
 *
 * The target has the value's elements. The network is run as it predicts; the gradient goes through it to the value.
 */
export interface FeatureLoss {
  readonly kind: 'features';
  /** One input [batch, channels, height, width], float32, or uint8 that is cast first; its size follows the value's. */
  readonly network: Model;
  readonly layers: readonly { readonly tensor: string; readonly weight: number }[];
  readonly distance: 'l1' | 'mean-squared-error';
  /** Default: the value as it is. */
  readonly input?: ShownAs;
}

/**
 * What a critic says of the value: binary cross-entropy of its logits towards `towards`, 1 for "real". The critic's tensors
 * are those it was built with until `TrainingSession.hold` replaces them; its dropout is active in training, its
 * statistics and the vectors of its spectral norms do not move.
 */
export interface CriticLoss {
  readonly kind: 'critic';
  readonly critic: TrainableModel;
  readonly towards: number;
  /** Default: the value as it is. */
  readonly input?: ShownAs;
}

/** A loss as a share of a sum. */
export interface WeightedLoss {
  readonly loss: ElementLoss | FeatureLoss | CriticLoss;
  readonly weight: number;
  /** The float32 value of the model's graph it is taken on. Default: the model's `logits`. */
  readonly on?: string;
}

/** What a training minimises: one loss, or a weighted sum of several. */
export type Loss =
  | ElementLoss
  | FeatureLoss
  | CriticLoss
  | { readonly kind: 'sum'; readonly terms: readonly WeightedLoss[] };
