import { ChromarayError } from '@chromaray/base';
import type { TorchLayers } from './layers.js';
import { torchPreset } from './preset.js';

const [width, depth, heads, patch] = [192, 12, 3, 16];
/** Deviation of initial weights. */
const deviation = 0.02;

/**
 * ViT-Ti/16 (Dosovitskiy et al. 2021; Touvron et al. 2021) as timm's `vit_tiny_patch16_224` has it. Initial weights: normal
 * with a deviation of 0.02, of the class token 1e-6, of the patches' convolution uniform by fan-in, as there. Places are
 * told apart by a trained table, so that weights fit the picture size they were trained with, and no other.
 */
export const vitTiny = torchPreset({
  name: 'vit-tiny',
  description: 'ViT-Ti/16 as timm has it: 5.5 million weights; takes pretrained weights by `weights`',
  input: { range: [-1, 1] },
  firstWeight: 'patch_embed.proj.weight',
  classifier: 'head.',
  addFeatures(layers, picture) {
    const { network } = layers;
    const { graph } = network;
    let value = addTokens(layers, picture);
    for (let i = 0; i < depth; i++) {
      const name = `blocks.${i}`;
      value = network.add(value, attention(layers, layers.layerNorm(value, `${name}.norm1`), `${name}.attn`));
      const wide = layers.linear(layers.layerNorm(value, `${name}.norm2`), `${name}.mlp.fc1`, 4 * width, deviation);
      value = network.add(value, layers.linear(layers.gelu(wide), `${name}.mlp.fc2`, width, deviation));
    }
    const first = graph.node('Gather', [layers.layerNorm(value, 'norm'), graph.ints(0)], { axis: 1 });
    return graph.node('Identity', [first], {}, { outputs: ['features'] });
  },
});

/** A token for each patch of 16 x 16 pixels, before them the class token, each with its place added. */
function addTokens(layers: TorchLayers, picture: string): string {
  const { network } = layers;
  const { graph } = network;
  const [channels, height, width_] = [1, 2, 3].map((axis) => layers.size(picture, axis)) as [number, number, number];
  if (height % patch !== 0 || width_ % patch !== 0) throw indivisible(height, width_);
  const bound = Math.sqrt(1 / (channels * patch * patch));
  const window = { filters: width, kernel: patch, stride: patch, padding: 0, weights: { uniform: bound } };
  const convolved = layers.convolution(picture, 'patch_embed.proj', window);
  const bias = network.weight('patch_embed.proj.bias', [width], { initializer: { uniform: bound } });
  const flat = graph.node('Reshape', [convolved, graph.ints([0, width, -1])]);
  const patches = network.add(layers.permute(flat, [0, 2, 1]), bias);
  const classToken = network.weight('cls_token', [1, 1, width], { initializer: { normal: 1e-6 } });
  const batch = graph.node('Slice', [graph.node('Shape', [patches]), graph.ints([0]), graph.ints([1])]);
  const shape = graph.node('Concat', [batch, graph.ints([1, width])], { axis: 0 });
  const tokens = network.concat(graph.node('Expand', [classToken, shape]), patches);
  const places = (height / patch) * (width_ / patch) + 1;
  return network.add(tokens, network.weight('pos_embed', [1, places, width], { initializer: { normal: deviation } }));
}

/** Self-attention with several heads. */
function attention(layers: TorchLayers, input: string, name: string): string {
  const { graph } = layers.network;
  const each = width / heads;
  const joint = layers.linear(input, `${name}.qkv`, 3 * width, deviation);
  const split = layers.permute(graph.node('Reshape', [joint, graph.ints([0, -1, 3, heads, each])]), [2, 0, 3, 1, 4]);
  const part = (i: number) => graph.node('Gather', [split, graph.ints(i)], { axis: 0 });
  const queries = graph.node('Mul', [part(0), graph.floats(1 / Math.sqrt(each))]);
  const weights = graph.node('Softmax', [graph.node('MatMul', [queries, layers.permute(part(1), [0, 1, 3, 2])])], {
    axis: -1,
  });
  const attended = layers.permute(graph.node('MatMul', [weights, part(2)]), [0, 2, 1, 3]);
  const merged = graph.node('Reshape', [attended, graph.ints([0, -1, width])]);
  return layers.linear(merged, `${name}.proj`, width, deviation);
}

function indivisible(height: number, width: number): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_PRESET_SIZE',
    message: `Images of ${height}x${width} cannot be cut into the ${patch}x${patch} patches of the preset vit-tiny.`,
    remedy: `Choose a multiple of ${patch}, such as ${Math.max(patch, Math.round(height / patch) * patch)}.`,
    details: { preset: 'vit-tiny', height, width },
  });
}
