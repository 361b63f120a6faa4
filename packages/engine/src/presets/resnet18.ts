import { outputsFor } from '../layers/head.js';
import { addInput } from '../layers/input-transform.js';
import { NetworkBuilder } from '../layers/network-builder.js';
import type { TrainableModel } from '../training/types.js';
import type { Preset, PresetOptions } from './preset.js';

/** ResNet-18 (He et al. 2016, table 1) with one output; 11.2 million weights. */
export const resnet18: Preset = {
  name: 'resnet18',
  description: 'ResNet-18 from random weights: 18 layers, 11.2 million weights',
  size: 128,
  transform: { kind: 'repeat' },
  build: buildResnet18,
};

function buildResnet18(options: PresetOptions): TrainableModel {
  const network = new NetworkBuilder('resnet18', options.seed);
  const unit = (input: string, name: string, filters: number, kernel: number, stride: number) => {
    const convolved = network.convolution(input, {
      name,
      filters,
      kernel,
      stride,
      padding: 'same',
      bias: false,
      initializer: 'he-normal',
    });
    return network.batchNorm(convolved, `${name}/norm`);
  };
  const block = (input: string, name: string, filters: number, stride: number, project: boolean) => {
    const first = network.relu(unit(input, `${name}/first`, filters, 3, stride));
    const second = unit(first, `${name}/second`, filters, 3, 1);
    const shortcut = project ? unit(input, `${name}/shortcut`, filters, 1, stride) : input;
    return network.relu(network.add(second, shortcut));
  };
  const stem = network.relu(unit(addInput(network, options.transform, options), 'stem', 64, 7, 2));
  let value = network.graph.node('MaxPool', [stem], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] });
  [64, 128, 256, 512].forEach((filters, i) => {
    value = block(value, `stage-${i + 1}/block-1`, filters, i === 0 ? 1 : 2, i > 0);
    value = block(value, `stage-${i + 1}/block-2`, filters, 1, false);
  });
  return network.finish(
    network.dense(network.globalAveragePool(value), outputsFor(options.classes), { name: 'output' }),
  );
}
