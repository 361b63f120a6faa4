import { GraphBuilder } from '../../../builder/builder.js';
import { foldBatchNorm } from '../../../graph/fold-batch-norm.js';
import { modelOpset } from '../../../graph/opset.js';
import { addForward } from '../../../training/forward/forward.js';
import { addTerms, type LossTerm, valuesOfLoss } from '../../../training/loss/terms.js';
import type { Loss } from '../../../training/loss/types.js';
import type { TrainableModel } from '../../../training/types.js';
import type { BackendOptions, ForwardOutput, MeasureInput } from '../../backend.js';
import { type CompiledGraph, compile, type NamedFloats } from '../compile/compile.js';
import type { Library } from '../native/library.js';
import { activationType } from './precision.js';
import type { StateTensor } from './state-memory.js';

/** A model to be run as it predicts. */
export interface ForwardRequest {
  readonly model: TrainableModel;
  readonly batch: number;
  readonly options: BackendOptions;
  /** What the loss compares is computed too, from targets. */
  readonly loss?: Loss;
}

/** Elements of an example, and memory for a batch that is not full. */
interface Fed<T> {
  readonly size: number;
  readonly padded: T;
}

/**
 * A model as it predicts, for exactly `batch` examples; fewer are run beside whatever the memory holds, since
 * no example looks at another.
 */
export class ForwardProgram {
  private targetsNow: Float32Array = new Float32Array(0);
  private graph!: CompiledGraph;

  private constructor(
    private readonly request: ForwardRequest,
    private readonly pixels: Fed<Uint8Array | Float32Array>,
    private readonly targets: Fed<Float32Array>,
    /** Of the loss, where there is one. */
    readonly terms: readonly LossTerm[],
  ) {}

  /** @param tensors those of the model's initializers that change; call `invalidate` when they have */
  static async create(
    library: Library,
    request: ForwardRequest,
    tensors: ReadonlyMap<string, StateTensor> = new Map(),
  ): Promise<ForwardProgram> {
    const { model, batch, options, loss } = request;
    const opset = modelOpset(model.model);
    const builder = new GraphBuilder('forward', opset);
    const predicted = [model.logits, model.model.graph.outputs[0]!.name];
    const wanted = [...new Set([...predicted, ...(loss === undefined ? [] : valuesOfLoss(loss))])];
    addForward(builder, model, { batch, training: false, outputs: wanted });
    const elements = sizeOf(builder.shape(model.logits));
    const targets = 'step/targets';
    if (loss !== undefined) builder.input(targets, 'float32', [batch, elements]);
    const terms = loss === undefined ? [] : addTerms(builder, loss, { logits: model.logits, targets });
    const compared = terms.flatMap(({ value, target }) => (typeof target === 'number' ? [value] : [value, target]));
    const outputs = [...new Set([...wanted, ...compared])].filter((name) => name !== targets);
    for (const name of outputs) builder.output(name);
    const built = builder.build();
    const graph = tensors.size === 0 ? foldBatchNorm(built) : built;
    const { dtype, shape } = graph.inputs.find(({ name }) => !graph.initializers.has(name) && name !== targets)!;
    const size = sizeOf(shape as readonly number[]);
    const padded = dtype === 'uint8' ? new Uint8Array(batch * size) : new Float32Array(batch * size);
    const fedTargets = { size: elements, padded: new Float32Array(loss === undefined ? 0 : batch * elements) };
    const program = new ForwardProgram(request, { size, padded }, fedTargets, terms);
    program.graph = await compile({
      ...{ library, graph, opset, outputs, tensors },
      activations: activationType(library, options),
      fixedTensors: true,
      floatInputs: new Map(loss === undefined ? [] : [[targets, () => program.targetsNow]]),
      options,
    });
    return program;
  }

  /** Runs any number of examples and returns fresh arrays, one an output. */
  async run(input: Pick<MeasureInput, 'pixels' | 'count'> & Partial<MeasureInput>): Promise<NamedFloats> {
    const { graph, request, pixels, targets } = this;
    const { batch } = request;
    const { count } = input;
    const results = new Map(
      [...graph.outputs].map(([name, values]) => [name, new Float32Array((values.length / batch) * count)] as const),
    );
    for (let first = 0; first < count; first += batch) {
      const now = Math.min(batch, count - first);
      if (this.terms.length > 0) this.targetsNow = filled(targets, input.targets!, first, now, batch);
      await graph.run(filled(pixels, input.pixels, first, now, batch));
      for (const [name, values] of graph.outputs) {
        const size = values.length / batch;
        results.get(name)!.set(values.subarray(0, now * size), first * size);
      }
    }
    return results;
  }

  /** The model's own outputs among what a run gave. */
  predicted(results: NamedFloats): ForwardOutput {
    const { model } = this.request;
    return {
      logits: results.get(model.logits)!,
      probabilities: results.get(model.model.graph.outputs[0]!.name)!,
    };
  }

  /** Must be called after a change of the tensors. */
  invalidate(): void {
    this.graph.program.invalidate();
  }

  release(): Promise<void> {
    return this.graph.release();
  }
}

/** Some examples of an array, with whatever is there behind them where they are fewer than a batch. */
function filled<T extends Uint8Array | Float32Array>(
  { size, padded }: Fed<T>,
  given: T,
  first: number,
  now: number,
  batch: number,
): T {
  const part = given.subarray(first * size, (first + now) * size) as T;
  if (part.length < now * size) {
    throw new RangeError(`Given ${given.length} values where ${(first + now) * size} are needed.`);
  }
  if (now === batch) return part;
  padded.set(part);
  return padded;
}

/** Elements of one example. */
function sizeOf(dims: readonly number[]): number {
  return dims.slice(1).reduce((product, dim) => product * dim, 1);
}
