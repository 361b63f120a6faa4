import { GraphBuilder } from '../../../builder/builder.js';
import { defaultOpset } from '../../../graph/opset.js';
import { optimizerRule } from '../../../training/step/optimizers.js';
import { addRegularization, addUpdates, type Renewed } from '../../../training/step/step-graph.js';
import type { BackendOptions, TrainingSpecification } from '../../backend.js';
import { graphModel } from '../../onnxruntime/graph-model.js';
import { createOrtSession, type OrtTensor, wrap } from '../../onnxruntime/ort.js';
import { groupMemory, type OptimizerState, type Update } from './optimizer-state.js';
import type { UpdateGroup } from './update-groups.js';

/**
 * The optimizer's update with L2, clipping and constraints, as the graph every backend has. It writes new
 * weights and slots over the old ones: whatever reads an old value comes before the last operation on it,
 * and that one works element by element.
 */
export async function graphUpdate(
  specification: TrainingSpecification,
  groups: readonly UpdateGroup[],
  { weights, gradients, slots }: OptimizerState,
  options: BackendOptions,
): Promise<Update> {
  const builder = new GraphBuilder('update', defaultOpset);
  const rule = optimizerRule(specification.optimizer);
  for (const scalar of rule.scalars) builder.input(scalar, 'float32', []);
  const byName = new Map(groups.map((group) => [group.name, group]));

  const view = (name: string, block: typeof weights, suffix?: string) => {
    const group = byName.get(name)!;
    const floats = groupMemory(group, block, suffix);
    const isTensor = group.tensors.length === 1 && group.part === undefined;
    return wrap('float32', floats, isTensor ? gradients.get(group.tensors[0]!).dims : [floats.length]);
  };
  const known = new Map<string, string>();
  const feeds: Record<string, OrtTensor> = {};
  const fetches: Record<string, OrtTensor> = {};
  for (const group of byName.keys()) {
    const gradient = view(group, gradients);
    builder.input(group, 'float32', gradient.dims);
    known.set(group, builder.input(`gradient/${group}`, 'float32', gradient.dims));
    feeds[`gradient/${group}`] = gradient;
  }
  const grouped = { ...specification, model: { ...specification.model, trainable: [...byName.keys()] } };
  const renewed = addUpdates(builder, grouped, addRegularization(builder, grouped, known));
  const bind = ({ input, output }: Renewed, tensor: OrtTensor) => {
    builder.output(output);
    feeds[input] = tensor;
    fetches[output] = tensor;
  };
  for (const tensor of renewed.tensors) bind(tensor, view(tensor.name, weights));
  for (const slot of renewed.slots) {
    const at = slot.name.lastIndexOf('/');
    bind(slot, view(slot.name.slice(0, at), slots, slot.name.slice(at)));
  }
  const session = await createOrtSession(graphModel(builder.build(), defaultOpset), { ...options, threads: 1 });
  return {
    async run(learningRate, step) {
      for (const [name, value] of Object.entries(rule.scalarsAt(learningRate, step))) {
        feeds[name] = wrap('float32', Float32Array.of(value), []);
      }
      await session.run(feeds, fetches);
    },
    release: () => session.release(),
  };
}
