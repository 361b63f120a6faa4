import type { GrayImage } from '../image.js';
import type { ImageOperations } from './options.js';

/** Cuts shares of the sides off, rounded to whole pixels; at least one pixel stays. */
export function crop({ width, height, data }: GrayImage, shares: NonNullable<ImageOperations['crop']>): GrayImage {
  const [left, right] = kept(width, shares.left, shares.right);
  const [top, bottom] = kept(height, shares.top, shares.bottom);
  const result = new Uint8Array((right - left) * (bottom - top));
  for (let y = top; y < bottom; y++) {
    result.set(data.subarray(y * width + left, y * width + right), (y - top) * (right - left));
  }
  return { width: right - left, height: bottom - top, channels: 1, data: result };
}

/** First pixel that is kept, and the first that is not. */
function kept(side: number, before: number, after: number): readonly [number, number] {
  const first = Math.min(side - 1, Math.round(side * before));
  return [first, Math.max(first + 1, side - Math.round(side * after))];
}
