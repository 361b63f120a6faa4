import { fanOutNormal, type TorchLayers } from './layers.js';
import { torchPreset } from './preset.js';

/** Blocks and inner width of each stage (He et al. 2016, table 1). */
const stages = [
  [3, 64],
  [4, 128],
  [6, 256],
  [3, 512],
] as const;
/** A block ends with so many times its inner width. */
const expansion = 4;

/**
 * ResNet-50 (He et al. 2016) as torchvision's `resnet50` has it: the stride is in the 3x3 convolution of a block ("v1.5").
 * Initial weights: normal by fan-out, as there.
 */
export const resnet50 = torchPreset({
  name: 'resnet50',
  description: 'ResNet-50 as torchvision has it: 23.5 million weights; takes pretrained weights by `weights`',
  input: 'imagenet',
  firstWeight: 'conv1.weight',
  classifier: 'fc.',
  addFeatures(layers, picture) {
    const { network } = layers;
    let value = layers.stemPool(network.relu(unit(layers, picture, 'conv1', 'bn1', 64, 7, 2)));
    stages.forEach(([blocks, width], i) => {
      for (let block = 0; block < blocks; block++) {
        const stride = i > 0 && block === 0 ? 2 : 1;
        value = addBlock(layers, value, `layer${i + 1}.${block}`, width, stride);
      }
    });
    return layers.features(value);
  },
});

function addBlock(layers: TorchLayers, input: string, name: string, width: number, stride: number): string {
  const { network } = layers;
  const [outer, isFirst] = [width * expansion, name.endsWith('.0')];
  const first = network.relu(unit(layers, input, `${name}.conv1`, `${name}.bn1`, width, 1, 1));
  const second = network.relu(unit(layers, first, `${name}.conv2`, `${name}.bn2`, width, 3, stride));
  const third = unit(layers, second, `${name}.conv3`, `${name}.bn3`, outer, 1, 1);
  const [shortcut, norm] = [`${name}.downsample.0`, `${name}.downsample.1`];
  return network.relu(network.add(third, isFirst ? unit(layers, input, shortcut, norm, outer, 1, stride) : input));
}

function unit(
  layers: TorchLayers,
  input: string,
  name: string,
  norm: string,
  filters: number,
  kernel: number,
  stride: number,
): string {
  const weights = fanOutNormal(filters, kernel);
  return layers.batchNorm(layers.convolution(input, name, { filters, kernel, stride, weights }), norm);
}
