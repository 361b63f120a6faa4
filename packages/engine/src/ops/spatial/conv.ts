import { intAttribute } from '../../graph/attributes.js';
import { shapeError } from '../../graph/errors.js';
import type { GraphNode, Shape } from '../../graph/types.js';
import type { GradientContext, Operator, ShapeContext } from '../operator.js';
import { channelSum, convolutionInputGradient } from './convolution-gradient.js';
import { convolutionWeightGradient } from './weight-gradient.js';
import { axisWindows, windowOf, windowOutput } from './window.js';

/** Convolution over one or more spatial axes: X `[N, C, ...]`, W `[M, C / group, ...kernel]`, B `[M]`. */
export const conv: Operator = {
  opType: 'Conv',

  infer({ node, inputs }: ShapeContext) {
    const [x, w, b] = inputs;
    if (x === undefined || w === undefined) throw shapeError(node, 'needs an input and weights');
    const group = intAttribute(node, 'group', 1);
    checkChannels(node, x.shape, w.shape, group);
    const outputs = w.shape[0]!;
    if (b !== undefined && b.shape[0] !== outputs) {
      throw shapeError(node, `the bias has ${b.shape[0]} entries for ${outputs} output channels`);
    }
    const window = windowOf(node, x.shape.length - 2, numericKernel(node, w.shape));
    return [{ dtype: x.dtype, shape: [x.shape[0]!, outputs, ...windowOutput(node, window, x.shape)] }];
  },

  gradient(context: GradientContext) {
    const { node, builder } = context;
    const dy = context.outputGradient(0);
    if (dy === undefined) return [];
    const [x, w] = [context.input(0), context.input(1)];
    const window = windowOf(node, context.shape(x).length - 2, context.shape(w).slice(2));
    const axes = axisWindows(window, context.shape(x));
    const group = intAttribute(node, 'group', 1);
    return [
      context.wants(0) ? convolutionInputGradient(builder, dy, w, axes, group) : undefined,
      context.wants(1) ? convolutionWeightGradient(builder, x, dy, axes, group) : undefined,
      context.input(2) !== '' && context.wants(2) ? channelSum(builder, dy) : undefined,
    ];
  },
};

function numericKernel(node: GraphNode, weights: Shape): readonly number[] {
  const kernel = weights.slice(2);
  if (kernel.some((size) => typeof size !== 'number')) throw shapeError(node, 'the size of the kernel is not known');
  return kernel as number[];
}

function checkChannels(node: GraphNode, input: Shape, weights: Shape, group: number): void {
  if (input.length < 3 || weights.length !== input.length) {
    throw shapeError(
      node,
      `input and weights need the same rank of at least 3, found [${input.join()}] and [${weights.join()}]`,
    );
  }
  const [channels, outputs, perGroup] = [input[1], weights[0], weights[1]];
  if (typeof channels === 'number' && typeof perGroup === 'number' && channels !== perGroup * group) {
    throw shapeError(
      node,
      `the input has ${channels} channels, the weights expect ${perGroup} x ${group} (channels a group x groups)`,
    );
  }
  if (typeof outputs === 'number' && outputs % group !== 0) {
    throw shapeError(node, `${outputs} output channels do not divide into ${group} groups`);
  }
}
