import { intsAttribute } from '../../../graph/attributes.js';
import type { ShapeContext } from '../../operator.js';
import { requiredConstant } from '../../shapes.js';

/** Axes given as an attribute (older operator sets) or as input `i`; undefined when left out. */
export function givenAxes(context: ShapeContext, i: number): readonly number[] | undefined {
  const attribute = intsAttribute(context.node, 'axes');
  if (attribute !== undefined) return attribute;
  return context.inputs[i] === undefined ? undefined : requiredConstant(context, i, 'axes');
}
