import type { BackendOptions, InferenceSession } from '../backends/backend.js';
import { createBackend } from '../backends/registry.js';
import { BatchReader } from '../fit/batches.js';
import type { Model } from '../graph/types.js';
import { checkPicturesApart } from '../mixing/check-pictures-apart.js';
import type { ExampleSource } from '../training/types.js';

/** Backend, batch size and cancellation of a prediction. */
export interface PredictOptions extends BackendOptions {
  /** Default: `auto`; see `createBackend`. */
  readonly backend?: string;
  /** Examples run at a time. Default: 32; it does not change the probabilities beyond rounding. */
  readonly batch?: number;
  readonly signal?: AbortSignal;
}

/**
 * A model loaded for predicting again and again. Release it when done.
 *
 * @example
 * const predictor = await Predictor.load(model);
 * const probabilities = await predictor.predict(source);
 * await predictor.release();
 */
export class Predictor {
  private constructor(
    private readonly session: InferenceSession,
    private readonly batch: number,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /**
   * Compiles a model for prediction on the chosen backend.
   *
   * @throws ChromarayError `CHROMARAY_TRANSFER_MIXES` when a picture's output depends on those beside it
   */
  static async load(model: Model, options: PredictOptions = {}): Promise<Predictor> {
    const { backend, batch = 32, signal, ...backendOptions } = options;
    await checkPicturesApart(model, model.graph.outputs[0]!.name, `The model ${model.graph.name}`);
    const session = await createBackend(backend, options.provider).infer(model, batch, backendOptions);
    return new Predictor(session, batch, signal);
  }

  /** Floats the model gives for one example: 1 for a probability of one class. */
  get outputSize(): number {
    return this.session.outputSize;
  }

  /**
   * The model's output for every example of a source, in the source's order, or for uint8 pixels of any
   * number of examples in NCHW order.
   */
  async predict(examples: ExampleSource): Promise<Float32Array> {
    const { outputSize } = this.session;
    const result = new Float32Array(examples.count * outputSize);
    const order = Int32Array.from({ length: examples.count }, (_, i) => i);
    let done = 0;
    for await (const batch of new BatchReader(examples, this.batch).read(order)) {
      this.signal?.throwIfAborted();
      result.set(await this.session.run(batch.pixels, batch.count), done * outputSize);
      done += batch.count;
    }
    return result;
  }

  /** Frees the memory of the backend. The predictor cannot be used afterwards. */
  async release(): Promise<void> {
    await this.session.release();
  }
}

/** Loads a model, predicts once and releases it: `examples.count * outputSize` floats. */
export async function predict(
  model: Model,
  examples: ExampleSource,
  options: PredictOptions = {},
): Promise<Float32Array> {
  const predictor = await Predictor.load(model, options);
  try {
    return await predictor.predict(examples);
  } finally {
    await predictor.release();
  }
}
