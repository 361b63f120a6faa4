import type { Image } from '../image.js';

/** Standard deviations to either side that a kernel reaches, as SciPy's `gaussian_filter` cuts it. */
const reach = 4;

/**
 * Gaussian blur, channel by channel, first along columns of pixels, then along rows; beyond an edge its own pixel goes
 * on. As SciPy's `gaussian_filter(mode='nearest')` in floating point, rounded to nearest once.
 *
 * @param deviation standard deviation in pixels, above 0
 */
export function blur({ width, height, channels, data }: Image, deviation: number): Image {
  const kernel = gaussian(deviation);
  const row = width * channels;
  const upright = convolved(Float64Array.from(data), kernel, height, row, (line) => line, row);
  const flat = convolved(
    upright,
    kernel,
    width,
    height * channels,
    (line) => Math.floor(line / channels) * row + (line % channels),
    channels,
  );
  return { width, height, channels, data: Uint8Array.from(flat, (value) => Math.floor(value + 0.5)) };
}

function gaussian(deviation: number): Float64Array {
  const radius = Math.floor(reach * deviation + 0.5);
  const kernel = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - radius) / deviation) ** 2),
  );
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  return kernel.map((weight) => weight / sum);
}

/** Each of `lines` lines of `length` values, which begin at `start(line)` and lie `step` apart. */
function convolved(
  values: Float64Array,
  kernel: Float64Array,
  length: number,
  lines: number,
  start: (line: number) => number,
  step: number,
): Float64Array {
  const radius = kernel.length >> 1;
  const result = new Float64Array(values.length);
  for (let line = 0; line < lines; line++) {
    const first = start(line);
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let k = 0; k < kernel.length; k++) {
        const place = Math.min(length - 1, Math.max(0, i + k - radius));
        sum += kernel[k]! * values[first + place * step]!;
      }
      result[first + i * step] = sum;
    }
  }
  return result;
}
