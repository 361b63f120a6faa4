import { GraphBuilder } from '../../../builder/builder.js';
import { foldBatchNorm } from '../../../graph/fold-batch-norm.js';
import { addForward } from '../../../training/step/forward.js';
import type { TrainableModel } from '../../../training/types.js';
import type { BackendOptions } from '../../backend.js';
import { modelOpset } from '../../onnxruntime/graph-model.js';
import { type CompiledGraph, compile } from '../compile/compile.js';
import type { Library } from '../native/library.js';
import { activationType } from './precision.js';
import type { StateTensor } from './state-memory.js';

/**
 * A model as it predicts, for exactly `batch` examples; fewer are run beside whatever the memory holds, since
 * no example looks at another.
 */
export class ForwardProgram {
  private readonly padded: Uint8Array;

  private constructor(
    private readonly graph: CompiledGraph,
    private readonly batch: number,
    private readonly bytesPerExample: number,
  ) {
    this.padded = new Uint8Array(batch * bytesPerExample);
  }

  /** @param tensors those of the model's initializers that change; call `invalidate` when they have */
  static async create(
    library: Library,
    model: TrainableModel,
    batch: number,
    options: BackendOptions,
    outputs: readonly string[],
    tensors: ReadonlyMap<string, StateTensor> = new Map(),
  ): Promise<ForwardProgram> {
    const opset = modelOpset(model.model);
    const builder = new GraphBuilder('forward', opset);
    addForward(builder, model, { batch, training: false, outputs });
    for (const name of outputs) builder.output(name);
    const built = builder.build();
    const graph = tensors.size === 0 ? foldBatchNorm(built) : built;
    const compiled = await compile({
      ...{ library, graph, opset, outputs, tensors },
      activations: activationType(library, options),
      fixedTensors: true,
      options,
    });
    const { shape } = graph.inputs.find(({ dtype, name }) => dtype === 'uint8' && !graph.initializers.has(name))!;
    const bytes = shape.slice(1).reduce<number>((product, dim) => product * Number(dim), 1);
    return new ForwardProgram(compiled, batch, bytes);
  }

  /** Runs any number of examples and returns fresh arrays, one an output. */
  async run(pixels: Uint8Array, count: number): Promise<ReadonlyMap<string, Float32Array>> {
    const { graph, batch, bytesPerExample, padded } = this;
    const results = new Map(
      [...graph.outputs].map(([name, values]) => [name, new Float32Array((values.length / batch) * count)] as const),
    );
    for (let first = 0; first < count; first += batch) {
      const now = Math.min(batch, count - first);
      const part = pixels.subarray(first * bytesPerExample, (first + now) * bytesPerExample);
      if (part.length < now * bytesPerExample) {
        throw new RangeError(`Given ${pixels.length} bytes of pixels where ${count * bytesPerExample} are needed.`);
      }
      if (now < batch) padded.set(part);
      await graph.run(now < batch ? padded : part);
      for (const [name, values] of graph.outputs) {
        const size = values.length / batch;
        results.get(name)!.set(values.subarray(0, now * size), first * size);
      }
    }
    return results;
  }

  /** Must be called after a change of the tensors. */
  invalidate(): void {
    this.graph.program.invalidate();
  }

  release(): Promise<void> {
    return this.graph.release();
  }
}
