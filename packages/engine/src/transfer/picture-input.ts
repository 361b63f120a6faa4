import type { Dim, ValueInfo } from '../graph/types.js';
import { transferError } from './errors.js';

/** The input of a pretrained network, with its sizes bound. */
export interface PictureInput {
  /** `batch` is open, everything else a number. */
  readonly input: ValueInfo;
  readonly channels: 1 | 3;
  /** True for [batch, height, width, channels]. */
  readonly channelsLast: boolean;
}

/**
 * Tells where an input has its channels, and binds its height and width.
 *
 * @throws ChromarayError `CHROMARAY_TRANSFER_INPUT` for what is no picture in floating point of one or three channels,
 *   `CHROMARAY_TRANSFER_SIZE` when the file settles another size
 */
export function pictureInput(
  input: ValueInfo,
  size: { readonly height: number; readonly width: number },
  file: string,
): PictureInput {
  const { shape, dtype, name } = input;
  const last = shape.length === 4 && isColour(shape[3]!) && !isColour(shape[1]!);
  const channels = shape[last ? 3 : 1];
  const isOpen = typeof channels === 'string';
  if (dtype !== 'float32' || shape.length !== 4 || !(isColour(channels!) || isOpen)) {
    throw transferError(
      dtype === 'float32' || shape.length !== 4 ? 'INPUT' : 'TYPE',
      file,
      `its input "${name}" is ${dtype} [${shape.join(', ')}]; a picture is float32 or float16 [batch, 1 or 3, height, width]`,
      'Give a network that takes pictures as float32 or float16.',
      { input: name, dtype, shape },
    );
  }
  const count = isOpen ? 3 : (channels as 1 | 3);
  const area = last ? shape.slice(1, 3) : shape.slice(2);
  const wanted = [size.height, size.width];
  if (area.some((side, axis) => typeof side === 'number' && side !== wanted[axis])) {
    throw transferError(
      'SIZE',
      file,
      `it takes pictures of ${area.map(text).join('x')}; these are ${wanted.join('x')}`,
      `Set the size of the images to ${area.map(text).join('x')}, or export the network with open height and width.`,
      { network: area, asked: wanted },
    );
  }
  const sizes: readonly Dim[] = last ? [...wanted, count] : [count, ...wanted];
  return { input: { ...input, shape: ['batch', ...sizes] }, channels: count, channelsLast: last };
}

function isColour(dim: Dim): boolean {
  return dim === 1 || dim === 3;
}

function text(side: Dim): string {
  return typeof side === 'number' ? String(side) : 'any';
}
