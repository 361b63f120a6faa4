import { GraphBuilder } from '../../../graph/builder.js';
import { defaultOpset } from '../../../graph/opset.js';
import { optimizerRule } from '../../../training/step/optimizers.js';
import { addRegularization, addUpdates, type Renewed } from '../../../training/step/step-graph.js';
import type { BackendOptions, TrainingSpecification } from '../../backend.js';
import { graphModel } from '../../onnxruntime/graph-model.js';
import { createOrtSession, type OrtSession, OrtTensor, wrap } from '../../onnxruntime/ort.js';
import { TensorBlock } from './state-memory.js';

/**
 * The optimizer's update with L2, clipping and constraints, as the graph every backend has. It writes new
 * weights and slots over the old ones: whatever reads an old value comes before the last operation on it,
 * and that one works element by element.
 */
export class UpdateSession {
  private constructor(
    private readonly session: OrtSession,
    private readonly specification: TrainingSpecification,
    readonly slots: TensorBlock,
    private readonly feeds: Record<string, OrtTensor>,
    private readonly fetches: Readonly<Record<string, OrtTensor>>,
  ) {}

  static async create(
    specification: TrainingSpecification,
    weights: TensorBlock,
    gradients: TensorBlock,
    options: BackendOptions,
  ): Promise<UpdateSession> {
    const builder = new GraphBuilder('update', defaultOpset);
    const rule = optimizerRule(specification.optimizer);
    for (const scalar of rule.scalars) builder.input(scalar, 'float32', []);
    const known = new Map<string, string>();
    for (const [name, { dims }] of gradients.tensors) {
      builder.input(name, 'float32', dims);
      known.set(name, builder.input(`gradient/${name}`, 'float32', dims));
    }
    const renewed = addUpdates(builder, specification, addRegularization(builder, specification, known));
    for (const { output } of [...renewed.tensors, ...renewed.slots]) builder.output(output);
    const slots = new TensorBlock(new Map(renewed.slots.map(({ name, dims }) => [name, dims])));

    const at = (block: TensorBlock, name: string) => wrap('float32', block.get(name).floats, block.get(name).dims);
    const feeds: Record<string, OrtTensor> = {};
    const fetches: Record<string, OrtTensor> = {};
    for (const [name, input] of known) feeds[input] = at(gradients, name);
    const bind = (block: TensorBlock, list: readonly Renewed[]) => {
      for (const { name, input, output } of list) {
        feeds[input] = at(block, name);
        fetches[output] = at(block, name);
      }
    };
    bind(weights, renewed.tensors);
    bind(slots, renewed.slots);
    const session = await createOrtSession(graphModel(builder.build(), defaultOpset), { ...options, threads: 1 });
    return new UpdateSession(session, specification, slots, feeds, fetches);
  }

  async run(learningRate: number, step: number): Promise<void> {
    const scalars = optimizerRule(this.specification.optimizer).scalarsAt(learningRate, step);
    for (const [name, value] of Object.entries(scalars)) {
      this.feeds[name] = new OrtTensor('float32', Float32Array.of(value), []);
    }
    await this.session.run(this.feeds, this.fetches);
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}
