import type { TrainingSpecification } from '../../backend.js';

/** What is updated as one: trained tensors that lie one behind the other, or a part of a large one. */
export interface UpdateGroup {
  /** The tensor's own name when it is alone and whole. */
  readonly name: string;
  readonly tensors: readonly string[];
  /** Elements of the only tensor, where it is not updated whole. */
  readonly part?: { readonly start: number; readonly end: number };
}

/** Elements of a group: intermediate values of an update stay small. */
const enough = 2 ** 18;

/**
 * Joins neighbouring tensors whose update is the same for every element, and divides large ones. A graph of ten
 * operations on each of MobileNet's 83 small tensors spends its time between operations; one on the six million
 * weights of a dense layer needs 100 MB for what lies between them. Tensors with a constraint or an L2 penalty, which
 * look at a tensor as a whole, stay alone, and so do those with a learning rate of their own.
 */
export function updateGroups(
  { model, learningRateFactors }: TrainingSpecification,
  sizes: ReadonlyMap<string, number>,
): readonly UpdateGroup[] {
  const groups: (UpdateGroup & { name: string; tensors: string[]; elements: number; open: boolean })[] = [];
  for (const name of model.trainable) {
    const factor = learningRateFactors?.get(name) ?? 1;
    const joins = factor === 1 && !model.constraints.has(name) && !model.l2.has(name);
    const elements = sizes.get(name)!;
    const last = groups.at(-1);
    if (joins && last?.open && last.elements + elements <= enough) {
      last.tensors.push(name);
      last.elements += elements;
      last.name = `group/${groups.length}`;
    } else if (joins && elements > enough) {
      for (let start = 0; start < elements; start += enough) {
        const part = { start, end: Math.min(start + enough, elements) };
        groups.push({ name: `part/${groups.length}`, tensors: [name], part, elements: enough, open: false });
      }
    } else {
      groups.push({ name, tensors: [name], elements, open: joins });
    }
  }
  return groups;
}
