import type { Image } from '../image.js';

/**
 * Peak signal-to-noise ratio of two pictures of one size, in decibels: `10 log10(255² / mean squared difference)` over all
 * samples. Infinite for equal pictures.
 */
export function peakSignalToNoise(first: Image, second: Image): number {
  let sum = 0;
  for (let i = 0; i < first.data.length; i++) sum += (first.data[i]! - second.data[i]!) ** 2;
  return 10 * Math.log10((255 ** 2 * first.data.length) / sum);
}
