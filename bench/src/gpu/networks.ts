import { buildPreset, NetworkBuilder, type TrainableModel } from '@chromaray/engine';

/** A network that is checked and measured, with the numbers that a training step takes. */
export interface GpuNetwork {
  readonly name: string;
  readonly model: TrainableModel;
  /** Numbers of an example. */
  readonly pixels: number;
  readonly targets: number;
  readonly loss: { readonly kind: 'binary-cross-entropy' } | { readonly kind: 'l1' };
}

export const gpuNetworkNames = ['gray-final', 'small', 'resnet18', 'colour-unet'] as const;
export type GpuNetworkName = (typeof gpuNetworkNames)[number];

const widths = [16, 32, 64, 128, 192] as const;

/**
 * `colour-unet` with an answer of 100 numbers at a quarter of the side. Written down once more, because the package that has it also
 * reads pictures, for which the pack has no libraries.
 */
function colourUNet(side: number): TrainableModel {
  const network = new NetworkBuilder('colour-unet', 1);
  const { graph } = network;
  const unit = (x: string, name: string, filters: number, kernel = 3, stride = 1) => {
    const options = { name, filters, kernel, stride, padding: 'same', bias: false, initializer: 'he-normal' } as const;
    return network.relu(network.batchNorm(network.convolution(x, options), `${name}/norm`));
  };
  const pixels = graph.input('pixels', 'uint8', ['batch', 1, side, side]);
  const picture = graph.node('Mul', [graph.node('Cast', [pixels], { to: 1 }), graph.floats(1 / 255)]);
  const levels = [unit(picture, 'level-0', widths[0])];
  for (const [i, width] of widths.slice(1).entries())
    levels.push(unit(unit(levels[i]!, `level-${i + 1}/a`, width, 3, 2), `level-${i + 1}/b`, width));
  let value = unit(levels[4]!, 'bottom', widths[4]);
  for (const level of [3, 2]) {
    const width = widths[level]!;
    const doubled = network.pixelShuffle(unit(value, `up-${level}/a`, 4 * width, 1));
    value = unit(network.concat(doubled, levels[level]!), `up-${level}/b`, width);
  }
  return network.finishAs(network.convolution(value, { name: 'answer', filters: 100, kernel: 1 }), 'colours');
}

/** @param side of the pictures, a multiple of 16 */
export function gpuNetwork(name: GpuNetworkName, side: number): GpuNetwork {
  if (name === 'colour-unet') {
    const model = colourUNet(side);
    return { name, model, pixels: side * side, targets: 100 * (side / 4) ** 2, loss: { kind: 'l1' } };
  }
  const model = buildPreset(name, { seed: 1, height: side, width: side });
  const [, ...shape] = model.model.graph.inputs[0]!.shape as [string, ...number[]];
  const pixels = shape.reduce((a, b) => a * b);
  return { name, model, pixels, targets: 1, loss: { kind: 'binary-cross-entropy' } };
}
