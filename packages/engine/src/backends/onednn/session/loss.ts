import { GraphBuilder } from '../../../builder/builder.js';
import { defaultOpset } from '../../../graph/opset.js';
import { addLoss } from '../../../training/step/losses.js';
import { addPenalty } from '../../../training/step/step-graph.js';
import type { BackendOptions, StepInput, TrainingSpecification } from '../../backend.js';
import { graphModel } from '../../onnxruntime/graph-model.js';
import { createOrtSession, type OrtSession, type OrtTensor, wrap } from '../../onnxruntime/ort.js';
import type { TensorBlock } from './state-memory.js';

/**
 * The loss of a batch and its gradient with respect to the logits: a few numbers an example, computed by the
 * same graph as on every other backend.
 */
export class LossSession {
  readonly loss = new Float32Array(1);
  readonly penalty = new Float32Array(1);

  private constructor(
    private readonly session: OrtSession,
    private readonly weights: TensorBlock,
    private readonly l2: readonly string[],
    private readonly names: { readonly loss: string; readonly penalty: string; readonly gradient: string },
    private readonly dims: readonly [count: number, classes: number],
  ) {}

  static async create(
    { model, loss }: TrainingSpecification,
    weights: TensorBlock,
    dims: readonly [count: number, classes: number],
    options: BackendOptions,
  ): Promise<LossSession> {
    const builder = new GraphBuilder('loss', defaultOpset);
    const logits = builder.input('logits', 'float32', dims);
    const targets = builder.input('targets', 'float32', dims);
    const exampleWeights = builder.input('weights', 'float32', [dims[0]]);
    const l2 = [...model.l2.keys()];
    for (const name of l2) builder.input(name, 'float32', weights.get(name).dims);
    const data = addLoss(builder, loss, { logits, targets, weights: exampleWeights });
    const penalty = addPenalty(builder, model.l2);
    const total = penalty === undefined ? data.loss : builder.node('Add', [data.loss, penalty]);
    const shown = penalty ?? builder.node('Identity', [builder.floats(0)]);
    const names = { loss: total, penalty: shown, gradient: data.gradient };
    for (const name of Object.values(names)) builder.output(name);
    const session = await createOrtSession(graphModel(builder.build(), defaultOpset), { ...options, threads: 1 });
    return new LossSession(session, weights, l2, names, dims);
  }

  /** Leaves loss and penalty in their places, and the gradient in `gradient`. */
  async run(
    logits: Float32Array,
    input: Pick<StepInput, 'targets' | 'weights'>,
    gradient: Float32Array,
  ): Promise<void> {
    const { dims, names } = this;
    const [count, classes] = dims;
    const feeds: Record<string, OrtTensor> = {
      logits: wrap('float32', logits, dims),
      targets: wrap('float32', input.targets.subarray(0, count * classes), dims),
      weights: wrap('float32', input.weights.subarray(0, count), [count]),
    };
    for (const name of this.l2) {
      const tensor = this.weights.get(name);
      feeds[name] = wrap('float32', tensor.floats, tensor.dims);
    }
    await this.session.run(feeds, {
      [names.loss]: wrap('float32', this.loss, []),
      [names.penalty]: wrap('float32', this.penalty, []),
      [names.gradient]: wrap('float32', gradient, dims),
    });
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}
