import type { NetworkBuilder } from '../../layers/network-builder.js';
import { TorchLayers } from '../torch/layers.js';
import type { ActivationName } from './layer.js';

/** An elementwise function as `torch.nn` has it, with its defaults: slope 0.01 of leaky ReLU, 1 of ELU, exact GELU. */
export function addActivation(network: NetworkBuilder, input: string, kind: ActivationName): string {
  const { graph } = network;
  switch (kind) {
    case 'relu':
      return network.relu(input);
    case 'leaky-relu':
      return network.leakyRelu(input, 0.01);
    case 'elu':
      return graph.node('Elu', [input]);
    case 'gelu':
      return new TorchLayers(network).gelu(input);
    case 'silu':
      return new TorchLayers(network).silu(input);
    case 'hard-swish':
      return graph.node('HardSwish', [input]);
    case 'mish':
      return graph.node('Mul', [input, graph.node('Tanh', [graph.node('Softplus', [input])])]);
    case 'softplus':
      return graph.node('Softplus', [input]);
    case 'tanh':
      return graph.node('Tanh', [input]);
    case 'sigmoid':
      return graph.node('Sigmoid', [input]);
  }
}
