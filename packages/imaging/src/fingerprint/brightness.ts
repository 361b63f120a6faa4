/** How the gray levels of a picture are spread; all between 0 and 255. */
export interface Brightness {
  readonly mean: number;
  /** Standard deviation. */
  readonly deviation: number;
  /** Level that 1 % of the pixels do not exceed. */
  readonly low: number;
  /** Level that 99 % of the pixels do not exceed. */
  readonly high: number;
}

/** Measures gray samples through their histogram, hence in one pass over a picture of any size. */
export function measureBrightness(samples: Uint8Array): Brightness {
  const histogram = new Uint32Array(256);
  for (let i = 0; i < samples.length; i++) histogram[samples[i]!]!++;
  let sum = 0;
  let squares = 0;
  histogram.forEach((count, level) => {
    sum += count * level;
    squares += count * level * level;
  });
  const mean = sum / samples.length;
  const deviation = Math.sqrt(Math.max(0, squares / samples.length - mean * mean));
  return {
    mean,
    deviation,
    low: quantile(histogram, 0.01 * samples.length),
    high: quantile(histogram, 0.99 * samples.length),
  };
}

function quantile(histogram: Uint32Array, rank: number): number {
  let below = 0;
  for (let level = 0; level < 256; level++) {
    below += histogram[level]!;
    if (below >= rank) return level;
  }
  return 255;
}
