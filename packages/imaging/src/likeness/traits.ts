import type { GrayImage } from '../image.js';
import { resize } from '../resize/resize.js';

/** What a picture looks like from afar and from near, apart from its brightness and contrast. */
export interface Traits {
  /** Means of 16 x 16 areas, row by row, shifted and scaled to mean 0 and standard deviation 1. */
  readonly pattern: Float64Array;
  /** Common logarithm of the mean squared Laplacian over the variance: how much of the contrast is fine. */
  readonly fine: number;
}

/** Areas a side. */
export const traitSide = 16;
/** Standard deviations in levels below which a picture has no pattern: it is flat. */
const flat = 0.5;
/** Keeps the logarithm finite for a picture without any fine structure. */
const finest = 1e-9;

/** @returns undefined for a flat picture, or one of fewer than 3 pixels a side */
export function traitsOf(gray: GrayImage): Traits | undefined {
  const { width, height, data } = gray;
  if (width < 3 || height < 3) return undefined;
  const { variance } = moments(data);
  const areas = Float64Array.from(resize(gray, traitSide).data);
  const { mean, variance: between } = moments(areas);
  if (Math.sqrt(variance) < flat || Math.sqrt(between) < flat) return undefined;
  const pattern = areas.map((value) => (value - mean) / Math.sqrt(between));
  return { pattern, fine: Math.log10(laplacian(data, width, height) / variance + finest) };
}

function moments(values: ArrayLike<number>): { mean: number; variance: number } {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    squares += values[i]! * values[i]!;
  }
  const mean = sum / values.length;
  return { mean, variance: Math.max(0, squares / values.length - mean * mean) };
}

/** Mean square of four times a pixel less its four neighbours, over all pixels that have them. */
function laplacian(data: Uint8Array, width: number, height: number): number {
  let sum = 0;
  for (let y = 1; y < height - 1; y++)
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      const bend = 4 * data[at]! - data[at - 1]! - data[at + 1]! - data[at - width]! - data[at + width]!;
      sum += bend * bend;
    }
  return sum / ((width - 2) * (height - 2));
}
