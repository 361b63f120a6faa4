import { floatAttribute, intAttribute } from '../../../graph/attributes.js';
import { graphError, shapeError } from '../../../graph/errors.js';
import { sumToShape, upstream } from '../../emit.js';
import { normalise } from '../../normalisation.js';
import type { GradientContext, Operator } from '../../operator.js';
import { broadcastShape, formatShape, normalizeAxis, requiredInput } from '../../shapes.js';

/**
 * Normalises every example along the axes from `axis` on, then scales and shifts by trained tensors of those axes
 * (operator set 17). Mean and one over the deviation are outputs 1 and 2; no gradient flows back through them.
 */
export const layerNormalization: Operator = {
  opType: 'LayerNormalization',
  infer(context) {
    const { node } = context;
    const { dtype, shape } = requiredInput(context, 0);
    const axis = normalizeAxis(node, intAttribute(node, 'axis', -1), shape.length);
    for (const i of [1, 2]) {
      const given = context.inputs[i]?.shape;
      if (given === undefined) continue;
      const fits =
        given.length <= shape.length && broadcastShape(node, [shape, given]).every((size, at) => size === shape[at]);
      if (!fits) throw shapeError(node, `cannot scale ${formatShape(shape)} by ${formatShape(given)}`);
    }
    const kept = shape.map((size, at) => (at < axis ? size : 1));
    return [
      { dtype, shape },
      { dtype: 'float32', shape: kept },
      { dtype: 'float32', shape: kept },
    ];
  },
  gradient(context) {
    const { builder, node, wants } = context;
    if (context.outputGradient(1) !== undefined || context.outputGradient(2) !== undefined) {
      throw graphError(node, 'gives its mean or deviation to nodes through which a gradient flows back');
    }
    const dy = upstream(context);
    const [x, scale, shift] = [context.input(0), context.input(1), context.input(2)];
    const { value, gradient } = normalise(builder, x, axesOf(context), floatAttribute(node, 'epsilon', 1e-5));
    return [
      wants(0) ? gradient(builder.node('Mul', [dy, scale])) : undefined,
      wants(1) ? sumToShape(builder, builder.node('Mul', [dy, value]), context.shape(scale)) : undefined,
      shift !== '' && wants(2) ? sumToShape(builder, dy, context.shape(shift)) : undefined,
    ];
  },
};

function axesOf({ node, shape, input }: GradientContext): readonly number[] {
  const rank = shape(input(0)).length;
  const first = normalizeAxis(node, intAttribute(node, 'axis', -1), rank);
  return Array.from({ length: rank - first }, (_, i) => first + i);
}
