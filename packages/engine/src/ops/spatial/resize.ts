import { intAttribute, intsAttribute, stringAttribute } from '../../graph/attributes.js';
import { graphError, shapeError } from '../../graph/errors.js';
import { tensorValues } from '../../graph/tensor.js';
import type { Dim, GraphNode, Tensor } from '../../graph/types.js';
import type { Operator } from '../operator.js';
import { normalizeAxis, requiredInput } from '../shapes.js';
import { transposedMap } from './axis-map.js';
import { axisSizes, resizingMap } from './resize-map.js';

/** Nearest or linear resampling of any axes, by scales or to sizes. */
export const resize: Operator = {
  opType: 'Resize',

  infer(context) {
    const { node, constant } = context;
    const x = requiredInput(context, 0);
    checkSupported(node);
    const { scales, sizes } = targets(node, x.shape.length, constant, context.sizes);
    const shape = x.shape.map((size, axis) => {
      const wanted = sizes?.[axis];
      if (wanted !== undefined) return wanted;
      const scale = scales?.[axis] ?? 1;
      if (scale === 1) return size;
      return typeof size === 'number' ? Math.floor(size * scale) : `${node.outputs[0]}_axis${axis}`;
    });
    return [{ dtype: x.dtype, shape }];
  },

  gradient({ node, builder, constant, input, output, outputGradient, shape, wants }) {
    const dy = outputGradient(0);
    if (dy === undefined || !wants(0)) return [];
    const from = shape(input(0));
    const to = shape(output(0));
    const { scales } = targets(node, from.length, constant);
    return [
      from.reduce((gradient, size, axis) => {
        if (to[axis] === size && (scales?.[axis] ?? 1) === 1) return gradient;
        const map = resizingMap(node, axisSizes(size, to[axis]!, scales?.[axis]));
        return transposedMap(builder, gradient, axis, map);
      }, dy),
    ];
  },
};

function checkSupported(node: GraphNode): void {
  const mode = stringAttribute(node, 'mode', 'nearest');
  if (mode !== 'nearest' && mode !== 'linear') {
    throw graphError(node, `has the mode "${mode}"; nearest and linear are supported`);
  }
  if (intAttribute(node, 'antialias', 0) !== 0) throw graphError(node, 'asks for antialiasing, which is not supported');
  const policy = stringAttribute(node, 'keep_aspect_ratio_policy', 'stretch');
  if (policy !== 'stretch') {
    throw graphError(node, `has the keep_aspect_ratio_policy "${policy}"; only stretch is supported`);
  }
}

/** Scales or sizes by axis, undefined for axes that stay. Operator set 10 has its scales as input 1. */
export function targets(
  node: GraphNode,
  rank: number,
  constant: (i: number) => Tensor | undefined,
  named: (i: number) => readonly Dim[] | undefined = () => undefined,
): { scales?: readonly (number | undefined)[]; sizes?: readonly (Dim | undefined)[] } {
  const axes = (intsAttribute(node, 'axes') ?? Array.from({ length: rank }, (_, axis) => axis)).map((axis) =>
    normalizeAxis(node, axis, rank),
  );
  const read = (i: number, meaning: string) => {
    if ((node.inputs[i] ?? '') === '') return undefined;
    const tensor = constant(i);
    const values = tensor === undefined ? named(i) : tensorValues(tensor);
    if (values === undefined) {
      throw graphError(node, `takes its ${meaning} (input ${i}) from a computed value; only constants are supported`);
    }
    // Exporters that resize to sizes leave an empty list of scales behind.
    if (values.length === 0) return undefined;
    if (values.length !== axes.length) {
      throw shapeError(node, `has ${values.length} ${meaning} for ${axes.length} axes`);
    }
    return Array.from({ length: rank }, (_, axis) => values[axes.indexOf(axis)]);
  };
  const scales = (node.inputs.length === 2 ? read(1, 'scales') : read(2, 'scales')) as readonly number[] | undefined;
  if (scales !== undefined) return { scales };
  const sizes = read(3, 'sizes');
  if (sizes !== undefined) return { sizes };
  throw graphError(node, 'has neither scales nor sizes');
}
