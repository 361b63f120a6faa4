import { NetworkBuilder } from '../../layers/network-builder.js';
import { addSelfAttention } from '../../layers/self-attention.js';
import type { TrainableModel } from '../../training/types.js';

/** Sizes of DeOldify's critic. */
export interface DeoldifyCriticOptions {
  /** Pixels, at least 64. */
  readonly height: number;
  readonly width: number;
  /** Seed of the initial weights. */
  readonly seed: number | string;
  /** Share of the published 256 channels. Default: 1. */
  readonly factor?: number;
}

const published = { channels: 256, blocks: 3, dropout: 0.15, slope: 0.2 } as const;

/**
 * DeOldify's critic (`custom_gan_critic`): a 4x4 convolution of stride 2; three blocks of a 3x3 convolution, dropout of
 * channels and a 4x4 convolution of stride 2 to twice the channels, self-attention in the first; a 3x3 and a last 4x4
 * convolution to a map of logits. Spectral norms everywhere, leaky ReLU 0.2.
 *
 * Takes `picture` (float32, [batch, 3, height, width], in ImageNet's units) and gives `logits`, one for each patch.
 *
 * @throws ChromarayError `CHROMARAY_GRAPH_SHAPE` for pictures below 64 pixels
 */
export function buildDeoldifyCritic({ height, width, seed, factor = 1 }: DeoldifyCriticOptions): TrainableModel {
  const network = new NetworkBuilder('deoldify-critic', seed);
  const { blocks, dropout, slope } = published;
  const layer = (x: string, name: string, filters: number, kernel: number, stride: number) => {
    const padding = Math.floor((kernel - 1) / 2);
    const options = { name, filters, kernel, stride, padding, spectralNorm: true, initializer: 'he-normal' } as const;
    return network.leakyRelu(network.convolution(x, options), slope);
  };
  let filters = Math.round(published.channels * factor);
  const picture = network.graph.input('picture', 'float32', ['batch', 3, height, width]);
  let value = network.dropoutChannels(layer(picture, 'first', filters, 4, 2), dropout / 2);
  for (let i = 1; i <= blocks; i++) {
    const same = network.dropoutChannels(layer(value, `block-${i}/same`, filters, 3, 1), dropout);
    filters *= 2;
    value = layer(same, `block-${i}/half`, filters, 4, 2);
    if (i === 1) value = addSelfAttention(network, value, 'attention');
  }
  const deep = layer(value, 'deep', filters, 3, 1);
  const last = {
    name: 'last',
    filters: 1,
    kernel: 4,
    bias: false,
    spectralNorm: true,
    initializer: 'he-normal',
  } as const;
  return network.finishAs(network.convolution(deep, last), 'logits');
}
