import type { GrayImage } from '../image.js';

export interface DetailOptions {
  /** Half the side of the window in pixels, without its centre. Default: a sixteenth of the shorter side, at least 1. */
  readonly radius?: number;
  /** Steps in gray up to about this many levels count as detail, larger ones as edges. Default 12. */
  readonly edge?: number;
  /** How much the detail is raised. Default 4. */
  readonly gain?: number;
}

/**
 * Fine structure without halos along strong edges: the picture less its base layer, raised by the gain, around
 * 128. The base layer is the picture smoothed by the guided filter with itself as guide (He, Sun and Tang, IEEE
 * TPAMI 35, 2013): where the variance of a window is large against `edge` squared the window holds an edge and
 * is kept, elsewhere it becomes its mean. Windows are cut off at the picture's border.
 */
export function edgePreservingDetail(image: GrayImage, options: DetailOptions = {}): GrayImage {
  const { width, height, data } = image;
  const { radius = Math.max(1, Math.round(Math.min(width, height) / 16)), edge = 12, gain = 4 } = options;
  const values = Float64Array.from(data);
  const mean = windowMeans(values, width, height, radius);
  const squares = windowMeans(
    values.map((value) => value * value),
    width,
    height,
    radius,
  );
  const slope = squares.map((square, i) => {
    const variance = Math.max(0, square - mean[i]! * mean[i]!);
    return variance / (variance + edge * edge);
  });
  const offset = mean.map((value, i) => value * (1 - slope[i]!));
  const slopes = windowMeans(slope, width, height, radius);
  const offsets = windowMeans(offset, width, height, radius);
  const result = new Uint8ClampedArray(data.length);
  for (let i = 0; i < result.length; i++) {
    const base = slopes[i]! * data[i]! + offsets[i]!;
    result[i] = Math.round(128 + gain * (data[i]! - base));
  }
  return { width, height, channels: 1, data: new Uint8Array(result.buffer) };
}

/** The mean over the square window around every pixel, from sums over rectangles: the same time for any radius. */
function windowMeans(values: Float64Array, width: number, height: number, radius: number): Float64Array {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += values[y * width + x]!;
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1]! + row;
    }
  }
  const means = new Float64Array(values.length);
  for (let y = 0; y < height; y++) {
    const top = Math.max(0, y - radius) * stride;
    const bottom = Math.min(height, y + radius + 1) * stride;
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - radius);
      const right = Math.min(width, x + radius + 1);
      const area = ((bottom - top) / stride) * (right - left);
      means[y * width + x] =
        (sums[bottom + right]! - sums[top + right]! - sums[bottom + left]! + sums[top + left]!) / area;
    }
  }
  return means;
}
