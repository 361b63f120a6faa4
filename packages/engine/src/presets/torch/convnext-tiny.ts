import type { TorchLayers } from './layers.js';
import { torchPreset } from './preset.js';

/** Channels and blocks of each stage (Liu et al. 2022, table 9). */
const stages = [
  [96, 3],
  [192, 3],
  [384, 9],
  [768, 3],
] as const;
/** Deviation of initial weights. */
const deviation = 0.02;
/** What the branch of a block begins to be scaled with. */
const layerScale = 1e-6;

const [toLast, toFirst] = [
  [0, 2, 3, 1],
  [0, 3, 1, 2],
] as const;

/**
 * ConvNeXt-T (Liu et al. 2022) as torchvision's `convnext_tiny` has it, without its stochastic depth. Initial weights:
 * normal with a deviation of 0.02, as there (cut off a hundred deviations away, which no draw reaches).
 */
export const convnextTiny = torchPreset({
  name: 'convnext-tiny',
  description: 'ConvNeXt-T as torchvision has it: 27.8 million weights; takes pretrained weights by `weights`',
  input: 'imagenet',
  firstWeight: 'features.0.0.weight',
  classifier: 'classifier.2.',
  addFeatures(layers, picture) {
    const weights = { normal: deviation };
    const stem = { filters: 96, kernel: 4, stride: 4, padding: 0, bias: true, weights };
    let value = channelNorm(layers, layers.convolution(picture, 'features.0.0', stem), 'features.0.1');
    stages.forEach(([channels, blocks], i) => {
      if (i > 0) {
        const name = `features.${2 * i}`;
        const halving = { filters: channels, kernel: 2, stride: 2, padding: 0, bias: true, weights };
        value = layers.convolution(channelNorm(layers, value, `${name}.0`), `${name}.1`, halving);
      }
      for (let block = 0; block < blocks; block++) value = addBlock(layers, value, `features.${2 * i + 1}.${block}`);
    });
    const pooled = layers.network.globalAveragePool(value);
    return layers.layerNorm(pooled, 'classifier.0');
  },
});

function addBlock(layers: TorchLayers, input: string, name: string): string {
  const { graph } = layers.network;
  const channels = layers.size(input, 1);
  const depthwise = { filters: channels, kernel: 7, groups: channels, bias: true, weights: { normal: deviation } };
  const scale = layers.filled(`${name}.layer_scale`, [channels, 1, 1], layerScale);
  let value = layers.permute(layers.convolution(input, `${name}.block.0`, depthwise), toLast);
  value = layers.layerNorm(value, `${name}.block.2`);
  value = layers.gelu(layers.linear(value, `${name}.block.3`, 4 * channels, deviation));
  value = layers.permute(layers.linear(value, `${name}.block.5`, channels, deviation), toFirst);
  return layers.network.add(graph.node('Mul', [value, scale]), input);
}

/** `LayerNorm` over the channels of each place. */
function channelNorm(layers: TorchLayers, input: string, name: string): string {
  return layers.permute(layers.layerNorm(layers.permute(input, toLast), name), toFirst);
}
