import type { Dim } from '../graph/types.js';
import type { FoldContext } from './operator.js';
import { elementAt, elementsOf } from './small-tensor.js';

/**
 * Folding rules work on tensors with few elements, which is what the arithmetic on shapes in exported models is made
 * of. An element is a number, or the name of a size that is bound later.
 */
type Fold = (context: FoldContext) => readonly Dim[] | undefined;

/** Folds an operator that keeps elements in order: Reshape, Squeeze, Unsqueeze, Identity. */
export const foldSame: Fold = ({ values }) => values[0]?.elements;

/**
 * Folds an elementwise operator of any number of inputs, with broadcasting.
 *
 * @param named - what is known where an element is a name; a name of its own stands for what is not
 */
export function foldElements(
  f: (...elements: number[]) => number,
  named: (...elements: Dim[]) => Dim | undefined = () => undefined,
): Fold {
  return ({ node, values, output }) => {
    const inputs = values.filter((value) => value !== undefined);
    if (inputs.length !== values.length) return undefined;
    return elementsOf(output.shape, (index): Dim => {
      const elements = inputs.map((input) => elementAt(input, index));
      if (elements.every((element) => typeof element === 'number')) return f(...elements);
      return named(...elements) ?? `${node.outputs[0]}[${index.join()}]`;
    });
  };
}
