import { initialWeights } from '../../layers/initializers.js';
import type { ConvolutionOptions, NetworkBuilder } from '../../layers/network-builder.js';

/** PyTorch's, where Keras has 1e-3. */
export const torchEpsilon = 1e-5;

/** A batch normalisation as PyTorch has it. */
export function norm(network: NetworkBuilder, input: string, name: string): string {
  return network.batchNorm(input, `${name}/norm`, torchEpsilon);
}

type Unit = Pick<ConvolutionOptions, 'name' | 'filters' | 'kernel'>;

/** fastai's order: convolution with a spectral norm and no bias, ReLU, then batch normalisation. */
export function convolutionUnit(network: NetworkBuilder, input: string, unit: Unit): string {
  const options = { ...unit, padding: 'same', bias: false, spectralNorm: true, initializer: 'he-normal' } as const;
  return norm(network, network.relu(network.convolution(input, options)), unit.name);
}

/**
 * Twice the size: a 1x1 convolution to four times the channels, which a pixel shuffle spreads over the places, and a blur
 * against the checkerboard (Sugawara 2018): edge padding above and to the left, then a mean over 2x2.
 *
 * @param isNormed - spectral norm and batch normalisation, as within the decoder; else a bias, as at its end
 */
export function upsample(
  network: NetworkBuilder,
  input: string,
  { name, filters, isNormed }: { readonly name: string; readonly filters: number; readonly isNormed: boolean },
): string {
  const options = { name, filters: filters * 4, kernel: 1, bias: !isNormed, spectralNorm: isNormed } as const;
  const spread = network.convolution(input, { ...options, weights: (dims, random) => icnr(dims, random) });
  const shuffled = network.pixelShuffle(network.relu(isNormed ? norm(network, spread, name) : spread));
  return network.averagePool(network.padEdge(shuffled, [1, 0, 1, 0]), 2, 1);
}

/** ICNR (Aitken 2017): the four channels that become a square begin alike, so that a new layer repeats pixels. */
function icnr(dims: readonly number[], random: Parameters<typeof initialWeights>[2]) {
  const [outputs, ...rest] = dims as [number, ...number[]];
  const each = rest.reduce((a, b) => a * b, 1);
  const { data } = initialWeights('he-normal', [outputs / 4, ...rest], random);
  const repeated = Float32Array.from({ length: outputs * each }, (_, i) =>
    Number(data[Math.floor(i / (4 * each)) * each + (i % each)]),
  );
  return { dtype: 'float32', dims, data: repeated } as const;
}
