import type { Dim } from '../graph/types.js';
import type { FoldContext } from './operator.js';

/**
 * Folding rules work on tensors of rank 0 or 1 with few elements, which is what the arithmetic on shapes in exported
 * models is made of. An element is a number, or the name of a size that is bound later.
 */
type Fold = (context: FoldContext) => readonly Dim[] | undefined;

/** Folds an operator that keeps elements in order: Reshape, Squeeze, Unsqueeze, Identity. */
export const foldSame: Fold = ({ values }) => values[0];

/**
 * Folds an elementwise operator of any number of inputs, each a scalar or as long as the result.
 *
 * @param named - what is known where an element is a name; a name of its own stands for what is not
 */
export function foldElements(
  f: (...elements: number[]) => number,
  named: (...elements: Dim[]) => Dim | undefined = () => undefined,
): Fold {
  return ({ node, values, output }) => {
    if (output.shape.length > 1) return undefined;
    const inputs = values.filter((list) => list !== undefined);
    if (inputs.length !== values.length) return undefined;
    const length = (output.shape[0] as number | undefined) ?? 1;
    return Array.from({ length }, (_, i): Dim => {
      const elements = inputs.map((list) => (list.length === 1 ? list[0]! : list[i]!));
      if (elements.every((element) => typeof element === 'number')) return f(...elements);
      return named(...elements) ?? `${node.outputs[0]}[${i}]`;
    });
  };
}
