import { intAttribute } from '../../../graph/attributes.js';
import { shapeError } from '../../../graph/errors.js';
import type { Dim } from '../../../graph/types.js';
import { upstream } from '../../emit.js';
import type { Operator } from '../../operator.js';
import { commonType, formatShape, normalizeAxis, requiredInput } from '../../shapes.js';
import { sumOf } from '../../sizes.js';
import { elementAt, elementsOf } from '../../small-tensor.js';

/** Joins tensors along an axis; their other sizes are equal. */
export const concat: Operator = {
  opType: 'Concat',
  infer(context) {
    const { node } = context;
    const indices = node.inputs.map((_, i) => i);
    const shapes = indices.map((i) => requiredInput(context, i).shape);
    const first = shapes[0]!;
    const axis = normalizeAxis(node, intAttribute(node, 'axis', 1), first.length);
    for (const shape of shapes) {
      if (shape.length !== first.length || shape.some((dim, at) => at !== axis && differ(dim, first[at]!))) {
        throw shapeError(node, `cannot join ${formatShape(first)} and ${formatShape(shape)} along axis ${axis}`);
      }
    }
    const total = shapes.map((shape) => shape[axis]!).reduce(sumOf);
    return [{ dtype: commonType(context, indices), shape: first.with(axis, total) }];
  },
  fold({ node, values, output }) {
    const parts = values.filter((value) => value !== undefined);
    if (parts.length !== values.length) return undefined;
    const axis = normalizeAxis(node, intAttribute(node, 'axis', 1), output.shape.length);
    return elementsOf(output.shape, (index) => {
      let place = index[axis]!;
      const part = parts.find(({ dims }) => {
        if (place < dims[axis]!) return true;
        place -= dims[axis]!;
        return false;
      })!;
      return elementAt(part, index.with(axis, place));
    });
  },
  gradient(context) {
    const { builder, node } = context;
    const dy = upstream(context);
    const shapes = node.inputs.map((input) => context.shape(input));
    const axis = normalizeAxis(node, intAttribute(node, 'axis', 1), shapes[0]!.length);
    let start = 0;
    return shapes.map((shape, i) => {
      const end = start + shape[axis]!;
      const range = [builder.ints([start]), builder.ints([end]), builder.ints([axis])];
      start = end;
      return context.wants(i) ? builder.node('Slice', [dy, ...range]) : undefined;
    });
  },
};

function differ(a: Dim, b: Dim): boolean {
  return typeof a === 'number' && typeof b === 'number' && a !== b;
}
