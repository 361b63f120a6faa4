import { floatAttribute, intAttribute } from '../../graph/attributes.js';
import { shapeError } from '../../graph/errors.js';
import { reduceSum, reshape, upstream } from '../emit.js';
import { normalise } from '../normalisation.js';
import type { GradientContext, Operator } from '../operator.js';
import { requiredInput } from '../shapes.js';

/**
 * Normalises groups of channels of every example over their places, X `[N, C, ...]`, then scales and shifts: by channel
 * since operator set 21, by group before.
 */
export const groupNormalization: Operator = {
  opType: 'GroupNormalization',
  infer(context) {
    const { node, opset } = context;
    const x = requiredInput(context, 0);
    const groups = intAttribute(node, 'num_groups', 1);
    const channels = x.shape[1];
    if (x.shape.length < 3) throw shapeError(node, 'needs an input [N, C, ...]');
    if (typeof channels === 'number' && channels % groups !== 0) {
      throw shapeError(node, `cannot make ${groups} groups of ${channels} channels`);
    }
    const expected = opset < 21 ? groups : channels;
    for (const i of [1, 2]) {
      const size = requiredInput(context, i).shape[0];
      if (typeof expected === 'number' && size !== expected) {
        throw shapeError(node, `has ${size} entries of input ${i} where ${expected} are needed`);
      }
    }
    return [x];
  },
  gradient(context) {
    const { builder, node, wants } = context;
    const sizes = context.shape(context.input(0));
    const groups = intAttribute(node, 'num_groups', 1);
    // [N, G, C / G, places]
    const grouped = [sizes[0]!, groups, sizes[1]! / groups, sizes.slice(2).reduce((a, b) => a * b, 1)];
    const x = reshape(builder, context.input(0), grouped);
    const dy = reshape(builder, upstream(context), grouped);
    const { value, gradient } = normalise(builder, x, [2, 3], floatAttribute(node, 'epsilon', 1e-5));
    const vector = (of: string, i: number) => vectorGradient(context, of, i);
    const scaled = () => {
      const scale = context.input(1);
      const perGroup = context.shape(scale)[0] === groups;
      return builder.node('Mul', [dy, reshape(builder, scale, [groups, perGroup ? 1 : grouped[2]!, 1])]);
    };
    return [
      wants(0) ? reshape(builder, gradient(scaled()), sizes) : undefined,
      wants(1) ? vector(builder.node('Mul', [dy, value]), 1) : undefined,
      wants(2) ? vector(dy, 2) : undefined,
    ];
  },
};

/** What arrives for each entry of a scale or shift, which are by group or by channel. */
function vectorGradient({ builder, shape, input, node }: GradientContext, of: string, i: number): string {
  const [length] = shape(input(i)) as [number];
  const perGroup = length === intAttribute(node, 'num_groups', 1);
  return reshape(builder, reduceSum(builder, of, perGroup ? [0, 2, 3] : [0, 3], false), [length]);
}
