import type { GraphNode } from '../../../graph/types.js';
import { intAttribute } from '../../attributes.js';
import { normalizeAxis } from '../../shapes.js';

/**
 * The axes over which Softmax and LogSoftmax normalise: the one axis since operator set 13, and all from
 * the axis on before, when the input was flattened to two dimensions.
 */
export function softmaxAxes(node: GraphNode, opset: number, rank: number): readonly number[] {
  const axis = normalizeAxis(node, intAttribute(node, 'axis', opset < 13 ? 1 : -1), rank);
  return opset < 13 ? Array.from({ length: rank - axis }, (_, i) => axis + i) : [axis];
}
