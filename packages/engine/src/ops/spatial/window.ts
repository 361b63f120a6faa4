import { intAttribute, intsAttribute, stringAttribute } from '../../graph/attributes.js';
import { shapeError } from '../../graph/errors.js';
import type { Dim, GraphNode, Shape } from '../../graph/types.js';

/**
 * How a kernel slides over the spatial axes of a value, one entry an axis. Convolutions and pools differ
 * in what they do inside the window and agree in where it is.
 */
export interface Window {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** `SAME_UPPER`, `SAME_LOWER`, `VALID`, or `NOTSET` when the pads are given. */
  readonly autoPad: string;
  readonly padsBegin: readonly number[];
  readonly padsEnd: readonly number[];
  readonly ceilMode: boolean;
}

/** The window of a node; `kernel` is the weights' when the attribute `kernel_shape` is left out. */
export function windowOf(node: GraphNode, spatialRank: number, kernelOfWeights?: readonly number[]): Window {
  const ones = new Array<number>(spatialRank).fill(1);
  const kernel = intsAttribute(node, 'kernel_shape') ?? kernelOfWeights;
  if (kernel === undefined) throw shapeError(node, 'kernel_shape is missing');
  const strides = intsAttribute(node, 'strides') ?? ones;
  const dilations = intsAttribute(node, 'dilations') ?? ones;
  const pads = intsAttribute(node, 'pads') ?? new Array<number>(2 * spatialRank).fill(0);
  const lengths: readonly (readonly [string, readonly number[], number])[] = [
    ['kernel_shape', kernel, spatialRank],
    ['strides', strides, spatialRank],
    ['dilations', dilations, spatialRank],
    ['pads', pads, 2 * spatialRank],
  ];
  for (const [name, values, length] of lengths) {
    if (values.length === length) continue;
    throw shapeError(node, `${name} has ${values.length} entries; ${spatialRank} spatial axes need ${length}`);
  }
  return {
    kernel,
    strides,
    dilations,
    autoPad: stringAttribute(node, 'auto_pad', 'NOTSET'),
    padsBegin: pads.slice(0, spatialRank),
    padsEnd: pads.slice(spatialRank),
    ceilMode: intAttribute(node, 'ceil_mode', 0) === 1,
  };
}

/** Where a window is on an axis of known size, with all paddings worked out. */
export interface AxisWindow {
  readonly input: number;
  readonly output: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Cells the dilated kernel spans, `dilation * (kernel - 1) + 1`. */
  readonly span: number;
  readonly padBegin: number;
  /** Padding the node declares at the end. */
  readonly padEnd: number;
  /** Padding at the end as far as the last window reaches: more than declared where `ceil_mode` adds a
   * window, less (even negative) where the stride leaves a remainder unread. */
  readonly reachEnd: number;
}

export function axisWindow(window: Window, axis: number, input: number): AxisWindow {
  const kernel = window.kernel[axis]!;
  const stride = window.strides[axis]!;
  const dilation = window.dilations[axis]!;
  const span = dilation * (kernel - 1) + 1;
  let padBegin = window.padsBegin[axis]!;
  let padEnd = window.padsEnd[axis]!;
  let output: number;
  if (window.autoPad.startsWith('SAME')) {
    output = Math.ceil(input / stride);
    const total = Math.max(0, (output - 1) * stride + span - input);
    const half = Math.floor(total / 2);
    padBegin = window.autoPad === 'SAME_UPPER' ? half : total - half;
    padEnd = total - padBegin;
  } else {
    if (window.autoPad === 'VALID') padBegin = padEnd = 0;
    const steps = (input + padBegin + padEnd - span) / stride;
    output = (window.ceilMode ? Math.ceil(steps) : Math.floor(steps)) + 1;
    // A window that would start in the padding at the end is dropped, as in ONNX since opset 19 and PyTorch.
    if (window.ceilMode && (output - 1) * stride >= input + padBegin) output -= 1;
  }
  const reachEnd = (output - 1) * stride + span - input - padBegin;
  return { input, output, kernel, stride, dilation, span, padBegin, padEnd, reachEnd };
}

/** All spatial axes of a value `[N, C, ...]` of known shape. */
export function axisWindows(window: Window, shape: readonly number[]): readonly AxisWindow[] {
  return shape.slice(2).map((size, axis) => axisWindow(window, axis, size));
}

/** Spatial output sizes; an input size not known yet gives one not known yet. */
export function windowOutput(node: GraphNode, window: Window, shape: Shape): readonly Dim[] {
  return shape.slice(2).map((size, axis) => {
    if (typeof size !== 'number') return `${node.outputs[0]}_axis${axis + 2}`;
    const { output, span } = axisWindow(window, axis, size);
    if (output < 1) {
      throw shapeError(node, `the window spans ${span} cells of axis ${axis + 2}, which has only ${size}`);
    }
    return output;
  });
}

/** The attributes of a node that slides the same window, with explicit pads. */
export function windowAttributes(axes: readonly AxisWindow[]): {
  kernel_shape: number[];
  strides: number[];
  dilations: number[];
  pads: number[];
} {
  return {
    kernel_shape: axes.map((axis) => axis.kernel),
    strides: axes.map((axis) => axis.stride),
    dilations: axes.map((axis) => axis.dilation),
    pads: [...axes.map((axis) => axis.padBegin), ...axes.map((axis) => axis.padEnd)],
  };
}

export function product(values: readonly number[]): number {
  return values.reduce((a, b) => a * b, 1);
}
