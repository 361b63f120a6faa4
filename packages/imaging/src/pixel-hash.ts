import { createHash } from 'node:crypto';
import type { GrayImage, Image } from './image.js';
import { toGray } from './luma.js';

/**
 * SHA-256 (64 hexadecimal digits) of a picture's size and gray pixels: equal for two files that show the
 * same picture, whether saved as PNG or losslessly again, as gray or as RGB with equal channels.
 * Recompressing a JPEG changes pixels and therefore the hash.
 */
export function pixelHash(image: GrayImage | Image): string {
  const gray = toGray(image);
  return createHash('sha256').update(`gray ${gray.width}x${gray.height}\n`).update(gray.data).digest('hex');
}
