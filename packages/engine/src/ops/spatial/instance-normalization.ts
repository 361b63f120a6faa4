import { floatAttribute } from '../../graph/attributes.js';
import { shapeError } from '../../graph/errors.js';
import { reshape, upstream } from '../emit.js';
import { normalise } from '../normalisation.js';
import type { Operator } from '../operator.js';
import { requiredInput } from '../shapes.js';
import { channelSum } from './convolution-gradient.js';

/** Normalises every channel of every example over its places, X `[N, C, ...]`, then scales and shifts by channel. */
export const instanceNormalization: Operator = {
  opType: 'InstanceNormalization',
  infer(context) {
    const x = requiredInput(context, 0);
    if (x.shape.length < 3) throw shapeError(context.node, 'needs an input [N, C, ...]');
    const channels = x.shape[1];
    for (const i of [1, 2]) {
      const size = requiredInput(context, i).shape[0];
      if (typeof channels === 'number' && size !== channels) {
        throw shapeError(context.node, `has ${size} entries of input ${i} for ${channels} channels`);
      }
    }
    return [x];
  },
  gradient(context) {
    const { builder, node, wants } = context;
    const dy = upstream(context);
    const [x, scale] = [context.input(0), context.input(1)];
    const sizes = context.shape(x);
    const places = sizes.flatMap((_, axis) => (axis > 1 ? [axis] : []));
    const { value, gradient } = normalise(builder, x, places, floatAttribute(node, 'epsilon', 1e-5));
    const onChannels = () => reshape(builder, scale, [sizes[1]!, ...places.map(() => 1)]);
    return [
      wants(0) ? gradient(builder.node('Mul', [dy, onChannels()])) : undefined,
      wants(1) ? channelSum(builder, builder.node('Mul', [dy, value])) : undefined,
      wants(2) ? channelSum(builder, dy) : undefined,
    ];
  },
};
