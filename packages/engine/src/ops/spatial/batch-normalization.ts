import { floatAttribute, intAttribute } from '../../graph/attributes.js';
import { shapeError } from '../../graph/errors.js';
import { reduceSum, reshape, scalarLike } from '../emit.js';
import type { GradientContext, Operator, ShapeContext } from '../operator.js';
import { channelSum } from './convolution-gradient.js';

/**
 * Normalisation of every channel, X `[N, C, ...]`. With `training_mode` by the mean and variance of the
 * batch, giving the running ones as outputs 1 and 2; otherwise by the running ones given.
 */
export const batchNormalization: Operator = {
  opType: 'BatchNormalization',

  infer({ node, inputs }: ShapeContext) {
    const [x, ...vectors] = inputs;
    if (x === undefined || x.shape.length < 2) throw shapeError(node, 'needs an input [N, C, ...]');
    ['scale', 'bias', 'mean', 'variance'].forEach((name, i) => {
      const size = vectors[i]?.shape[0];
      if (typeof size !== 'number') throw shapeError(node, `needs its ${name}`);
      if (typeof x.shape[1] === 'number' && size !== x.shape[1]) {
        throw shapeError(node, `${name} has ${size} entries for ${x.shape[1]} channels`);
      }
    });
    return [x, vectors[2]!, vectors[3]!];
  },

  gradient(context: GradientContext) {
    const dy = context.outputGradient(0);
    if (dy === undefined) return [];
    return intAttribute(context.node, 'training_mode', 0) === 1
      ? gradientByBatch(context, dy)
      : gradientByRunning(context, dy);
  },
};

/**
 * With batch statistics the mean and variance depend on every input, so the part of the gradient that would
 * move them is taken out: dx = a * (dy - mean(dy) - xc * mean(dy * xc) / (var + eps)), a = scale / std,
 * xc = x - mean. Ioffe and Szegedy 2015, section 3.
 */
function gradientByBatch(context: GradientContext, dy: string): readonly (string | undefined)[] {
  const { node, builder, input, wants } = context;
  const sizes = builder.shape(input(0));
  const reduced = sizes.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  const count = scalarLike(
    builder,
    dy,
    reduced.reduce((cells, axis) => cells * sizes[axis]!, 1),
  );
  const total = (value: string) => reduceSum(builder, value, reduced, true);
  const mean = (value: string) => builder.node('Div', [total(value), count]);

  const centred = builder.node('Sub', [input(0), mean(input(0))]);
  const variance = mean(builder.node('Mul', [centred, centred]));
  const epsilon = scalarLike(builder, dy, floatAttribute(node, 'epsilon', 1e-5));
  const spread = builder.node('Add', [variance, epsilon]);
  const deviation = builder.node('Sqrt', [spread]);
  const along = total(builder.node('Mul', [dy, centred]));
  const vector = (value: string) => reshape(builder, value, [sizes[1]!]);

  const inputGradient = () => {
    const scale = reshape(
      builder,
      input(1),
      sizes.map((size, axis) => (axis === 1 ? size : 1)),
    );
    const slope = builder.node('Div', [scale, deviation]);
    const tilt = builder.node('Div', [builder.node('Div', [along, count]), spread]);
    const level = builder.node('Sub', [dy, mean(dy)]);
    const flat = builder.node('Sub', [level, builder.node('Mul', [centred, tilt])]);
    return builder.node('Mul', [flat, slope]);
  };
  return [
    wants(0) ? inputGradient() : undefined,
    wants(1) ? vector(builder.node('Div', [along, deviation])) : undefined,
    wants(2) ? channelSum(builder, dy) : undefined,
  ];
}

/** With given statistics a channel is only scaled and shifted. */
function gradientByRunning(context: GradientContext, dy: string): readonly (string | undefined)[] {
  const { node, builder, input, wants } = context;
  const sizes = builder.shape(input(0));
  const perChannel = sizes.map((size, axis) => (axis === 1 ? size : 1));
  const epsilon = scalarLike(builder, input(4), floatAttribute(node, 'epsilon', 1e-5));
  const spread = builder.node('Add', [input(4), epsilon]);
  const deviation = builder.node('Sqrt', [spread]);
  const slope = builder.node('Div', [input(1), deviation]);
  const onChannels = (value: string) => reshape(builder, value, perChannel);

  const total = () => channelSum(builder, dy);
  const along = () => {
    const centred = builder.node('Sub', [input(0), onChannels(input(3))]);
    return channelSum(builder, builder.node('Mul', [dy, centred]));
  };
  const meanGradient = () => builder.node('Neg', [builder.node('Mul', [slope, total()])]);
  const varianceGradient = () => {
    const numerator = builder.node('Mul', [along(), slope]);
    return builder.node('Div', [numerator, builder.node('Mul', [spread, scalarLike(builder, input(4), -2)])]);
  };
  return [
    wants(0) ? builder.node('Mul', [dy, onChannels(slope)]) : undefined,
    wants(1) ? builder.node('Div', [along(), deviation]) : undefined,
    wants(2) ? total() : undefined,
    wants(3) ? meanGradient() : undefined,
    wants(4) ? varianceGradient() : undefined,
  ];
}
