import { inferenceForm } from '../../graph/inference-form.js';
import type { Model } from '../../graph/types.js';
import type { BackendOptions, InferenceSession } from '../backend.js';
import { createOrtSession, type OrtSession, wrap } from './ort.js';

/** A model loaded for prediction; any number of examples a run. */
export class OrtInferenceSession implements InferenceSession {
  private constructor(
    private readonly session: OrtSession,
    private readonly input: string,
    private readonly output: string,
    private readonly shape: readonly number[],
    readonly outputSize: number,
  ) {}

  static async create(model: Model, options: BackendOptions): Promise<OrtInferenceSession> {
    const { inputs, outputs, initializers } = model.graph;
    const input = inputs.find(({ name }) => !initializers.has(name))!;
    const output = outputs[0]!;
    const outputSize = output.shape.slice(1).reduce((size: number, dim) => size * Number(dim), 1);
    const session = await createOrtSession({ ...model, graph: inferenceForm(model.graph) }, options);
    return new OrtInferenceSession(session, input.name, output.name, input.shape.slice(1).map(Number), outputSize);
  }

  async run(pixels: Uint8Array, count: number): Promise<Float32Array> {
    const used = pixels.subarray(0, count * this.shape.reduce((a, b) => a * b, 1));
    const results = await this.session.run({ [this.input]: wrap('uint8', used, [count, ...this.shape]) }, [
      this.output,
    ]);
    return results[this.output]!.data as Float32Array;
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}
