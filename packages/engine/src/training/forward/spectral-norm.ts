import type { GraphWriter } from '../../graph/graph-writer.js';
import type { Attributes } from '../../graph/types.js';
import type { SpectralNorm, TrainableModel } from '../types.js';

/** PyTorch's `F.normalize` divides by at least this. */
const epsilon = 1e-12;

/** The spectral norms whose vectors a training renews: those of trained weights. */
export function movingSpectralNorms({ spectralNorms = [], trainable }: TrainableModel): readonly SpectralNorm[] {
  const trained = new Set(trainable);
  return spectralNorms.filter(({ weight }) => trained.has(weight));
}

/** Adds one power iteration; returns the names of the renewed vectors. */
export function addPowerIteration(
  builder: GraphWriter,
  { weight, matrix, left }: SpectralNorm,
): { readonly left: string; readonly right: string } {
  const add = adderFor(builder, `power/${weight}`);
  const row = normalized(builder, add('row', 'MatMul', [left, matrix]), adderFor(builder, `power/${weight}/right`));
  const renewedRight = add('right', 'Reshape', [row, builder.ints([-1, 1])]);
  const product = add('product', 'Reshape', [add('column', 'MatMul', [matrix, renewedRight]), builder.ints([1, -1])]);
  const renewedLeft = normalized(builder, product, adderFor(builder, `power/${weight}/left`));
  return { left: renewedLeft, right: renewedRight };
}

type Adder = (name: string, opType: string, inputs: readonly string[], attributes?: Attributes) => string;

/** Names of its own for these nodes, since those of the network come behind them. */
function adderFor(builder: GraphWriter, prefix: string): Adder {
  return (name, opType, inputs, attributes = {}) =>
    builder.node(opType, inputs, attributes, { name: `${prefix}/${name}`, outputs: [`${prefix}/${name}`] });
}

function normalized(builder: GraphWriter, row: string, add: Adder): string {
  const square = add('sum', 'ReduceSum', [add('square', 'Mul', [row, row]), builder.ints([1])], { keepdims: 1 });
  const norm = add('norm', 'Max', [add('root', 'Sqrt', [square]), builder.floats(epsilon)]);
  return add('normalized', 'Div', [row, norm]);
}
