import { ChromarayError } from '@chromaray/base';
import type { NetworkBuilder } from './network-builder.js';

/**
 * The numbers a network expects in place of 0..1, a property of how it was pretrained.
 *
 * - `imagenet`: RGB less the mean of ImageNet over its standard deviation (torchvision, timm, most PyTorch models).
 * - `caffe`: BGR, 0..255 less the mean of ImageNet (Keras's VGG16, VGG19, ResNet50 with `preprocess_input`).
 * - `range`: 0..1 stretched linearly: `[-1, 1]` for Keras's MobileNet, Inception and Xception, `[0, 255]` for
 *   EfficientNet, `[-1024, 1024]` for TorchXRayVision.
 * - `mean` and `sd`: `(x - mean) / sd`, of x in 0..1, one number or one a channel.
 */
export type InputScale =
  | 'imagenet'
  | 'caffe'
  | { readonly range: readonly [low: number, high: number] }
  | { readonly mean: number | readonly number[]; readonly sd: number | readonly number[] };

/** As torchvision publishes them, of pixels in 0..1. */
const imagenet = { mean: [0.485, 0.456, 0.406], sd: [0.229, 0.224, 0.225] };
/** As Keras's `preprocess_input` in mode "caffe" has them: blue, green, red, of pixels in 0..255. */
const caffeMean = [103.939, 116.779, 123.68];

/**
 * Adds the scaling of a picture in 0..1, [batch, channels, height, width], to what a network expects.
 *
 * @throws ChromarayError `CHROMARAY_TRANSFER_INPUT` for numbers that cannot be, or do not fit the channels
 */
export function addInputScale(network: NetworkBuilder, picture: string, scale: InputScale): string {
  const { graph } = network;
  const channels = graph.type(picture).shape[1] as number;
  const { factor, shift } = affine(scale, channels);
  const ordered = scale === 'caffe' ? graph.node('Gather', [picture, graph.ints([2, 1, 0])], { axis: 1 }) : picture;
  const scaled = apply(network, 'Mul', ordered, factor, 1);
  return apply(network, 'Add', scaled, shift, 0);
}

function apply(network: NetworkBuilder, operator: string, value: string, numbers: readonly number[], neutral: number) {
  const { graph } = network;
  if (numbers.every((number) => number === neutral)) return value;
  const same = numbers.every((number) => number === numbers[0]);
  const operand = same ? graph.floats(numbers[0]!) : graph.floats(numbers, [1, numbers.length, 1, 1]);
  return graph.node(operator, [value, operand]);
}

function affine(scale: InputScale, channels: number): { factor: readonly number[]; shift: readonly number[] } {
  const each = (of: number | readonly number[], what: string): readonly number[] => {
    const list = typeof of === 'number' ? new Array<number>(channels).fill(of) : of;
    if (list.length !== channels) throw misfit(what, list.length, channels);
    return list;
  };
  if (scale === 'caffe') {
    const shift = each(caffeMean, 'the scaling "caffe"').map((mean) => -mean);
    return { factor: new Array<number>(channels).fill(255), shift };
  }
  if (typeof scale === 'object' && 'range' in scale) {
    const [low, high] = scale.range;
    if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) throw badRange(low, high);
    return { factor: each(high - low, 'range'), shift: each(low, 'range') };
  }
  const { mean, sd } = scale === 'imagenet' ? imagenet : scale;
  const name = scale === 'imagenet' ? 'the scaling "imagenet"' : undefined;
  const deviations = each(sd, name ?? 'sd');
  if (!deviations.every((deviation) => deviation > 0)) throw badDeviation(deviations);
  return {
    factor: deviations.map((deviation) => 1 / deviation),
    shift: each(mean, name ?? 'mean').map((value, i) => -value / deviations[i]!),
  };
}

function misfit(what: string, found: number, channels: number): ChromarayError {
  return inputError(
    `${what} has ${found} numbers; the network's input has ${channels} ${channels === 1 ? 'channel' : 'channels'}`,
    'Give one number, or one for each channel.',
  );
}

function badRange(low: number, high: number): ChromarayError {
  return inputError(`the range [${low}, ${high}] does not run from a lower to a higher number`, 'Write [low, high].');
}

function badDeviation(sd: readonly number[]): ChromarayError {
  return inputError(`the standard deviation is ${sd.join(', ')}`, 'Give numbers above 0.');
}

function inputError(what: string, remedy: string): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_TRANSFER_INPUT',
    message: `The scaling of the network's input cannot be built: ${what}.`,
    remedy,
  });
}
