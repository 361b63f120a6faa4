import type { Model } from '../../../graph/types.js';
import type { BackendOptions, InferenceSession } from '../../backend.js';
import type { Library } from '../native/library.js';
import { ForwardProgram } from './forward-program.js';
import { threadsOf } from './threads.js';

/** A model loaded for prediction. */
export class OnednnInferenceSession implements InferenceSession {
  private constructor(
    private readonly library: Library,
    private readonly program: ForwardProgram,
    private readonly output: string,
    private readonly threads: number,
    readonly outputSize: number,
  ) {}

  static async create(
    library: Library,
    model: Model,
    batch: number,
    options: BackendOptions,
  ): Promise<OnednnInferenceSession> {
    const threads = threadsOf(options);
    library.setThreads(threads);
    const output = model.graph.outputs[0]!;
    const untrained = { model, logits: output.name, trainable: [], l2: new Map(), constraints: new Map() };
    const program = await ForwardProgram.create(library, { model: untrained, batch, options });
    const size = output.shape.slice(1).reduce<number>((product, dim) => product * Number(dim), 1);
    return new OnednnInferenceSession(library, program, output.name, threads, size);
  }

  async run(pixels: Uint8Array, count: number): Promise<Float32Array> {
    this.library.setThreads(this.threads);
    return (await this.program.run({ pixels, count })).get(this.output)!;
  }

  release(): Promise<void> {
    return this.program.release();
  }
}
