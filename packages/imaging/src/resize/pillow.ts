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

export type PillowFilter = 'bilinear' | 'bicubic';

const precision = 22;
const half = 1 << (precision - 1);

const kernels: Readonly<Record<PillowFilter, { readonly reach: number; readonly weight: (x: number) => number }>> = {
  bilinear: { reach: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { reach: 2, weight: (x) => keys(Math.abs(x)) },
};

/** Keys's cubic with a = -0.5. */
function keys(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

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
    image.width === width
      ? image.data
      : pass(image.data, weights(image.width, width, filter), 1, image.height, channels);
  const data = image.height === height ? rows : pass(rows, weights(image.height, height, filter), width, 1, channels);
  return { width, height, channels, data: data === source.data ? Uint8Array.from(data) : data };
}

interface Weights {
  readonly from: number;
  readonly to: number;
  readonly first: Int32Array;
  /** Those of each target sample. */
  readonly values: readonly Int32Array[];
}

function weights(from: number, to: number, filter: PillowFilter): Weights {
  const { reach, weight } = kernels[filter];
  const scale = from / to;
  const stretch = Math.max(1, scale);
  const support = reach * stretch;
  const first = new Int32Array(to);
  const values: Int32Array[] = [];
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const count = Math.min(from, Math.trunc(centre + support + 0.5)) - start;
    const plain = Array.from({ length: count }, (_, k) => weight((k + start - centre + 0.5) * (1 / stretch)));
    const sum = plain.reduce((total, value) => total + value, 0);
    const exact = plain.map((value) => {
      const share = sum === 0 ? value : value * (1 / sum);
      return Math.trunc((share < 0 ? -0.5 : 0.5) + share * 2 ** precision);
    });
    // Weights of nothing at the ends change no sum.
    const used = exact.findIndex((value) => value !== 0);
    const kept = exact.slice(used, exact.findLastIndex((value) => value !== 0) + 1);
    first[i] = start + used;
    values.push(Int32Array.from(kept));
  }
  return { from, to, first, values };
}

/**
 * Resamples one side of a picture.
 *
 * @param inner samples between neighbours along that side, in pixels: 1 along rows, the width along columns
 * @param outer how often the side repeats: once a row, or once
 */
function pass(data: Uint8Array, sides: Weights, inner: number, outer: number, channels: number): Uint8Array {
  const { from, to, first, values } = sides;
  const step = inner * channels;
  const result = new Uint8ClampedArray(outer * to * step);
  for (let block = 0; block < outer; block++) {
    for (let i = 0; i < to; i++) {
      const start = (block * from + first[i]!) * step;
      const target = (block * to + i) * step;
      const weight = values[i]!;
      if (weight.length === 2) mixTwo(data, start, step, weight, result, target);
      else mix(data, start, step, weight, result, target);
    }
  }
  return new Uint8Array(result.buffer);
}

/** `step` samples, each a weighted sum over samples that lie `step` apart. */
function mix(
  data: Uint8Array,
  start: number,
  step: number,
  weights: Int32Array,
  to: Uint8ClampedArray,
  target: number,
) {
  for (let at = 0; at < step; at++) {
    let sum = half;
    for (let k = 0, read = start + at; k < weights.length; k++, read += step) sum += data[read]! * weights[k]!;
    to[target + at] = sum >> precision;
  }
}

/** {@link mix} for enlarging, where all but two weights are nothing. */
function mixTwo(
  data: Uint8Array,
  start: number,
  step: number,
  weights: Int32Array,
  to: Uint8ClampedArray,
  target: number,
) {
  const first = weights[0]!;
  const second = weights[1]!;
  for (let at = 0; at < step; at++) {
    const read = start + at;
    to[target + at] = (half + data[read]! * first + data[read + step]! * second) >> precision;
  }
}
