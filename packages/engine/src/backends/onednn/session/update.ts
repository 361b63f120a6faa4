import { GraphBuilder } from '../../../builder/builder.js';
import { defaultOpset } from '../../../graph/opset.js';
import { optimizerRule } from '../../../training/step/optimizers.js';
import { addRegularization, addUpdates, type Renewed } from '../../../training/step/step-graph.js';
import type { BackendOptions, TrainingSpecification } from '../../backend.js';
import { graphModel } from '../../onnxruntime/graph-model.js';
import { createOrtSession, type OrtSession, type OrtTensor, wrap } from '../../onnxruntime/ort.js';
import { TensorBlock } from './state-memory.js';
import { updateGroups } from './update-groups.js';

/** What moves the weights of a training by their gradients, in place. */
export interface Update {
  readonly slots: TensorBlock;
  /** The slots tensor by tensor, in the order of every backend. */
  copySlots(): ReadonlyMap<string, Float32Array>;
  run(learningRate: number, step: number): Promise<void>;
  release(): Promise<void>;
}

/**
 * The optimizer's update with L2, clipping and constraints, as the graph every backend has. It writes new
 * weights and slots over the old ones: whatever reads an old value comes before the last operation on it,
 * and that one works element by element.
 */
export class UpdateSession implements Update {
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
    const { trainable } = specification.model;
    const dimsOf = (name: string) => gradients.get(name).dims;
    // Slot by slot and in the order of the gradients, so that neighbours there are neighbours here.
    const slots = new TensorBlock(
      new Map(rule.slots.flatMap((slot) => trainable.map((name) => [`${name}/${slot}`, dimsOf(name)] as const))),
    );
    const sizes = new Map(trainable.map((name) => [name, gradients.get(name).floats.length]));
    const groups = new Map(updateGroups(specification, sizes).map((group) => [group.name, group]));

    const view = (group: string, block: TensorBlock, suffix = '') => {
      const { tensors, part } = groups.get(group)!;
      const whole = block.span(tensors[0]! + suffix, tensors.at(-1)! + suffix);
      const floats = part === undefined ? whole : whole.subarray(part.start, part.end);
      const isTensor = tensors.length === 1 && part === undefined;
      return wrap('float32', floats, isTensor ? dimsOf(tensors[0]!) : [floats.length]);
    };
    const known = new Map<string, string>();
    const feeds: Record<string, OrtTensor> = {};
    const fetches: Record<string, OrtTensor> = {};
    for (const group of groups.keys()) {
      const gradient = view(group, gradients);
      builder.input(group, 'float32', gradient.dims);
      known.set(group, builder.input(`gradient/${group}`, 'float32', gradient.dims));
      feeds[`gradient/${group}`] = gradient;
    }
    const grouped = { ...specification, model: { ...specification.model, trainable: [...groups.keys()] } };
    const renewed = addUpdates(builder, grouped, addRegularization(builder, grouped, known));
    const bind = ({ input, output }: Renewed, tensor: OrtTensor) => {
      builder.output(output);
      feeds[input] = tensor;
      fetches[output] = tensor;
    };
    for (const tensor of renewed.tensors) bind(tensor, view(tensor.name, weights));
    for (const slot of renewed.slots) {
      const [group, suffix] = splitAtLast(slot.name, '/');
      bind(slot, view(group, slots, suffix));
    }
    const session = await createOrtSession(graphModel(builder.build(), defaultOpset), { ...options, threads: 1 });
    return new UpdateSession(session, specification, slots, feeds, fetches);
  }

  copySlots(): ReadonlyMap<string, Float32Array> {
    const { model, optimizer } = this.specification;
    const names = model.trainable.flatMap((name) => optimizerRule(optimizer).slots.map((slot) => `${name}/${slot}`));
    return new Map(names.map((name) => [name, this.slots.get(name).floats.slice()]));
  }

  async run(learningRate: number, step: number): Promise<void> {
    const scalars = optimizerRule(this.specification.optimizer).scalarsAt(learningRate, step);
    for (const [name, value] of Object.entries(scalars)) {
      this.feeds[name] = wrap('float32', Float32Array.of(value), []);
    }
    await this.session.run(this.feeds, this.fetches);
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}

/** A name in two, the second part with the separator. */
function splitAtLast(name: string, separator: string): readonly [string, string] {
  const at = name.lastIndexOf(separator);
  return [name.slice(0, at), name.slice(at)];
}
