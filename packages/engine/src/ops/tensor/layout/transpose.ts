import { intsAttribute } from '../../../graph/attributes.js';
import { shapeError } from '../../../graph/errors.js';
import type { GraphNode } from '../../../graph/types.js';
import { upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { formatShape, requiredInput } from '../../shapes.js';
import { elementAt, elementsOf } from '../../small-tensor.js';

/** Reorders the axes: axis `i` of the result is axis `perm[i]` of the input; reversed unless given. */
export const transpose: Operator = {
  opType: 'Transpose',
  infer(context) {
    const { dtype, shape } = requiredInput(context, 0);
    const perm = permutation(context.node, shape.length);
    if (new Set(perm).size !== shape.length || perm.some((axis) => axis < 0 || axis >= shape.length)) {
      throw shapeError(context.node, `[${perm.join(', ')}] is no order of the axes of ${formatShape(shape)}`);
    }
    return [{ dtype, shape: perm.map((axis) => shape[axis]!) }];
  },
  fold({ node, values: [data], output }) {
    if (data === undefined) return undefined;
    const perm = permutation(node, data.dims.length);
    return elementsOf(output.shape, (index) => {
      const from = data.dims.map((_, axis) => index[perm.indexOf(axis)]!);
      return elementAt(data, from);
    });
  },
  gradient(context) {
    const perm = permutation(context.node, context.shape(context.input(0)).length);
    const inverse = perm.map((_, axis) => perm.indexOf(axis));
    return [context.builder.node('Transpose', [upstream(context)], { perm: inverse })];
  },
};

function permutation(node: GraphNode, rank: number): readonly number[] {
  return intsAttribute(node, 'perm') ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
}
