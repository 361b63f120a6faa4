import type { FoldContext } from './operator.js';

/**
 * Folding rules work on integer tensors of rank 0 or 1, which is what shape arithmetic in exported models is
 * made of.
 */
type Fold = (context: FoldContext) => readonly number[] | undefined;

/** Folds an operator that keeps elements in order: Reshape, Squeeze, Unsqueeze, Identity. */
export const foldSame: Fold = ({ values }) => values[0];

/** Folds an elementwise operator of any number of inputs, each a scalar or as long as the result. */
export function foldElements(f: (...elements: number[]) => number): Fold {
  return ({ values, output }) => {
    if (output.shape.length > 1) return undefined;
    const inputs = values.filter((list) => list !== undefined);
    if (inputs.length !== values.length) return undefined;
    const length = (output.shape[0] as number | undefined) ?? 1;
    return Array.from({ length }, (_, i) => f(...inputs.map((list) => (list.length === 1 ? list[0]! : list[i]!))));
  };
}
