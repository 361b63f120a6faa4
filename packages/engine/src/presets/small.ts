import { outputsFor } from '../layers/head.js';
import { addInput } from '../layers/input-transform.js';
import { NetworkBuilder } from '../layers/network-builder.js';
import type { TrainableModel } from '../training/types.js';
import type { Preset, PresetOptions } from './preset.js';

/**
 * A small residual network for 64 to 128 pixels: about 270,000 weights and, because the first convolution
 * halves the image at once, a third of the arithmetic of `gray-final`. Global average pooling makes it
 * indifferent to the image's size; batch normalisation lets it learn within a few epochs.
 */
export const small: Preset = {
  name: 'small',
  description: 'a small residual network with batch normalisation; fast on CPUs, good from 64 to 128 pixels',
  size: 128,
  transform: { kind: 'gray' },
  build: buildSmall,
};

const stages = [48, 96] as const;

function buildSmall(options: PresetOptions): TrainableModel {
  const network = new NetworkBuilder('small', options.seed);
  const unit = (input: string, name: string, filters: number, stride: number) => {
    const convolved = network.convolution(input, {
      name,
      filters,
      kernel: 3,
      stride,
      padding: 'same',
      bias: false,
      initializer: 'he-normal',
    });
    return network.batchNorm(convolved, `${name}/norm`);
  };
  let value = network.relu(unit(addInput(network, options.transform, options), 'stem', 24, 2));
  stages.forEach((filters, i) => {
    const reduced = network.relu(unit(value, `stage-${i + 1}/reduce`, filters, 2));
    value = network.relu(network.add(reduced, unit(reduced, `stage-${i + 1}/residual`, filters, 1)));
  });
  value = network.relu(unit(value, 'head', 128, 2));
  const pooled = network.dropout(network.globalAveragePool(value), 0.2);
  return network.finish(network.dense(pooled, outputsFor(options.classes), { name: 'output' }));
}
