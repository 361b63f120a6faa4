import { addHead } from '../../layers/head.js';
import { addInputScale } from '../../layers/input-scale.js';
import { addInput } from '../../layers/input-transform.js';
import { NetworkBuilder } from '../../layers/network-builder.js';
import type { TrainableModel } from '../../training/types.js';
import type { Preset, PresetOptions } from '../preset.js';

/**
 * VGG16 (Simonyan and Zisserman 2015, configuration D) without its top, frozen, and the study's own top on it:
 * flatten, dense 512, dense 1. The base has 14,714,688 weights, as Keras counts `VGG16(include_top=False)`.
 *
 * Pixels are scaled to 0..1, as the study did it, and not as VGG16 was trained (`input: caffe`). What its top was is
 * not written down; this is the one its other networks have.
 */
export const gray7: Preset = {
  name: 'gray-7',
  description: 'original study: VGG16 without top, frozen; needs its weights by `weights`',
  size: 96,
  transform: { kind: 'repeat' },
  pretrained: { weights: 'required', freeze: ['*'] },
  build: buildGray7,
};

/** Filters of each convolution, block by block; a block ends with a 2x2 max pooling. */
const blocks = [
  [64, 64],
  [128, 128],
  [256, 256, 256],
  [512, 512, 512],
  [512, 512, 512],
] as const;

function buildGray7(options: PresetOptions): TrainableModel {
  const network = new NetworkBuilder('gray-7', options.seed);
  const picture = addInput(network, options.transform, options, 3);
  let value = addInputScale(network, picture, options.input ?? { range: [0, 1] });
  blocks.forEach((filters, i) => {
    filters.forEach((count, j) => {
      const name = `block-${i + 1}/convolution-${j + 1}`;
      const convolved = network.convolution(value, { name, filters: count, kernel: 3, padding: 'same' });
      // At the end of a block the ReLU comes after the pooling: the same numbers from a quarter of the data.
      value = j === filters.length - 1 ? network.relu(network.maxPool(convolved)) : network.relu(convolved);
    });
  });
  return network.finish(addHead(network, value, options.head ?? { pooling: 'flatten', units: 512 }, options.classes));
}
