import type { Model } from '../graph/types.js';

/** What training asks of data: examples by index, written into memory the trainer owns and reuses. */
export interface ExampleSource {
  /** Number of examples. */
  readonly count: number;
  /** Channels, height, width of one example as uint8 pixels, the model's input without the batch. */
  readonly shape: readonly [channels: number, height: number, width: number];
  /**
   * Writes the examples `indices` one after another: pixels as uint8 in NCHW order, targets as float32
   * (`targetSize` each), weights as one float32 each.
   */
  read(
    indices: Int32Array,
    into: { pixels: Uint8Array; targets: Float32Array; weights: Float32Array },
  ): void | Promise<void>;
  /** Floats in one target: 1 for a binary label, the number of classes for one-hot ones. */
  readonly targetSize: number;
}

export type Loss =
  | { readonly kind: 'binary-cross-entropy'; readonly labelSmoothing?: number }
  | { readonly kind: 'categorical-cross-entropy'; readonly labelSmoothing?: number }
  | { readonly kind: 'mean-squared-error' };

export type Optimizer =
  | { readonly kind: 'sgd'; readonly momentum?: number; readonly nesterov?: boolean }
  | { readonly kind: 'adam'; readonly beta1?: number; readonly beta2?: number; readonly epsilon?: number }
  | {
      readonly kind: 'adamw';
      readonly beta1?: number;
      readonly beta2?: number;
      readonly epsilon?: number;
      readonly weightDecay?: number;
    };

export type Schedule =
  | { readonly kind: 'constant' }
  | { readonly kind: 'step'; readonly everyEpochs: number; readonly factor: number }
  | { readonly kind: 'cosine'; readonly warmupEpochs?: number; readonly final?: number }
  | {
      readonly kind: 'one-cycle';
      readonly warmupShare?: number;
      readonly startDivisor?: number;
      readonly endDivisor?: number;
    };

/** Projection of a weight after each update, with Keras's definitions. `axes` are those the norm is taken over. */
export type Constraint =
  | { readonly kind: 'unit-norm'; readonly axes: readonly number[] }
  | {
      readonly kind: 'min-max-norm';
      readonly axes: readonly number[];
      readonly min: number;
      readonly max: number;
      readonly rate: number;
    };

/** What training must know of a model beyond its graph. */
export interface TrainableModel {
  /** Input `pixels` (uint8, [batch, C, H, W]); output `probability` (or `probabilities`). */
  readonly model: Model;
  /** The value the loss is taken on: logits, before the last sigmoid or softmax. */
  readonly logits: string;
  /** Names of the initializers that training changes; the rest stays as it is. */
  readonly trainable: readonly string[];
  /** L2 strength by tensor: `strength * sum(w^2)` is added to the loss, as in Keras. */
  readonly l2: ReadonlyMap<string, number>;
  readonly constraints: ReadonlyMap<string, Constraint>;
}
