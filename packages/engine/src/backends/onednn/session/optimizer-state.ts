import { optimizerRule } from '../../../training/step/optimizers.js';
import type { TrainingSpecification } from '../../backend.js';
import { TensorBlock } from './state-memory.js';
import type { UpdateGroup } from './update-groups.js';

/** What an update reads and writes; a slot is named `<tensor>/<slot>`. */
export interface OptimizerState {
  readonly weights: TensorBlock;
  readonly gradients: TensorBlock;
  readonly slots: TensorBlock;
}

/** Moves weights by their gradients, in place. */
export interface Update {
  run(learningRate: number, step: number): Promise<void>;
  release(): Promise<void>;
}

/** The optimizer's slots, zero at the start: slot by slot and in the order of the gradients, so that neighbours there are neighbours here. */
export function emptySlots({ model, optimizer }: TrainingSpecification, gradients: TensorBlock): TensorBlock {
  const { slots } = optimizerRule(optimizer);
  return new TensorBlock(
    new Map(slots.flatMap((slot) => model.trainable.map((name) => [`${name}/${slot}`, gradients.get(name).dims]))),
  );
}

/** Copies of the slots tensor by tensor, in the order of every backend. */
export function copySlots(
  { model, optimizer }: TrainingSpecification,
  slots: TensorBlock,
): ReadonlyMap<string, Float32Array> {
  const names = model.trainable.flatMap((name) => optimizerRule(optimizer).slots.map((slot) => `${name}/${slot}`));
  return new Map(names.map((name) => [name, slots.get(name).floats.slice()]));
}

/** The memory of a group's tensors, or of their slots where `suffix` names one (`/mean`). */
export function groupMemory({ tensors, part }: UpdateGroup, block: TensorBlock, suffix = ''): Float32Array {
  const whole = block.span(tensors[0]! + suffix, tensors.at(-1)! + suffix);
  return part === undefined ? whole : whole.subarray(part.start, part.end);
}
