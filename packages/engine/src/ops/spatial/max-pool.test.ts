import { describe, expect, it } from 'vitest';
import { interpret } from '../../../test/interpreter/interpret.js';
import { GraphBuilder } from '../../builder/builder.js';
import { differentiate } from '../../differentiate/differentiate.js';
import { tensorOf } from '../../graph/tensor.js';
import type { Attributes } from '../../graph/types.js';

/** Gradient of `sum(MaxPool(x))` for one channel of 4x4. */
function gradient(values: readonly number[], attributes: Attributes): readonly number[] {
  const builder = new GraphBuilder('ties', 17);
  const x = builder.input('x', 'float32', [1, 1, 4, 4]);
  const y = builder.node('MaxPool', [x], attributes);
  const dims = builder.shape(y);
  const ones = new Array<number>(dims.reduce((a, b) => a * b, 1)).fill(1);
  const seed = builder.constant('seed', tensorOf('float32', dims, ones));
  const dx = differentiate(builder, { gradients: new Map([[y, seed]]), wrt: [x] }).get(x)!;
  const feeds = new Map([[x, { dims: [1, 1, 4, 4], data: Float64Array.from(values) }]]);
  return [...interpret(builder.build(), 17, feeds).get(dx)!.data];
}

// biome-ignore format: a picture
const picture = [
  0, 0,  5, 5,
  0, 0,  1, 5,
  2, 1,  3, 0,
  1, 2, -1, 0,
];

describe('gradient of MaxPool among equal maxima', () => {
  it('is shared equally by all that hold the maximum of a window', () => {
    // biome-ignore format: a picture
    expect(gradient(picture, { kernel_shape: [2, 2], strides: [2, 2] })).toEqual([
      1 / 4, 1 / 4, 1 / 3, 1 / 3,
      1 / 4, 1 / 4, 0, 1 / 3,
      1 / 2, 0, 1, 0,
      0, 1 / 2, 0, 0,
    ].map((share) => expect.closeTo(share, 12)));
  });

  it('adds the shares up where windows overlap', () => {
    const shares = gradient(picture, { kernel_shape: [2, 2], strides: [1, 1] });
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(9, 12);
    // Of the windows with corner (0, 0) a quarter, of those at (0, 1), (1, 0) and (1, 1) nothing.
    expect(shares[0]).toBeCloseTo(1 / 4, 12);
    expect(shares[1]).toBeCloseTo(1 / 4, 12);
    // The 5 at row 0, column 2: window (0, 1) alone, window (0, 2) with two others.
    expect(shares[2]).toBeCloseTo(1 + 1 / 3, 12);
  });
});
