import { intAttribute, intsAttribute } from '../../graph/attributes.js';
import { shapeError } from '../../graph/errors.js';
import type { GraphNode } from '../../graph/types.js';
import type { GradientContext, Operator, ShapeContext } from '../operator.js';
import { channelSum } from './convolution-gradient.js';
import { convolutionWeightGradient } from './weight-gradient.js';
import { type AxisWindow, type Window, windowAttributes, windowOf } from './window.js';

/** Transposed convolution: X `[N, C, ...]`, W `[C, M / group, ...kernel]`, B `[M]`. */
export const convTranspose: Operator = {
  opType: 'ConvTranspose',

  infer({ node, inputs }: ShapeContext) {
    const [x, w] = inputs;
    if (x === undefined || w === undefined) throw shapeError(node, 'needs an input and weights');
    if (x.shape.length < 3 || w.shape.length !== x.shape.length) {
      throw shapeError(node, 'input and weights need the same rank of at least 3');
    }
    if (typeof x.shape[1] === 'number' && x.shape[1] !== w.shape[0]) {
      throw shapeError(node, `the input has ${x.shape[1]} channels, the weights expect ${w.shape[0]}`);
    }
    const group = intAttribute(node, 'group', 1);
    const window = windowOf(node, x.shape.length - 2, w.shape.slice(2) as number[]);
    const spatial = x.shape
      .slice(2)
      .map((size, axis) =>
        typeof size === 'number'
          ? transposedAxis(node, window, axis, size).input
          : `${node.outputs[0]}_axis${axis + 2}`,
      );
    return [{ dtype: x.dtype, shape: [x.shape[0]!, (w.shape[1] as number) * group, ...spatial] }];
  },

  gradient(context: GradientContext) {
    const { node, builder } = context;
    const dy = context.outputGradient(0);
    if (dy === undefined) return [];
    const [x, w] = [context.input(0), context.input(1)];
    const sizes = context.shape(x).slice(2);
    const window = windowOf(node, sizes.length, context.shape(w).slice(2));
    const axes = sizes.map((size, axis) => transposedAxis(node, window, axis, size));
    const group = intAttribute(node, 'group', 1);
    return [
      context.wants(0) ? builder.node('Conv', [dy, w], { ...windowAttributes(axes), group }) : undefined,
      context.wants(1) ? convolutionWeightGradient(builder, dy, x, axes, group) : undefined,
      context.input(2) !== '' && context.wants(2) ? channelSum(builder, dy) : undefined,
    ];
  },
};

/** The window of the convolution this one transposes: its `output` is our input and its `input` our output. */
export function transposedAxis(node: GraphNode, window: Window, axis: number, size: number): AxisWindow {
  const kernel = window.kernel[axis]!;
  const stride = window.strides[axis]!;
  const dilation = window.dilations[axis]!;
  const span = dilation * (kernel - 1) + 1;
  const extra = intsAttribute(node, 'output_padding')?.[axis] ?? 0;
  const wanted = intsAttribute(node, 'output_shape')?.at(axis - window.kernel.length);
  const full = (size - 1) * stride + span + extra;
  let padBegin = window.padsBegin[axis]!;
  let padEnd = window.padsEnd[axis]!;
  const aimed = wanted ?? (window.autoPad.startsWith('SAME') ? Math.min(size * stride, full) : undefined);
  if (aimed !== undefined) {
    // Without enough cells for this size the rest is left empty at the end, as by output_padding.
    if (aimed - full + extra >= Math.max(stride, dilation, extra + 1) || aimed < 1) {
      throw shapeError(node, `cannot make ${aimed} cells of axis ${axis + 2} from ${size}: it reaches ${full}`);
    }
    const total = Math.max(0, full - aimed);
    const half = Math.floor(total / 2);
    padBegin = window.autoPad === 'SAME_UPPER' ? half : total - half;
    padEnd = total - padBegin;
  } else if (window.autoPad === 'VALID') padBegin = padEnd = 0;
  const input = aimed ?? full - padBegin - padEnd;
  const reachEnd = (size - 1) * stride + span - input - padBegin;
  return { input, output: size, kernel, stride, dilation, span, padBegin, padEnd, reachEnd };
}
