import type { Random } from '@chromaray/base';
import type { Tensor } from '../graph/types.js';

/**
 * Distribution of initial weights: by name as Keras defines it; or normal of a standard deviation, or uniform on
 * `±uniform`, as PyTorch's functions draw (not cut off).
 */
export type Initializer =
  | 'he-normal'
  | 'he-uniform'
  | 'glorot-normal'
  | 'glorot-uniform'
  | { readonly normal: number }
  | { readonly uniform: number };

/**
 * Standard deviation of a standard normal cut off at two standard deviations. Keras draws its `normal`
 * initialisers from the cut-off distribution and divides by this, so that the variance is as intended.
 */
const truncatedDeviation = 0.87962566103423978;

/**
 * Random initial weights with Keras's definitions: variance `2 / fanIn` for He, `2 / (fanIn + fanOut)` for
 * Glorot; the uniform forms on `±sqrt(3 * variance)`, the normal ones cut off at two standard deviations.
 *
 * @param dims [out, in, height, width] of a convolution, [in, out] of a dense layer
 */
export function initialWeights(kind: Initializer, dims: readonly number[], random: Random): Tensor {
  if (typeof kind !== 'string') return drawn(kind, dims, random);
  const { fanIn, fanOut } = fans(dims);
  const variance = kind.startsWith('he') ? 2 / fanIn : 2 / (fanIn + fanOut);
  const data = new Float32Array(dims.reduce((a, b) => a * b, 1));
  if (kind.endsWith('uniform')) {
    const limit = Math.sqrt(3 * variance);
    for (let i = 0; i < data.length; i++) data[i] = random.uniform(-limit, limit);
  } else {
    const deviation = Math.sqrt(variance) / truncatedDeviation;
    for (let i = 0; i < data.length; i++) data[i] = deviation * truncatedNormal(random);
  }
  return { dtype: 'float32', dims, data };
}

function drawn(kind: Exclude<Initializer, string>, dims: readonly number[], random: Random): Tensor {
  const length = dims.reduce((a, b) => a * b, 1);
  const draw =
    'normal' in kind ? () => kind.normal * random.normal() : () => random.uniform(-kind.uniform, kind.uniform);
  return { dtype: 'float32', dims, data: Float32Array.from({ length }, draw) };
}

function truncatedNormal(random: Random): number {
  for (;;) {
    const draw = random.normal();
    if (Math.abs(draw) <= 2) return draw;
  }
}

function fans(dims: readonly number[]): { fanIn: number; fanOut: number } {
  if (dims.length === 2) return { fanIn: dims[0]!, fanOut: dims[1]! };
  const [outputs, inputs, ...kernel] = dims as [number, number, ...number[]];
  const field = kernel.reduce((a, b) => a * b, 1);
  return { fanIn: inputs * field, fanOut: outputs * field };
}
