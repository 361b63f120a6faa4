/**
 * Resizing with the very samples Pillow gives (`Image.resize` with `BILINEAR` or `BICUBIC`), for recipes that
 * were written around it: a network colorizes what it was trained to see. For everything else use `resize`,
 * which rounds once.
 *
 * Pillow's method: a kernel as wide as the reduction (never narrower than for enlarging), weights rounded to
 * 22 bits behind the point, first along rows, rounded to 8 bits, then along columns.
 */
import { asImage, type GrayImage, type Image, type Size } from '../image.js';
import { parseSize } from '../size.js';
import { type PillowFilter, type PillowWeights, pillowWeights, precision } from './pillow-weights.js';

// An import is looked up at each use; the compiler knows the constants of this module.
const shift = precision;
const half = 1 << (shift - 1);

/** @throws ChromarayError `CHROMARAY_IMAGE_SIZE` */
export function resizeAsPillow(image: GrayImage, target: number | Size, filter: PillowFilter): GrayImage;
export function resizeAsPillow(image: Image, target: number | Size, filter: PillowFilter): Image;
export function resizeAsPillow(
  source: GrayImage | Image,
  target: number | Size,
  filter: PillowFilter,
): GrayImage | Image {
  const { width, height } = parseSize(target);
  const { channels, ...image } = asImage(source);
  const rows =
    image.width === width ? image.data : alongRows(image, channels, pillowWeights(image.width, width, filter), width);
  const data =
    image.height === height
      ? rows
      : alongColumns(rows, width * channels, pillowWeights(image.height, height, filter), height);
  return { width, height, channels, data: data === source.data ? Uint8Array.from(data) : data };
}

/** Four rows at once, channel by channel. */
function alongRows(
  { width, height, data }: GrayImage,
  channels: number,
  weights: PillowWeights,
  to: number,
): Uint8Array {
  const result = new Uint8ClampedArray(to * height * channels);
  const rows = { from: width * channels, to: to * channels };
  for (let row = 0; row < height; row += 4) {
    const second = Math.min(row + 1, height - 1);
    const third = Math.min(row + 2, height - 1);
    const fourth = Math.min(row + 3, height - 1);
    for (let channel = 0; channel < channels; channel++) {
      for (let i = 0; i < to; i++) {
        const read = weights.first[i]! * channels + channel;
        const write = i * channels + channel;
        mixFour(
          data,
          read + row * rows.from,
          read + second * rows.from,
          read + third * rows.from,
          read + fourth * rows.from,
          channels,
          weights.values,
          i * weights.taps,
          weights.taps,
          result,
          write + row * rows.to,
          write + second * rows.to,
          write + third * rows.to,
          write + fourth * rows.to,
        );
      }
    }
  }
  return new Uint8Array(result.buffer);
}

/** Four columns at once. */
function alongColumns(data: Uint8Array, length: number, weights: PillowWeights, to: number): Uint8Array {
  const result = new Uint8ClampedArray(length * to);
  for (let i = 0; i < to; i++) {
    const read = weights.first[i]! * length;
    const write = i * length;
    for (let column = 0; column < length; column += 4) {
      const second = Math.min(column + 1, length - 1);
      const third = Math.min(column + 2, length - 1);
      const fourth = Math.min(column + 3, length - 1);
      mixFour(
        data,
        read + column,
        read + second,
        read + third,
        read + fourth,
        length,
        weights.values,
        i * weights.taps,
        weights.taps,
        result,
        write + column,
        write + second,
        write + third,
        write + fourth,
      );
    }
  }
  return new Uint8Array(result.buffer);
}

/**
 * Four samples of the same weights, each the sum over samples that lie `step` apart. `Math.imul` and `| 0` tell
 * the compiler that 32 bits hold every sum, which spares it the checks for larger ones.
 */
function mixFour(
  data: Uint8Array,
  read0: number,
  read1: number,
  read2: number,
  read3: number,
  step: number,
  weights: Int32Array,
  from: number,
  taps: number,
  to: Uint8ClampedArray,
  write0: number,
  write1: number,
  write2: number,
  write3: number,
): void {
  let [sum0, sum1, sum2, sum3] = [half, half, half, half];
  for (let k = 0, at = 0; k < taps; k++, at += step) {
    const weight = weights[from + k]!;
    sum0 = (sum0 + Math.imul(data[read0 + at]!, weight)) | 0;
    sum1 = (sum1 + Math.imul(data[read1 + at]!, weight)) | 0;
    sum2 = (sum2 + Math.imul(data[read2 + at]!, weight)) | 0;
    sum3 = (sum3 + Math.imul(data[read3 + at]!, weight)) | 0;
  }
  to[write0] = sum0 >> shift;
  to[write1] = sum1 >> shift;
  to[write2] = sum2 >> shift;
  to[write3] = sum3 >> shift;
}
