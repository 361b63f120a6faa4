import type { NetworkBuilder } from './network-builder.js';

/** Channels of queries and keys, as a share of the value's. */
const share = 8;

/**
 * Self-attention over the places of a picture (Zhang 2018, SAGAN), as fastai's `SelfAttention`: queries and keys of C/8
 * channels and values of C by 1x1 convolutions with spectral norms and without biases; weights by softmax over the
 * places of the queries; `x + gamma * attended`, where gamma begins at 0.
 *
 * @param input - [batch, C, height, width], C at least 8; the result has its sizes
 */
export function addSelfAttention(network: NetworkBuilder, input: string, name: string): string {
  const { graph } = network;
  const channels = graph.type(input).shape[1] as number;
  const places = (part: string, filters: number) => {
    const options = { name: `${name}/${part}`, filters, kernel: 1, bias: false, spectralNorm: true } as const;
    return graph.node('Reshape', [network.convolution(input, options), graph.ints([0, filters, -1])]);
  };
  const queries = places('query', Math.floor(channels / share));
  const keys = places('key', Math.floor(channels / share));
  const values = places('value', channels);
  const turned = graph.node('Transpose', [queries], { perm: [0, 2, 1] });
  const attention = graph.node('Softmax', [graph.node('MatMul', [turned, keys])], { axis: 1 });
  const gamma = network.trained(`${name}/gamma`, { dtype: 'float32', dims: [1], data: new Float32Array(1) });
  const attended = graph.node('Mul', [graph.node('MatMul', [values, attention]), gamma]);
  return network.add(input, graph.node('Reshape', [attended, graph.node('Shape', [input])]));
}
