import { imagenet } from './imagenet.js';

/** A network may overshoot; this far beyond the scale, in gray levels, it is on another scale. */
const overshoot = 24;

/** Red, green and blue as a network gave them, and counts that show whether they can be right. */
export interface OutputLevels {
  /** One number a pixel: `red + 256 green + 65536 blue`. */
  readonly pixels: Int32Array;
  /** The highest byte of all. */
  readonly brightest: number;
  /** Samples so far off the scale that it must be another one. */
  readonly off: number;
  /** Samples that are no finite numbers. */
  readonly invalid: number;
}

/** Planes of floats as bytes: undone, cut off at 0 and 255, and truncated, not rounded. */
export function readLevels(output: Float32Array, values: 'levels' | 'imagenet'): OutputLevels {
  const count = output.length / 3;
  const pixels = new Int32Array(count);
  let [brightest, off, invalid] = [0, 0, 0];
  for (let channel = 0; channel < 3; channel++) {
    const plane = output.subarray(channel * count, (channel + 1) * count);
    const mean = imagenet.mean[channel]!;
    const deviation = imagenet.deviation[channel]!;
    const shift = 8 * channel;
    for (let i = 0; i < count; i++) {
      const value = plane[i]!;
      // Single precision at every step, as PyTorch computes: one rounding moves a byte.
      const level = values === 'levels' ? value : Math.fround(255 * Math.fround(Math.fround(value * deviation) + mean));
      let byte = level | 0;
      if (!(level >= 0 && level < 256)) {
        byte = level > 0 ? 255 : 0;
        if (!Number.isFinite(level)) invalid++;
        else if (level < -overshoot || level > 255 + overshoot) off++;
      }
      if (byte > brightest) brightest = byte;
      pixels[i] = pixels[i]! | (byte << shift);
    }
  }
  return { pixels, brightest, off, invalid };
}
