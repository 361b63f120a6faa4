import { plainBytes, sharp } from '../decode/sharp.js';
import type { GrayImage, Size } from '../image.js';
import { parseSize } from '../size.js';

/**
 * Stretches a gray picture to a size; the aspect ratio is not kept, as every network input is of one
 * shape. Reduction weighs all source pixels with a triangle as wide as two target pixels (no aliasing, no
 * ringing); enlargement is bilinear. The same input gives the same pixels.
 *
 * @throws ChromarayError `CHROMARAY_IMAGE_SIZE`
 */
export async function resizeGray(image: GrayImage, target: number | Size): Promise<GrayImage> {
  const size = parseSize(target);
  if (image.width === size.width && image.height === size.height) {
    return { ...size, channels: 1, data: Uint8Array.from(image.data) };
  }
  const data = await sharp(image.data, { raw: { width: image.width, height: image.height, channels: 1 } })
    .resize(size.width, size.height, { fit: 'fill', kernel: 'linear' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  return { ...size, channels: 1, data: plainBytes(data) };
}
