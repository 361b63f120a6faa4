import { floatTensor, imagenet, type NetworkBuilder } from '@chromaray/engine';

/** BT.601's shares of luma, and its factors of U and V. */
const [ofRed, ofGreen, ofBlue] = [0.299, 0.587, 0.114];
const [ofU, ofV] = [0.492, 0.877];

/**
 * Adds U and V to a gray picture, as the merging of a colorizer's output does but for colours that do not exist, which
 * stay beyond 0 and 1 here, so that a loss pulls them back.
 *
 * @param gray from 0 to 1, [batch, 1, height, width]
 * @param colours U and V in gray levels, [batch, 2, height, width]
 * @returns red, green and blue in ImageNet's units, [batch, 3, height, width]
 */
export function addPicture(network: NetworkBuilder, gray: string, colours: string): string {
  const { graph } = network;
  const [toBlue, toRed] = [1 / ofU / 255, 1 / ofV / 255];
  const rows = [0, toRed, (-ofBlue / ofGreen) * toBlue, (-ofRed / ofGreen) * toRed, toBlue, 0];
  const kernel = graph.constant('to-picture', floatTensor([3, 2, 1, 1], rows));
  const shift = graph.node('Conv', [colours, kernel], { kernel_shape: [1, 1] });
  const constant = (values: readonly number[]) => graph.floats(values, [1, 3, 1, 1]);
  const centred = graph.node('Sub', [graph.node('Add', [gray, shift]), constant(imagenet.mean)]);
  return graph.node('Div', [centred, constant(imagenet.deviation)]);
}

/** How samples of red, green and blue are written: as themselves from 0 to 1, or in ImageNet's units. */
export type PictureUnits = 'unit' | 'imagenet';

/** U and V in gray levels of pictures of red, green and blue, [pictures, 3, area] to [pictures, 2, area]. */
export function chromaOf(pictures: Float32Array, area: number, units: PictureUnits): Float32Array {
  const count = pictures.length / (3 * area);
  const chroma = new Float32Array(count * 2 * area);
  const [factors, shifts] =
    units === 'unit'
      ? [
          [1, 1, 1],
          [0, 0, 0],
        ]
      : [imagenet.deviation as readonly number[], imagenet.mean as readonly number[]];
  for (let picture = 0; picture < count; picture++) {
    const [from, to] = [3 * area * picture, 2 * area * picture];
    for (let i = 0; i < area; i++) {
      const level = (channel: number) =>
        255 * (factors[channel]! * pictures[from + channel * area + i]! + shifts[channel]!);
      const [red, green, blue] = [level(0), level(1), level(2)];
      const luma = ofRed * red + ofGreen * green + ofBlue * blue;
      chroma[to + i] = ofU * (blue - luma);
      chroma[to + area + i] = ofV * (red - luma);
    }
  }
  return chroma;
}
