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
   *
   * A source that makes its examples, or changes them (augmentation), draws from `at`, and not from a generator that goes
   * on: a training that resumes then meets the examples it would have met.
   */
  read(indices: Int32Array, into: BatchMemory, at: BatchPlace): void | Promise<void>;
  /** Floats in one target: 1 for a binary label, the number of classes for one-hot ones, all elements of a picture. */
  readonly targetSize: number;
}

/** Where a source writes the examples of one batch; the trainer's own memory, used again two batches later. */
export interface BatchMemory {
  readonly pixels: Uint8Array;
  readonly targets: Float32Array;
  /** 1 for every example unless the source writes something else. */
  readonly weights: Float32Array;
}

/** Which batch of a training a source is asked for. */
export interface BatchPlace {
  /** From 1; 0 for a validation or a prediction, which see the same examples every time. */
  readonly epoch: number;
  /** Batch within the epoch, from 0. */
  readonly batch: number;
}

/**
 * Update rules with Keras 3's definitions and defaults.
 *
 * - `sgd`: momentum 0; `v = momentum*v - lr*g; w += v`, with Nesterov `w += momentum*v - lr*g`.
 * - `adam`: beta1 0.9, beta2 0.999, epsilon 1e-7. Keras adds epsilon to `sqrt(v)` *before* bias correction
 *   (Kingma & Ba's "epsilon hat"); PyTorch adds it after.
 * - `adamw`: as `adam`, and first `w -= lr*weightDecay*w` (weightDecay 0.004) on every trained tensor.
 */
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

/**
 * The learning rate over a training, as factors on the base rate, set anew at every step.
 *
 * - `step`: times `factor` after every `everyEpochs` epochs (PyTorch's `StepLR`).
 * - `cosine`: a linear rise over `warmupEpochs` (0), then half a cosine down to `final` (0) times the base
 *   (PyTorch's `CosineAnnealingLR`, counted in steps).
 * - `one-cycle`: the base rate is the peak; it starts at base/`startDivisor` (25), peaks after `warmupShare`
 *   (0.3) of the steps and ends at start/`endDivisor` (1e4) (PyTorch's `OneCycleLR`, cosine annealing).
 */
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

/**
 * Projection of a weight after each update, with Keras's definitions and its epsilon of 1e-7. `axes` are
 * those the norm is taken over.
 *
 * Keras lays a convolution's kernel out as [height, width, in, out]; ONNX as [out, in, height, width]. Keras's
 * default `UnitNorm(axis=0)` on a kernel therefore normalises over the kernel's *height* only, which is ONNX
 * axis 2, and not over each filter; that would be Keras's `axis=[0, 1, 2]`, ONNX axes 1, 2 and 3.
 * `kerasKernelAxes` translates.
 *
 * - `unit-norm`: `w / (1e-7 + norm)`.
 * - `min-max-norm`: `w * (rate*clip(norm, min, max) + (1-rate)*norm) / (1e-7 + norm)`.
 */
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
  /** Input `pixels` (uint8, [batch, C, H, W]); output `probability` (or `probabilities`), or whatever the network makes. */
  readonly model: Model;
  /** The value the loss is taken on, [batch, ...]: logits, before the last sigmoid or softmax, or a picture. */
  readonly logits: string;
  /** Names of the initializers that training changes; the rest stays as it is. */
  readonly trainable: readonly string[];
  /** L2 strength by tensor: `strength * sum(w^2)` is added to the loss, as in Keras. */
  readonly l2: ReadonlyMap<string, number>;
  readonly constraints: ReadonlyMap<string, Constraint>;
  /**
   * Default `update`: batch normalisation whose scale is trained takes the statistics of each batch and moves the
   * running ones, as in Keras. `frozen`: every one keeps the running statistics the model came with.
   */
  readonly batchNorm?: 'update' | 'frozen';
  /** Weights that the graph divides by their largest singular value; see `NetworkBuilder`. */
  readonly spectralNorms?: readonly SpectralNorm[];
  /** Outputs of `Dropout` nodes that drop whole channels in training (PyTorch's `Dropout2d`). */
  readonly channelDropouts?: readonly string[];
}

/**
 * A weight `W` used as `W / (u' M v)`, where M is W as a matrix with one row an output, and u and v approach its first
 * singular vectors (Miyato 2018). In training form, where W is trained, each step renews them first by one power
 * iteration, `v = M'u / |M'u|`, `u = Mv / |Mv|`, through which no gradient flows, and keeps them: they are part of a
 * training's state. In prediction form they stay. As PyTorch's `torch.nn.utils.spectral_norm`.
 */
export interface SpectralNorm {
  readonly weight: string;
  /** The value of the graph that is M, [outputs, rest]. */
  readonly matrix: string;
  /** Initializers: u as [1, outputs], v as [rest, 1]. */
  readonly left: string;
  readonly right: string;
}
