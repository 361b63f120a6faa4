import { intsAttribute, stringAttribute } from '../../graph/attributes.js';
import { graphError, shapeError } from '../../graph/errors.js';
import { tensorValues } from '../../graph/tensor.js';
import type { GraphNode, Tensor } from '../../graph/types.js';
import type { Operator } from '../operator.js';
import { normalizeAxis, requiredInput } from '../shapes.js';
import { copyingMap, transposedMap } from './axis-map.js';

/** Adds cells around a value, or cuts them off where the pads are negative. */
export const pad: Operator = {
  opType: 'Pad',

  infer(context) {
    const { node, constant } = context;
    const x = requiredInput(context, 0);
    const pads = padsOf(node, x.shape.length, constant);
    const shape = x.shape.map((size, axis) => {
      const [begin, end] = pads[axis]!;
      if (begin === 0 && end === 0) return size;
      if (typeof size !== 'number') return `${node.outputs[0]}_axis${axis}`;
      const padded = size + begin + end;
      if (padded < 0) throw shapeError(node, `the pads of axis ${axis} cut off more than its ${size} cells`);
      return padded;
    });
    return [{ dtype: x.dtype, shape }];
  },

  gradient({ node, builder, constant, input, outputGradient, shape, wants }) {
    const dy = outputGradient(0);
    if (dy === undefined || !wants(0)) return [];
    const sizes = shape(input(0));
    const pads = padsOf(node, sizes.length, constant);
    const mode = stringAttribute(node, 'mode', 'constant');
    if (mode === 'constant') {
      const back = [...pads.map(([begin]) => 0 - begin), ...pads.map(([, end]) => 0 - end)];
      return [builder.node('Pad', [dy, builder.ints(back)])];
    }
    return [
      pads.reduce((gradient, [begin, end], axis) => {
        if (begin === 0 && end === 0) return gradient;
        const size = sizes[axis]!;
        const map = copyingMap(size, size + begin + end, (i) => paddedSource(node, mode, i - begin, size));
        return transposedMap(builder, gradient, axis, map);
      }, dy),
    ];
  },
};

/** Pads by axis: attribute before operator set 11, input since, on chosen axes since 18. */
export function padsOf(
  node: GraphNode,
  rank: number,
  constant: (i: number) => Tensor | undefined,
): readonly (readonly [begin: number, end: number])[] {
  const attribute = intsAttribute(node, 'pads');
  const given = constant(1);
  const values = attribute ?? (given === undefined ? undefined : tensorValues(given));
  if (values === undefined) {
    throw graphError(node, 'takes its pads (input 1) from a computed value; only constants are supported');
  }
  const chosen = constant(3);
  if (chosen === undefined && (node.inputs[3] ?? '') !== '') {
    throw graphError(node, 'takes its axes (input 3) from a computed value; only constants are supported');
  }
  const axes =
    chosen === undefined
      ? Array.from({ length: rank }, (_, axis) => axis)
      : tensorValues(chosen).map((axis) => normalizeAxis(node, axis, rank));
  if (values.length !== 2 * axes.length) {
    throw shapeError(node, `has ${values.length} pads for ${axes.length} axes, two are needed for each`);
  }
  return Array.from({ length: rank }, (_, axis) => {
    const at = axes.indexOf(axis);
    return at < 0 ? [0, 0] : [values[at]!, values[at + axes.length]!];
  });
}

/** The cell of an axis that a padded cell copies; `i` counts from the first cell and may lie outside. */
export function paddedSource(node: GraphNode, mode: string, i: number, size: number): number {
  switch (mode) {
    case 'edge':
      return Math.min(size - 1, Math.max(0, i));
    case 'wrap':
      return ((i % size) + size) % size;
    case 'reflect': {
      const period = Math.max(1, 2 * (size - 1));
      const within = ((i % period) + period) % period;
      return Math.min(within, period - within);
    }
    default:
      throw graphError(node, `has the mode "${mode}"; constant, edge, reflect and wrap are supported`);
  }
}
