import type { TrainingSpecification } from '../../backend.js';

/** Trained tensors that lie one behind the other and are updated as one. */
export interface UpdateGroup {
  /** The tensor's own name when it is alone. */
  readonly name: string;
  readonly tensors: readonly string[];
}

/** Elements from which a group takes no more tensors: intermediate values of an update stay small. */
const enough = 2 ** 18;

/**
 * Joins neighbouring tensors whose update is the same for every element. A graph of ten operations on each of
 * MobileNet's 83 small tensors spends its time between operations. Tensors with a constraint or an L2 penalty, which
 * look at a tensor as a whole, stay alone, and so do those with a learning rate of their own.
 */
export function updateGroups(
  { model, learningRateFactors }: TrainingSpecification,
  sizes: ReadonlyMap<string, number>,
): readonly UpdateGroup[] {
  const groups: { name: string; tensors: string[]; elements: number; open: boolean }[] = [];
  for (const name of model.trainable) {
    const factor = learningRateFactors?.get(name) ?? 1;
    const joins = factor === 1 && !model.constraints.has(name) && !model.l2.has(name);
    const elements = sizes.get(name)!;
    const last = groups.at(-1);
    if (joins && last?.open && last.elements + elements <= enough) {
      last.tensors.push(name);
      last.elements += elements;
      last.name = `group/${groups.length}`;
    } else {
      groups.push({ name, tensors: [name], elements, open: joins });
    }
  }
  return groups;
}
