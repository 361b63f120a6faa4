import type { TorchLayers } from './layers.js';
import { torchPreset } from './preset.js';

/** Layers of each dense block (Huang et al. 2017, table 1). */
const blocks = [6, 12, 24, 16] as const;
/** Channels that each layer adds. */
const growth = 32;
/** Channels between a layer's two convolutions. */
const bottleneck = 4 * growth;

/**
 * DenseNet-121 (Huang et al. 2017) as torchvision's `densenet121` has it, which CheXNet and TorchXRayVision are built on.
 * Initial weights: normal by fan-in, as there.
 */
export const densenet121 = torchPreset({
  name: 'densenet121',
  description: 'DenseNet-121 as torchvision has it: 7.0 million weights; takes pretrained weights by `weights`',
  input: 'imagenet',
  firstWeight: 'features.conv0.weight',
  classifier: 'classifier.',
  addFeatures(layers, picture) {
    const { network } = layers;
    const stem = convolution(layers, picture, 'features.conv0', 64, 7, 2);
    let value = layers.stemPool(normed(layers, stem, 'features.norm0'));
    blocks.forEach((count, i) => {
      for (let layer = 1; layer <= count; layer++) {
        const name = `features.denseblock${i + 1}.denselayer${layer}`;
        const inner = convolution(layers, normed(layers, value, `${name}.norm1`), `${name}.conv1`, bottleneck, 1);
        const added = convolution(layers, normed(layers, inner, `${name}.norm2`), `${name}.conv2`, growth, 3);
        value = network.concat(value, added);
      }
      if (i === blocks.length - 1) return;
      const name = `features.transition${i + 1}`;
      const half = layers.size(value, 1) / 2;
      value = network.averagePool(
        convolution(layers, normed(layers, value, `${name}.norm`), `${name}.conv`, half, 1),
        2,
      );
    });
    return layers.features(normed(layers, value, 'features.norm5'));
  },
});

function normed(layers: TorchLayers, input: string, name: string): string {
  return layers.network.relu(layers.batchNorm(input, name));
}

function convolution(
  layers: TorchLayers,
  input: string,
  name: string,
  filters: number,
  kernel: number,
  stride = 1,
): string {
  const weights = { normal: Math.sqrt(2 / (layers.size(input, 1) * kernel * kernel)) };
  return layers.convolution(input, name, { filters, kernel, stride, weights });
}
