import { addInput } from '../../layers/input-transform.js';
import { NetworkBuilder } from '../../layers/network-builder.js';
import { addSelfAttention } from '../../layers/self-attention.js';
import type { TrainableModel } from '../../training/types.js';
import { convolutionUnit, norm, upsample } from './blocks.js';
import { addResnet34 } from './resnet34.js';

/** Sizes of DeOldify's artistic generator. */
export interface DeoldifyGeneratorOptions {
  /** Pixels; DeOldify's render factors are multiples of 16. */
  readonly height: number;
  readonly width: number;
  /** Seed of the initial weights. */
  readonly seed: number | string;
  /** Channels of the decoder, DeOldify's `nf_factor`. Default: 1.5, the published model's 63.6 million weights. */
  readonly factor?: number;
  /** Channels of the encoder's first stage. Default: 64, ResNet-34. */
  readonly encoderChannels?: number;
}

/** Mean and standard deviation of ImageNet's channels, which the network's numbers are in. */
export const imagenet = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] } as const;

/** What the network gives lies between, in those units: fastai's `y_range`. */
const range = 3;

/**
 * The generator of DeOldify's artistic model (Antic 2019; fastai's dynamic U-Net, "deep"): ResNet-34 without its pooling
 * and classes; batch normalisation, ReLU, two convolutions; four blocks that double the size and take the encoder's values
 * in, self-attention after the second; a last doubling, the input itself, a residual block; a sigmoid from -3 to 3.
 *
 * Takes gray `pixels` (uint8, [batch, 1, height, width]), which become `input`, three equal channels in ImageNet's units. The
 * loss is taken on `normalised`, RGB in the same units; the model gives `picture`, RGB from 0 to 1. From `input` to `normalised` it
 * is the network that DeOldify publishes.
 *
 * @throws ChromarayError `CHROMARAY_GRAPH_SHAPE` for pictures or factors too small for its layers
 */
export function buildDeoldifyGenerator(options: DeoldifyGeneratorOptions): TrainableModel {
  const { seed, factor = 1.5, encoderChannels = 64 } = options;
  const network = new NetworkBuilder('deoldify', seed);
  const { graph } = network;
  const constant = (values: readonly number[]) => graph.floats(values, [1, values.length, 1, 1]);
  const gray = addInput(network, { kind: 'repeat' }, options);
  const scaled = graph.node('Sub', [gray, constant(imagenet.mean)]);
  const input = graph.node('Div', [scaled, constant(imagenet.deviation)], {}, { outputs: ['input'] });
  const encoder = addResnet34(network, input, encoderChannels);

  const deepest = channelsOf(network, encoder.last);
  const rectified = network.relu(norm(network, encoder.last, 'middle'));
  const wide = convolutionUnit(network, rectified, { name: 'middle/1', filters: 2 * deepest, kernel: 3 });
  let value = convolutionUnit(network, wide, { name: 'middle/2', filters: deepest, kernel: 3 });
  for (const [i, skip] of encoder.skips.toReversed().entries()) {
    const isLast = i === encoder.skips.length - 1;
    value = addBlock(network, value, skip, { name: `up-${i + 1}`, factor, isLast });
    if (i === 1) value = addSelfAttention(network, value, 'attention');
  }

  const full = upsample(network, value, { name: 'full', filters: channelsOf(network, value), isNormed: false });
  const joined = network.concat(fitted(network, full, input), input);
  const residual = { filters: channelsOf(network, joined), kernel: 3, padding: 'same', spectralNorm: true } as const;
  const first = network.relu(network.convolution(joined, { ...residual, name: 'residual/1' }));
  const second = network.relu(network.convolution(first, { ...residual, name: 'residual/2' }));
  const last = network.convolution(network.add(second, joined), {
    name: 'last',
    filters: 3,
    kernel: 1,
    spectralNorm: true,
  });
  const spread = graph.node('Mul', [graph.node('Sigmoid', [last]), graph.floats(2 * range)]);
  const normalised = graph.node('Sub', [spread, graph.floats(range)], {}, { outputs: ['normalised'] });

  const lit = graph.node('Mul', [normalised, constant(imagenet.deviation)]);
  const picture = graph.node('Add', [lit, constant(imagenet.mean)]);
  const clipped = graph.node('Clip', [picture, graph.floats(0), graph.floats(1)]);
  return { ...network.finishAs(clipped, 'picture'), logits: normalised };
}

/** Doubles the size, takes in what the encoder had there, and convolves twice. */
function addBlock(
  network: NetworkBuilder,
  input: string,
  skip: string,
  { name, factor, isLast }: { readonly name: string; readonly factor: number; readonly isLast: boolean },
): string {
  const half = Math.floor(channelsOf(network, input) / 2);
  const up = fitted(network, upsample(network, input, { name, filters: half, isNormed: true }), skip);
  const joined = network.relu(network.concat(up, norm(network, skip, `${name}/skip`)));
  const channels = half + channelsOf(network, skip);
  const filters = Math.floor((isLast ? Math.floor(channels / 2) : channels) * factor);
  const first = convolutionUnit(network, joined, { name: `${name}/1`, filters, kernel: 3 });
  return convolutionUnit(network, first, { name: `${name}/2`, filters, kernel: 3 });
}

/**
 * Where a side was odd before it was halved, the doubled value is one longer. PyTorch's `interpolate` to the nearest then
 * takes pixel floor(i (n + 1) / n) = i: all but the last.
 */
function fitted({ graph }: NetworkBuilder, value: string, like: string): string {
  const [sizes, wanted] = [value, like].map((name) => graph.type(name).shape.slice(2) as readonly number[]);
  if (sizes!.join() === wanted!.join()) return value;
  return graph.node('Slice', [value, graph.ints([0, 0]), graph.ints(wanted!), graph.ints([2, 3])]);
}

function channelsOf({ graph }: NetworkBuilder, value: string): number {
  return graph.type(value).shape[1] as number;
}
