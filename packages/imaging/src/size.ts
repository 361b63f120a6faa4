import { ChromarayError } from '@chromaray/base';
import type { Size } from './image.js';

/**
 * The target size of a resize or pack; a number means a square.
 *
 * @throws ChromarayError `CHROMARAY_IMAGE_SIZE` unless both sides are integers from 1 to 16384.
 */
export function parseSize(size: number | Size): Size {
  const { width, height } = typeof size === 'number' ? { width: size, height: size } : size;
  for (const side of [width, height]) {
    if (!Number.isInteger(side) || side < 1 || side > 16384) {
      throw new ChromarayError({
        code: 'CHROMARAY_IMAGE_SIZE',
        message: `An image size of ${width} x ${height} pixels was asked for; both sides must be integers from 1 to 16384.`,
        remedy: 'Give a size such as 128.',
      });
    }
  }
  return { width, height };
}
