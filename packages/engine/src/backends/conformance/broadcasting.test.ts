import type { NetworkBuilder } from '../../layers/network-builder.js';
import { around, type Case, conformance } from './check.test-support.js';

const count = 4;
const units = 5;
const flat = (n: NetworkBuilder, x: string): string => n.flatten(n.maxPool(x));

/** A trained tensor of any rank whose values are not alike. */
function trained(n: NetworkBuilder, dims: readonly number[]): string {
  const size = dims.reduce((a, b) => a * b, 1);
  const data = Float32Array.from({ length: size }, (_, i) => 0.3 + Math.cos(i) / 4);
  return n.trained('c', { dtype: 'float32', dims, data });
}

const summands: readonly (readonly number[])[] = [[], [1], [units], [1, units], [1, 1], [count, 1], [count, units]];

const gemms: readonly Case[] = summands.flatMap((dims) =>
  [{}, { alpha: { float: 0.5 }, beta: { float: 2 } }].map((attributes) => ({
    name: `Gemm with C of [${dims}]${'alpha' in attributes ? ' and factors' : ''}`,
    count,
    model: around(
      (n, x) => {
        const weights = n.weight('m/kernel', [24, units], {});
        return n.relu(n.graph.node('Gemm', [flat(n, x), weights, trained(n, dims)], attributes));
      },
      { height: 6, width: 5 },
    ),
  })),
);

const shapes: readonly (readonly number[])[] = [[], [1], [4, 1, 1], [5], [1, 1, 1, 1], [6, 1]];

const sums: readonly Case[] = ['Add', 'Mul', 'Sub', 'Div'].flatMap((opType) =>
  shapes.map((dims) => ({
    name: `${opType} of a trained [${dims}]`,
    count,
    model: around((n, x) => n.graph.node(opType, [x, trained(n, dims)]), { height: 6, width: 5 }),
  })),
);

/** A scalar that is computed, between operators that a backend may divide among libraries. */
const scalars: readonly Case[] = [
  {
    name: 'a loss-like scalar of everything, added back',
    count,
    model: around(
      (n, x) => {
        const { graph } = n;
        const scale = graph.node('Exp', [trained(n, [])]);
        return n.convolution(graph.node('Mul', [n.relu(x), scale]), { name: 'second', filters: 2, kernel: 3 });
      },
      { height: 6, width: 5 },
    ),
  },
];

conformance('Gemm broadcasts its summand', gemms);
conformance('tensors of any rank are broadcast', sums);
conformance('scalars', scalars);
