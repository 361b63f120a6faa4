import type { GraphWriter } from '../../graph/graph-writer.js';
import { addLoss } from './add-loss.js';
import type { LossTerm } from './terms.js';

/** Values of a graph that a sum of losses comes to. */
export interface SumNodes {
  /** Scalar. */
  readonly loss: string;
  /** [terms]: what each comes to before its weight. */
  readonly terms: string;
  /** The gradient with respect to each value that a term is taken on. */
  readonly gradients: ReadonlyMap<string, string>;
}

/**
 * Adds the weighted sum of losses, and its gradients.
 *
 * @param weights - float32 [n], of the examples
 */
export function addSumOfLosses(builder: GraphWriter, terms: readonly LossTerm[], weights: string): SumNodes {
  const gradients = new Map<string, string>();
  const values: string[] = [];
  let total: string | undefined;
  for (const { value, loss, target, weight } of terms) {
    const targets = typeof target === 'number' ? builder.floats(target) : target;
    const nodes = addLoss(builder, loss, { logits: value, targets, weights });
    const share = times(builder, nodes.loss, weight);
    total = total === undefined ? share : builder.node('Add', [total, share]);
    const gradient = times(builder, nodes.gradient, weight);
    const before = gradients.get(value);
    gradients.set(value, before === undefined ? gradient : builder.node('Add', [before, gradient]));
    values.push(builder.node('Reshape', [nodes.loss, builder.ints([1])]));
  }
  if (total === undefined) throw new RangeError('A loss has at least one term.');
  return { loss: total, terms: builder.node('Concat', values, { axis: 0 }), gradients };
}

function times(builder: GraphWriter, value: string, factor: number): string {
  return factor === 1 ? value : builder.node('Mul', [value, builder.floats(factor)]);
}
