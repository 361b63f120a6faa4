import type { NetworkBuilder } from '../../layers/network-builder.js';
import { TorchLayers } from '../torch/layers.js';
import type { PlainLayer } from './layer.js';
import { type LayerPlace, layerError } from './layer-error.js';

/** As in PyTorch. */
const epsilon = 1e-5;
const usualGroups = 8;

/** Normalisation with a trained scale and shift of each channel; epsilon 1e-5. */
export function addNorm(
  network: NetworkBuilder,
  input: string,
  { kind = 'batch', groups = usualGroups }: Extract<PlainLayer, { readonly layer: 'norm' }>,
  at: LayerPlace,
  name: string,
): string {
  if (kind === 'batch') return network.batchNorm(input, name, epsilon);
  return kind === 'layer' ? addLayerNorm(network, input, at, name) : addGroupNorm(network, input, groups, at, name);
}

/** Over the channels of each place, as ConvNeXt has it; of features, over all of them. */
function addLayerNorm(network: NetworkBuilder, input: string, at: LayerPlace, name: string): string {
  const layers = new TorchLayers(network);
  if (at.shape.length === 1) return layers.layerNorm(input, name, epsilon);
  return layers.permute(layers.layerNorm(layers.permute(input, [0, 2, 3, 1]), name, epsilon), [0, 3, 1, 2]);
}

/** Wu and He 2018: `torch.nn.GroupNorm`. Each group is one channel of an instance normalisation. */
function addGroupNorm(network: NetworkBuilder, input: string, groups: number, at: LayerPlace, name: string): string {
  const { graph } = network;
  const [channels, height, width] = at.shape as [number, number?, number?];
  if (height === undefined) throw layerError(at, 'groups are made of maps', 'Use `kind: layer` or `batch` here.');
  if (channels % groups !== 0) {
    throw layerError(
      at,
      `${channels} channels cannot be made into ${groups} groups`,
      'Choose groups that divide them.',
    );
  }
  const grouped = graph.node('Reshape', [input, graph.ints([0, groups, -1])]);
  const fixed = (value: number) => graph.floats(new Array<number>(groups).fill(value), [groups]);
  const even = graph.node('InstanceNormalization', [grouped, fixed(1), fixed(0)], { epsilon: { float: epsilon } });
  const back = graph.node('Reshape', [even, graph.ints([0, channels, height, width!])]);
  const layers = new TorchLayers(network);
  const part = (of: string, value: number) =>
    graph.node('Reshape', [layers.filled(`${name}.${of}`, [channels], value), graph.ints([1, channels, 1, 1])]);
  return network.add(graph.node('Mul', [back, part('weight', 1)]), part('bias', 0));
}
