import type { GrayImage, Image } from '../image.js';
import { toGray } from '../luma.js';
import { resize } from '../resize/resize.js';
import { type Brightness, measureBrightness } from './brightness.js';

/** Side of {@link Fingerprint.thumbnail} in pixels: ribs and vessels still show, which tell one chest from another. */
export const thumbnailSide = 48;

/** What is kept of a picture to compare it with others, a thousandth of its size. */
export interface Fingerprint {
  /** The gray picture stretched to {@link thumbnailSide} squared, 0 to 255. */
  readonly thumbnail: Uint8Array;
  readonly brightness: Brightness;
}

/** Takes the fingerprint of a decoded picture. */
export function fingerprint(image: GrayImage | Image): Fingerprint {
  const gray = toGray(image);
  return { thumbnail: resize(gray, thumbnailSide).data, brightness: measureBrightness(gray.data) };
}
