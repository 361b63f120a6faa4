import { addHead } from '../layers/head.js';
import { addInputScale } from '../layers/input-scale.js';
import { addInput } from '../layers/input-transform.js';
import { NetworkBuilder } from '../layers/network-builder.js';
import type { TrainableModel } from '../training/types.js';
import type { Preset, PresetOptions } from './preset.js';

/**
 * MobileNetV1 (Howard et al. 2017, table 1) at a width multiplier of 0.25, as `keras.applications.MobileNet` has it:
 * 218,544 numbers up to the 256 features, 5,472 of them running statistics. From random weights, or from those of a
 * file. It has no layer that knows the image's size, so that any size goes with the same weights.
 */
export const mobilenet: Preset = {
  name: 'mobilenet-v1-0.25',
  description: 'MobileNetV1 at a quarter of its width; takes pretrained weights by `weights`',
  size: 128,
  transform: { kind: 'repeat' },
  pretrained: { weights: 'optional' },
  build: buildMobilenet,
};

const width = 0.25;

/** Channels (at full width) and stride of each depthwise separable block. */
const blocks: readonly (readonly [channels: number, stride: number])[] = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  ...Array.from({ length: 5 }, () => [512, 1] as const),
  [1024, 2],
  [1024, 1],
];

function buildMobilenet(options: PresetOptions): TrainableModel {
  const network = new NetworkBuilder('mobilenet-v1-0.25', options.seed);
  const layer = (input: string, name: string, filters: number, kernel: number, stride: number, depthwise = false) => {
    const convolved = network.convolution(input, {
      ...{ name, filters, kernel, stride, depthwise },
      padding: 'same-upper',
      bias: false,
    });
    return network.relu6(network.batchNorm(convolved, `${name}/norm`));
  };
  const picture = addInput(network, options.transform, options, 3);
  let value = addInputScale(network, picture, options.input ?? { range: [-1, 1] });
  value = layer(value, 'stem', 32 * width, 3, 2);
  blocks.forEach(([channels, stride], i) => {
    value = layer(value, `block-${i + 1}/depthwise`, 0, 3, stride, true);
    value = layer(value, `block-${i + 1}/pointwise`, channels * width, 1, 1);
  });
  const features = network.graph.node('GlobalAveragePool', [value], {}, { outputs: ['features'] });
  return network.finish(addHead(network, features, options.head, options.classes));
}
