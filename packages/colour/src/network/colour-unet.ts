import type { Backbone, NetworkBuilder } from '@chromaray/engine';

/** Channels of each level, from full size downwards; every level has half the side of the one before. */
const widths = [16, 32, 64, 128, 192] as const;

/** Sides of pictures that the network takes are multiples of this. */
export const sideUnit = 2 ** (widths.length - 1);

/** The network's answer has a quarter of the picture's side: colours change more slowly than brightness. */
export const answerScale = 4;

/**
 * The body of `colour-unet`: a U-Net (Ronneberger 2015) of 1.6 million weights that looks at a gray picture and ends at
 * a quarter of its side. Five levels, each of two 3 x 3 convolutions with batch normalisation and ReLU (one at full
 * size); strides halve the side, pixel shuffle (Shi 2016) after a 1 x 1 convolution doubles it, and two skip
 * connections bring the detail back. No level depends on the picture's size.
 *
 * @param picture gray from 0 to 1, float32 [batch, 1, side, side], both sides multiples of {@link sideUnit}
 * @param encoder in place of the way down: it is shown the picture on three channels
 * @returns float32 [batch, 64, side / 4, side / 4]
 */
export function addColourUNet(network: NetworkBuilder, picture: string, encoder?: Backbone): string {
  const { graph } = network;
  const levels = encoder === undefined ? addLevels(network, picture) : addEncoder(network, picture, encoder);
  let value = block(network, levels[4]!, 'bottom', widths[4]);
  for (const level of [3, 2]) {
    const width = widths[level]!;
    const wide = block(network, value, `up-${level}/a`, 4 * width, 1, 1);
    const doubled = graph.node('DepthToSpace', [wide], { blocksize: 2, mode: 'CRD' });
    const joined = graph.node('Concat', [doubled, levels[level]!], { axis: 1 });
    value = block(network, joined, `up-${level}/b`, width);
  }
  return value;
}

/** Strides at which an encoder's values are taken, those of levels 2 to 4. */
export const encoderStrides = [4, 8, 16] as const;

function addEncoder(network: NetworkBuilder, picture: string, encoder: Backbone): readonly string[] {
  const skips = encoder.add(network, network.graph.node('Concat', [picture, picture, picture], { axis: 1 }));
  // Levels at full and half size have no use further up.
  return ['', '', ...skips];
}

function addLevels(network: NetworkBuilder, picture: string): readonly string[] {
  const { graph } = network;
  const centred = graph.node('Mul', [graph.node('Sub', [picture, graph.floats(0.5)]), graph.floats(4)]);
  const levels: string[] = [block(network, centred, 'level-0/a', widths[0])];
  for (const [level, width] of widths.entries()) {
    if (level === 0) continue;
    const halved = block(network, levels[level - 1]!, `level-${level}/a`, width, 2);
    levels.push(block(network, halved, `level-${level}/b`, width));
  }
  return levels;
}

/** Convolution, batch normalisation, ReLU. */
function block(network: NetworkBuilder, input: string, name: string, filters: number, stride = 1, kernel = 3): string {
  const options = { filters, kernel, stride, padding: 'same', bias: false, initializer: 'he-normal' } as const;
  return network.relu(network.batchNorm(network.convolution(input, { name, ...options }), `${name}/norm`));
}
