import { fanOutNormal, type TorchLayers } from './layers.js';
import { torchPreset } from './preset.js';

/** Of each stage: expansion, kernel, stride, channels, blocks (Tan and Le 2019, table 1). */
const stages = [
  [1, 3, 1, 16, 1],
  [6, 3, 2, 24, 2],
  [6, 5, 2, 40, 2],
  [6, 3, 2, 80, 3],
  [6, 5, 1, 112, 3],
  [6, 5, 2, 192, 4],
  [6, 3, 1, 320, 1],
] as const;

/**
 * EfficientNet-B0 (Tan and Le 2019) as torchvision's `efficientnet_b0` has it, without its stochastic depth. Initial
 * weights: normal by fan-out, as there. Its dropout of 0.2 is the default of the head.
 */
export const efficientnetB0 = torchPreset({
  name: 'efficientnet-b0',
  description: 'EfficientNet-B0 as torchvision has it: 4.0 million weights; takes pretrained weights by `weights`',
  input: 'imagenet',
  head: { dropout: 0.2 },
  firstWeight: 'features.0.0.weight',
  classifier: 'classifier.',
  addFeatures(layers, picture) {
    let value = layers.silu(unit(layers, picture, 'features.0', 32, 3, 2));
    stages.forEach(([expansion, kernel, stride, channels, blocks], i) => {
      for (let block = 0; block < blocks; block++) {
        const shape = { expansion, kernel, stride: block === 0 ? stride : 1, channels };
        value = addBlock(layers, value, `features.${i + 1}.${block}.block`, shape);
      }
    });
    return layers.features(layers.silu(unit(layers, value, 'features.8', 1280, 1, 1)));
  },
});

interface Block {
  readonly expansion: number;
  readonly kernel: number;
  readonly stride: number;
  readonly channels: number;
}

/** An inverted bottleneck with squeeze and excitation; layers are numbered in the order there is of them. */
function addBlock(layers: TorchLayers, input: string, name: string, shape: Block): string {
  const { expansion, kernel, stride, channels } = shape;
  const given = layers.size(input, 1);
  const wide = given * expansion;
  let place = 0;
  const next = () => `${name}.${place++}`;
  const expanded = expansion === 1 ? input : layers.silu(unit(layers, input, next(), wide, 1, 1));
  const filtered = layers.silu(unit(layers, expanded, next(), wide, kernel, stride, wide));
  const excited = squeezeAndExcite(layers, filtered, next(), Math.max(1, Math.floor(given / 4)));
  const projected = unit(layers, excited, next(), channels, 1, 1);
  return stride === 1 && given === channels ? layers.network.add(projected, input) : projected;
}

/** Scales channels by what a small network makes of their means (Hu et al. 2018). */
function squeezeAndExcite(layers: TorchLayers, input: string, name: string, squeezed: number): string {
  const { graph } = layers.network;
  const dense = (value: string, part: string, filters: number) =>
    layers.convolution(value, `${name}.${part}`, { filters, kernel: 1, bias: true, weights: fanOutNormal(filters, 1) });
  const inner = layers.silu(dense(graph.node('GlobalAveragePool', [input]), 'fc1', squeezed));
  return graph.node('Mul', [graph.node('Sigmoid', [dense(inner, 'fc2', layers.size(input, 1))]), input]);
}

function unit(
  layers: TorchLayers,
  input: string,
  name: string,
  filters: number,
  kernel: number,
  stride: number,
  groups = 1,
): string {
  const weights = fanOutNormal(filters, kernel);
  return layers.batchNorm(
    layers.convolution(input, `${name}.0`, { filters, kernel, stride, groups, weights }),
    `${name}.1`,
  );
}
