import type { Image, Size } from '../image.js';

/** Side of the Gaussian window and its standard deviation, as in the paper. */
const side = 11;
const deviation = 1.5;
/** Constants of the paper for values that range over 1. */
const [c1, c2] = [0.01 ** 2, 0.03 ** 2];

/**
 * Structural similarity of two planes of numbers from 0 to 1 (Wang, Bovik, Sheikh & Simoncelli 2004): 1 where they
 * are equal, about 0 where they have nothing in common. Mean over all places where the 11 x 11 Gaussian window lies
 * inside, as in the paper and in TensorFlow's `image.ssim`.
 *
 * @returns null for planes smaller than the window
 */
export function structuralSimilarity(first: Float32Array, second: Float32Array, size: Size): number | null {
  if (size.width < side || size.height < side) return null;
  const product = (a: Float32Array, b: Float32Array): Float64Array =>
    blurred(
      Float64Array.from(a, (value, i) => value * b[i]!),
      size,
    );
  const [meanA, meanB] = [blurred(Float64Array.from(first), size), blurred(Float64Array.from(second), size)];
  const [squareA, squareB, mixed] = [product(first, first), product(second, second), product(first, second)];
  let sum = 0;
  for (let i = 0; i < meanA.length; i++) {
    const [a, b] = [meanA[i]!, meanB[i]!];
    const luminance = (2 * a * b + c1) / (a * a + b * b + c1);
    const structure = (2 * (mixed[i]! - a * b) + c2) / (squareA[i]! - a * a + squareB[i]! - b * b + c2);
    sum += luminance * structure;
  }
  return sum / meanA.length;
}

/**
 * Structural similarity of two pictures of one size and one number of channels: the mean over the channels, as
 * scikit-image has it with `channel_axis`.
 *
 * @returns null for pictures smaller than the window
 */
export function pictureSimilarity(first: Image, second: Image): number | null {
  const { channels } = first;
  let sum = 0;
  for (let channel = 0; channel < channels; channel++) {
    const value = structuralSimilarity(plane(first, channel), plane(second, channel), first);
    if (value === null) return null;
    sum += value;
  }
  return sum / channels;
}

/** One channel on a scale of 0 to 1. */
function plane({ data, channels, width, height }: Image, channel: number): Float32Array {
  return Float32Array.from({ length: width * height }, (_, i) => data[i * channels + channel]! / 255);
}

/** Weighted means under the window, where it lies inside. */
function blurred(plane: Float64Array, { width, height }: Size): Float64Array {
  const [columns, rows] = [width - side + 1, height - side + 1];
  const along = new Float64Array(columns * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < columns; x++, at++) {
      for (let i = 0; i < side; i++) along[at]! += weights[i]! * plane[y * width + x + i]!;
    }
  }
  const result = new Float64Array(columns * rows);
  for (let y = 0, at = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, at++) {
      for (let i = 0; i < side; i++) result[at]! += weights[i]! * along[(y + i) * columns + x]!;
    }
  }
  return result;
}

const weights = (() => {
  const raw = Array.from({ length: side }, (_, i) => Math.exp(-((i - (side - 1) / 2) ** 2) / (2 * deviation ** 2)));
  const total = raw.reduce((sum, value) => sum + value, 0);
  return raw.map((value) => value / total);
})();
