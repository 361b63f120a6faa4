import type { Attributes } from '../../graph/types.js';
import { around, type Case, conformance } from './check.test-support.js';
import { type Combination, everyPair } from './covering.test-support.js';

const axes = {
  shape: [
    { height: 9, width: 9 },
    { height: 7, width: 10 },
  ],
  kernel: [
    [2, 2],
    [3, 3],
    [2, 3],
  ],
  strides: [
    [2, 2],
    [1, 1],
    [3, 2],
  ],
  pads: [
    [0, 0, 0, 0],
    [1, 1, 1, 1],
    [1, 0, 0, 1],
  ],
  ceil: [0, 1],
} as const;

const axesOfMax = {
  ...axes,
  dilations: [
    [1, 1],
    [2, 2],
  ],
} as const;

const axesOfAverage = { ...axes, padding: ['left out', 'counted'] } as const;

type Windows = Omit<Combination<typeof axesOfMax>, 'dilations'> & { readonly dilations?: readonly [number, number] };

/**
 * Whether no window would start in the padding at the end, which `ceil_mode` can ask for: ONNX Runtime's shape
 * inference counts such a window, while its kernels, the engine and PyTorch leave it out.
 */
function unambiguous({ shape, kernel, strides, pads, ceil, dilations = [1, 1] }: Windows): boolean {
  return [shape.height, shape.width].every((size, axis) => {
    const span = dilations[axis]! * (kernel[axis]! - 1) + 1;
    const begin = pads[axis]!;
    const windows = Math.ceil((size + begin + pads[axis + 2]! - span) / strides[axis]!) + 1;
    return ceil === 0 || (windows - 1) * strides[axis]! < size + begin;
  });
}

function pool(operator: string, attributes: Attributes, shape: { height: number; width: number }): Case['model'] {
  return around((n, x) => n.graph.node(operator, [x], attributes), shape);
}

const maximum: readonly Case[] = everyPair(axesOfMax)
  .filter(unambiguous)
  .map(({ shape, kernel, strides, pads, ceil, dilations }, i) => ({
    name: `MaxPool ${kernel.join('x')} of ${shape.height}x${shape.width}, strides ${strides}, pads ${pads}, dilations ${dilations}, ceil_mode ${ceil}`,
    essential: i < 2,
    leniencyInBfloat16: 4,
    model: pool('MaxPool', { kernel_shape: kernel, strides, pads, dilations, ceil_mode: ceil }, shape),
  }));

const average: readonly Case[] = everyPair(axesOfAverage)
  .filter(unambiguous)
  .map(({ shape, kernel, strides, pads, ceil, padding }, i) => ({
    name: `AveragePool ${kernel.join('x')} of ${shape.height}x${shape.width}, strides ${strides}, pads ${pads}, padding ${padding}, ceil_mode ${ceil}`,
    essential: i < 1,
    model: pool(
      'AveragePool',
      { kernel_shape: kernel, strides, pads, count_include_pad: padding === 'counted' ? 1 : 0, ceil_mode: ceil },
      shape,
    ),
  }));

const others: readonly Case[] = [
  { name: 'pooling before Relu', leniencyInBfloat16: 4, model: around((n, x) => n.relu(n.maxPool(x))) },
  {
    name: 'MaxPool that pads as SAME_UPPER',
    leniencyInBfloat16: 4,
    model: pool('MaxPool', { kernel_shape: [3, 3], strides: [2, 2], auto_pad: 'SAME_UPPER' }, axes.shape[0]),
  },
  { name: 'GlobalAveragePool', model: around((n, x) => n.graph.node('GlobalAveragePool', [x])) },
  { name: 'GlobalMaxPool', leniencyInBfloat16: 4, model: around((n, x) => n.graph.node('GlobalMaxPool', [x])) },
];

conformance('pooling', [...maximum, ...average, ...others]);
