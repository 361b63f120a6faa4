import type { Model } from '../graph/types.js';
import type { Loss } from '../training/loss/types.js';
import type { Optimizer, TrainableModel } from '../training/types.js';
import type { Provider } from './provider.js';

/** Everything a backend needs to make a training step of a model. */
export interface TrainingSpecification {
  readonly model: TrainableModel;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  /** Largest global norm of the gradients; larger ones are scaled down. */
  readonly clipNorm?: number;
  /** Factor on the learning rate by tensor, 1 where none is named. */
  readonly learningRateFactors?: ReadonlyMap<string, number>;
  /** Seed of dropout. */
  readonly seed: number;
}

/** One batch with the settings of its training step. */
export interface StepInput {
  /** [n, C, H, W], of the element type that the model takes: uint8, or float32. */
  readonly pixels: Uint8Array | Float32Array;
  /** float32, [n, targetSize]. */
  readonly targets: Float32Array;
  /** float32, [n]: weight of each example in the loss, class weights included. */
  readonly weights: Float32Array;
  /** Examples in this step; any size from 1 to the batch size, without padding. */
  readonly count: number;
  readonly learningRate: number;
  /** Number of this step over the whole training, from 1: bias correction and dropout depend on it. */
  readonly step: number;
}

/** What one training step measured. */
export interface StepOutput {
  /** Weighted mean loss of the batch plus the L2 penalty, before the update. */
  readonly loss: number;
  /** The L2 penalty alone, 0 without one. */
  readonly penalty: number;
  /** What each summand of the loss came to before its weight; of a feature loss one a layer. Valid until the next step. */
  readonly terms: Float32Array;
  /** Logits of the batch as the training pass saw them; valid until the next step. */
  readonly logits: Float32Array;
}

/** The state of a training: everything that must be saved to go on as if nothing had happened. */
export interface TrainingState {
  /** Trained tensors, and those that training moves without a gradient (batch-norm statistics, vectors of spectral norms). */
  readonly weights: ReadonlyMap<string, Float32Array>;
  /** Optimizer state, named `<tensor>/<slot>`. */
  readonly slots: ReadonlyMap<string, Float32Array>;
}

/** Predictions of one batch. */
export interface ForwardOutput {
  /** float32, [count, ...]: logits as prediction has them (no dropout, running batch-norm statistics). */
  readonly logits: Float32Array;
  /** float32, [count, ...]: the model's first output. */
  readonly probabilities: Float32Array;
}

/** Examples on which a loss is measured without learning from them. */
export type MeasureInput = Pick<StepInput, 'pixels' | 'targets' | 'weights' | 'count'>;

/** What a measurement of the loss gives beside the model's outputs. */
export interface MeasureOutput extends ForwardOutput {
  /** Sum over the examples of `weight * loss`, without the L2 penalty. */
  readonly loss: number;
  /** What each summand of it comes to before its weight, as in `StepOutput`. */
  readonly terms: readonly number[];
}

/** A compiled network whose weights and optimizer state change step by step. */
export interface TrainingSession {
  /**
   * One update of the weights. The input's arrays are not read after the promise settles.
   *
   * @throws ChromarayError `CHROMARAY_TRAINING_NOT_FINITE` when the loss is not a finite number; the message
   *   names the step and the first tensor, in order of computation, that is not finite
   */
  step(input: StepInput): Promise<StepOutput>;
  /** Runs the model as it is now without changing it; any count of examples. */
  forward(pixels: Uint8Array | Float32Array, count: number): Promise<ForwardOutput>;
  /** As `forward`, and the loss of these examples as the model predicts. */
  measure(input: MeasureInput): Promise<MeasureOutput>;
  /**
   * Replaces the tensors of the critic in the loss (`CriticLoss`), by their names in the critic's own network.
   *
   * @throws ChromarayError `CHROMARAY_TRAINING_STATE` when one is missing or has another size
   */
  hold(tensors: ReadonlyMap<string, Float32Array>): void;
  /** A copy of the state now; a GPU has to hand it over, hence the promise. */
  state(): Promise<TrainingState>;
  /** Puts weights and optimizer state back to a state that `state()` returned. */
  restore(state: TrainingState): void;
  /** The forward graph as it is now, with copies of the trained tensors in place. */
  model(): Promise<Model>;
  /** Frees the memory of the session. It cannot be used afterwards. */
  release(): Promise<void>;
}

/** A compiled network that predicts. */
export interface InferenceSession {
  /** Runs `count` examples and returns a fresh array of `count * outputSize` floats. */
  run(pixels: Uint8Array, count: number): Promise<Float32Array>;
  readonly outputSize: number;
  /** Frees the memory of the session. It cannot be used afterwards. */
  release(): Promise<void>;
}

/** What a gradient session differentiates. */
export interface GradientSpecification {
  /** Takes `pixels` (uint8, [batch, C, H, W]). */
  readonly model: Model;
  /** The value to differentiate: float32, [batch, K], where no example looks at another. */
  readonly output: string;
  /** Which of its K columns. */
  readonly unit: number;
  /** The value to differentiate with respect to: float32, [batch, ...]. */
  readonly wrt: string;
}

/** Per example, one after another in fresh arrays. */
export interface GradientOutput {
  /** float32, [count, K]. */
  readonly output: Float32Array;
  /** float32, [count, ...shape]: the value differentiated with respect to. */
  readonly value: Float32Array;
  /** float32, of the same shape: the gradient of the example's own output; 0 where it does not depend on the value. */
  readonly gradient: Float32Array;
}

/** A compiled network that also gives gradients of its output. */
export interface GradientSession {
  /** Sizes of `wrt` without the batch. */
  readonly shape: readonly number[];
  /** Runs any number of examples, as the model predicts: no dropout, running batch-norm statistics. */
  run(pixels: Uint8Array, count: number): Promise<GradientOutput>;
  /** Frees the memory of the session. It cannot be used afterwards. */
  release(): Promise<void>;
}

/** How a backend computes: threads, provider and precision. */
export interface BackendOptions {
  /** CPU threads used inside an operator. Default: all physical cores. */
  readonly threads?: number;
  /**
   * What executes the operators: default `cpu`. The others need the backend `onnxruntime`, and a binary of
   * it that holds them: `describe().providers` lists them, `probeProvider` says whether they find a device.
   */
  readonly provider?: Provider;
  /**
   * Handed to the provider: `deviceId` (which of several GPUs, from 0) for `cuda` and `dml`; `validationMode` and
   * `storageBufferCacheMode` for `webgpu`; `coreMlFlags` for `coreml`. As ONNX Runtime describes them.
   */
  readonly providerOptions?: Readonly<Record<string, string | number>>;
  /**
   * What activations, and the weights they meet, are held in. Default: `float32`. `bfloat16` keeps weights,
   * their gradients and the optimizer's state in float32, and needs the backend `onednn` and a processor that
   * computes in it.
   */
  readonly precision?: 'float32' | 'bfloat16';
  /**
   * Called after each piece of native work with what it was and how long it took: every oneDNN primitive, every
   * run of an ONNX Runtime graph. What is left of a step is the share of TypeScript. For profiles and benchmarks.
   */
  readonly onKernel?: (label: string, seconds: number) => void;
}

/** A backend and the library behind it. */
export interface BackendDescription {
  readonly name: string;
  readonly version: string;
  readonly device: string;
  /** The file of the library, where several may be found, and those that were found and are not used. */
  readonly library?: { readonly file: string; readonly others: readonly string[] };
  /** Execution providers that can be asked for by `BackendOptions.provider`. */
  readonly providers: readonly Provider[];
  /** Precisions of activations that can be asked for by `BackendOptions.precision`; bfloat16 takes a processor that has it. */
  readonly precisions: readonly NonNullable<BackendOptions['precision']>[];
}

/** A way to execute graphs. One conformance suite holds for all of them. */
export interface Backend {
  readonly name: 'onnxruntime' | 'onednn';
  /** Name, version and devices of the library behind this backend. */
  describe(): BackendDescription;
  /** Compiles a network for training on batches of at most this size. */
  train(specification: TrainingSpecification, batch: number, options?: BackendOptions): Promise<TrainingSession>;
  /** Runs a model from `pixels` to its first output. */
  infer(model: Model, batch: number, options?: BackendOptions): Promise<InferenceSession>;
  /**
   * Differentiates a value of a model, for explanations. For backward passes that train use `train`.
   *
   * @throws ChromarayError `CHROMARAY_GRAPH_NO_GRADIENT` when an operator on the way has no gradient rule
   */
  differentiate(
    specification: GradientSpecification,
    batch: number,
    options?: BackendOptions,
  ): Promise<GradientSession>;
}
