import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../builder/builder.js';
import type { Attributes } from '../../graph/types.js';
import { around, type Case, conformance } from './check.test-support.js';

const forms: readonly Attributes[] = [
  { strides: [2, 2] },
  { strides: [2, 3], pads: [1, 0, 1, 2], output_padding: [1, 2] },
  { strides: [2, 2], dilations: [2, 1], output_padding: [1, 0] },
  { strides: [2, 2], auto_pad: 'SAME_UPPER' },
  { strides: [2, 2], auto_pad: 'SAME_LOWER' },
  { strides: [2, 2], auto_pad: 'VALID' },
  { strides: [2, 2], output_shape: [12, 10] },
  { strides: [2, 2], output_shape: [11, 9], auto_pad: 'SAME_UPPER' },
  { strides: [2, 2], output_shape: [14, 12] },
  { strides: [1, 1], output_shape: [4, 4] },
  { strides: [2, 2], pads: [1, 1, 1, 1], group: 2 },
];

const cases: readonly Case[] = forms.flatMap((attributes) =>
  [true, false].map((bias) => ({
    name: `${JSON.stringify(attributes)}${bias ? ' with bias' : ''}`,
    model: around(
      (n, x) => {
        const weights = n.weight('up/kernel', [4, 'group' in attributes ? 1 : 2, 3, 3], {});
        const biases = bias
          ? [n.trained('up/bias', { dtype: 'float32', dims: [2], data: Float32Array.of(0.1, -0.2) })]
          : [];
        return n.graph.node('Tanh', [n.graph.node('ConvTranspose', [x, weights, ...biases], attributes)]);
      },
      { height: 6, width: 5 },
    ),
  })),
);

conformance('transposed convolutions', cases);

describe('a transposed convolution', () => {
  it('is refused where it cannot reach the size that it is to make, with that size', () => {
    const builder = new GraphBuilder('up', 17);
    const inputs = [builder.input('x', 'float32', [1, 2, 4, 4]), builder.input('w', 'float32', [2, 2, 3, 3])];
    const make = (output_shape: number[]) => builder.node('ConvTranspose', inputs, { strides: [2, 2], output_shape });
    expect(builder.shape(make([10, 9]))).toEqual([1, 2, 10, 9]);
    expect(() => make([11, 9])).toThrow(
      expect.objectContaining({
        code: 'CHROMARAY_GRAPH_SHAPE',
        message: expect.stringContaining('cannot make 11 cells of axis 2 from 4: it reaches 9'),
      }),
    );
  });
});
