import { GraphBuilder } from '../../../builder/builder.js';
import { defaultOpset } from '../../../graph/opset.js';
import { addSumOfLosses } from '../../../training/loss/add-sum-of-losses.js';
import type { LossTerm } from '../../../training/loss/terms.js';
import { addPenalty } from '../../../training/step/step-graph.js';
import type { BackendOptions, StepInput, TrainingSpecification } from '../../backend.js';
import { graphModel } from '../../onnxruntime/graph-model.js';
import { createOrtSession, type OrtSession, type OrtTensor, wrap } from '../../onnxruntime/ort.js';
import type { NamedFloats } from '../compile/compile.js';
import type { TensorBlock } from './state-memory.js';

/** What a loss compares in one program: its terms, and the sizes of the values they name. */
export interface Compared {
  readonly terms: readonly LossTerm[];
  readonly dims: ReadonlyMap<string, readonly number[]>;
  /** The fed targets. */
  readonly targets: string;
  readonly count: number;
}

/**
 * The loss of a batch and its gradient with respect to the values it is taken on, computed by the same graph as on every
 * other backend.
 */
export class LossSession {
  readonly loss = new Float32Array(1);
  readonly penalty = new Float32Array(1);
  readonly terms: Float32Array;

  private constructor(
    private readonly session: OrtSession,
    private readonly weights: TensorBlock,
    private readonly l2: readonly string[],
    private readonly names: {
      readonly loss: string;
      readonly penalty: string;
      readonly terms: string;
      readonly gradients: ReadonlyMap<string, string>;
    },
    private readonly compared: Compared,
  ) {
    this.terms = new Float32Array(compared.terms.length);
  }

  static async create(
    { model }: TrainingSpecification,
    weights: TensorBlock,
    compared: Compared,
    options: BackendOptions,
  ): Promise<LossSession> {
    const builder = new GraphBuilder('loss', defaultOpset);
    const { terms, dims, count } = compared;
    for (const [name, sizes] of dims) builder.input(name, 'float32', sizes);
    const exampleWeights = builder.input('step/weights', 'float32', [count]);
    const l2 = [...model.l2.keys()];
    for (const name of l2) builder.input(name, 'float32', weights.get(name).dims);
    const data = addSumOfLosses(builder, terms, exampleWeights);
    const penalty = addPenalty(builder, model.l2);
    const total = penalty === undefined ? data.loss : builder.node('Add', [data.loss, penalty]);
    const shown = penalty ?? builder.node('Identity', [builder.floats(0)]);
    const names = { loss: total, penalty: shown, terms: data.terms, gradients: data.gradients };
    for (const name of [total, shown, data.terms, ...data.gradients.values()]) builder.output(name);
    const session = await createOrtSession(graphModel(builder.build(), defaultOpset), { ...options, threads: 1 });
    return new LossSession(session, weights, l2, names, compared);
  }

  /** Leaves loss and penalty in their places, and the gradients in `gradients`. */
  async run(
    outputs: NamedFloats,
    input: Pick<StepInput, 'targets' | 'weights'>,
    gradients: NamedFloats,
  ): Promise<void> {
    const { names, compared } = this;
    const { dims, targets, count, terms } = compared;
    const feeds: Record<string, OrtTensor> = {};
    for (const [name, sizes] of dims) {
      const size = sizes.reduce((a, b) => a * b, 1);
      feeds[name] = wrap('float32', name === targets ? input.targets.subarray(0, size) : outputs.get(name)!, sizes);
    }
    feeds['step/weights'] = wrap('float32', input.weights.subarray(0, count), [count]);
    for (const name of this.l2) {
      const tensor = this.weights.get(name);
      feeds[name] = wrap('float32', tensor.floats, tensor.dims);
    }
    const fetches: Record<string, OrtTensor> = {
      [names.loss]: wrap('float32', this.loss, []),
      [names.penalty]: wrap('float32', this.penalty, []),
      [names.terms]: wrap('float32', this.terms, [terms.length]),
    };
    for (const [value, gradient] of names.gradients)
      fetches[gradient] = wrap('float32', gradients.get(value)!, dims.get(value)!);
    await this.session.run(feeds, fetches);
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}
