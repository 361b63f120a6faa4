import { shapeError } from '../../../graph/errors.js';
import type { GraphNode, Shape } from '../../../graph/types.js';
import { broadcastShape, formatShape } from '../../shapes.js';

/** The shape of a batched matrix product by NumPy's rules: vectors count as a row or a column and lose it again. */
export function matMulShape(node: GraphNode, a: Shape, b: Shape): Shape {
  if (a.length === 0 || b.length === 0) throw shapeError(node, 'cannot multiply a scalar');
  const left = a.length === 1 ? [1, ...a] : a;
  const right = b.length === 1 ? [...b, 1] : b;
  const inner = left.at(-1)!;
  const otherInner = right.at(-2)!;
  if (typeof inner === 'number' && typeof otherInner === 'number' && inner !== otherInner) {
    throw shapeError(node, `cannot multiply ${formatShape(a)} with ${formatShape(b)}`);
  }
  const batch = broadcastShape(node, [left.slice(0, -2), right.slice(0, -2)]);
  return [...batch, ...(a.length === 1 ? [] : [left.at(-2)!]), ...(b.length === 1 ? [] : [right.at(-1)!])];
}
