import type { NetworkBuilder } from '../../layers/network-builder.js';
import { norm } from './blocks.js';

/** Blocks of each stage (He et al. 2016, table 1). */
const stages = [3, 4, 6, 3] as const;

/**
 * ResNet-34 up to its last convolution.
 *
 * @param input - [batch, 3, height, width]
 * @param channels - of the first stage; each further stage has twice as many
 * @returns its last value, at 1/32 of the size, and those before each halving after the first: at 1/2, 1/4, 1/8 and 1/16
 */
export function addResnet34(
  network: NetworkBuilder,
  input: string,
  channels: number,
): { readonly last: string; readonly skips: readonly string[] } {
  const unit = (x: string, name: string, filters: number, kernel: number, stride: number) => {
    const options = { name, filters, kernel, stride, padding: 'same', bias: false, initializer: 'he-normal' } as const;
    return norm(network, network.convolution(x, options), name);
  };
  const block = (x: string, name: string, filters: number, stride: number) => {
    const first = network.relu(unit(x, `${name}/first`, filters, 3, stride));
    const second = unit(first, `${name}/second`, filters, 3, 1);
    return network.relu(network.add(second, stride === 1 ? x : unit(x, `${name}/shortcut`, filters, 1, stride)));
  };
  const stem = network.relu(unit(input, 'encoder/stem', channels, 7, 2));
  const window = { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] };
  let value = network.graph.node('MaxPool', [stem], window);
  const ends: string[] = [];
  for (const [stage, blocks] of stages.entries()) {
    for (let i = 0; i < blocks; i++) {
      const stride = stage > 0 && i === 0 ? 2 : 1;
      value = block(value, `encoder/stage-${stage + 1}/block-${i + 1}`, channels * 2 ** stage, stride);
    }
    ends.push(value);
  }
  return { last: value, skips: [stem, ...ends.slice(0, -1)] };
}
