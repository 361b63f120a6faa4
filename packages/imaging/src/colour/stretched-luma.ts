/**
 * Coarse colours enlarged and put on the luma of a gray picture in one go. The enlarged colours would take more
 * memory than both pictures and longer to write and read than to compute; here they exist for one pixel at a time.
 */
import type { GrayImage, Image, Size } from '../image.js';
import { resizeAsPillow } from '../resize/pillow.js';
import { type PillowWeights, pillowWeights, precision } from '../resize/pillow-weights.js';
import { chromaTables, lumaOf, mergeLuma } from './yuv.js';

// An import is looked up at each use; the compiler knows the constants of this module.
const { toRed, toGreenByRed, toGreenByBlue, toBlue, bytes } = chromaTables;
const shift = precision;
const half = 1 << (shift - 1);

/** A picture of one number a pixel, row after row: `red + 256 green + 65536 blue`. */
export interface PackedImage extends Size {
  readonly pixels: Int32Array;
}

/** The same as stretching `colours` to the size of `gray` with {@link resizeAsPillow}, bilinearly, then {@link mergeLuma}. */
export function mergeStretchedLuma(gray: GrayImage, colours: PackedImage): Image {
  const { width, height, data } = gray;
  const across = pillowWeights(colours.width, width, 'bilinear');
  const down = pillowWeights(colours.height, height, 'bilinear');
  // Enlarging mixes two samples.
  if (across.taps !== 2 || down.taps !== 2) return mergeLuma(gray, resizeAsPillow(unpack(colours), gray, 'bilinear'));
  const rgb = new Uint8Array(width * height * 3);
  const rows = [new Int32Array(width), new Int32Array(width)] as const;
  let made = 0;
  for (let y = 0; y < height; y++) {
    const first = down.first[y]!;
    for (; made < first + 2; made++) {
      const row = colours.pixels.subarray(made * colours.width, (made + 1) * colours.width);
      stretchRow(row, across, rows[made % 2]!);
    }
    const [upper, lower] = first % 2 === 0 ? rows : [rows[1], rows[0]];
    mergeRow(upper, lower, down.values[2 * y]!, down.values[2 * y + 1]!, data, rgb, y * width);
  }
  return { width, height, channels: 3, data: rgb };
}

/** The weighted mean of two samples, as Pillow rounds it. `Math.imul`: 32 bits hold it. */
function mix(first: number, share: number, second: number, other: number): number {
  return (half + Math.imul(first, share) + Math.imul(second, other)) >> shift;
}

function stretchRow(row: Int32Array, { first, values }: PillowWeights, to: Int32Array): void {
  for (let x = 0; x < to.length; x++) {
    const at = first[x]!;
    const p = row[at]!;
    const q = row[at + 1]!;
    const left = values[2 * x]!;
    const right = values[2 * x + 1]!;
    const red = mix(p & 255, left, q & 255, right);
    const green = mix((p >> 8) & 255, left, (q >> 8) & 255, right);
    const blue = mix(p >> 16, left, q >> 16, right);
    to[x] = red | (green << 8) | (blue << 16);
  }
}

/** @param start pixel of `gray` and `rgb` that the first of the row belongs to */
function mergeRow(
  upper: Int32Array,
  lower: Int32Array,
  above: number,
  below: number,
  gray: Uint8Array,
  rgb: Uint8Array,
  start: number,
): void {
  for (let x = 0, to = start * 3; x < upper.length; x++, to += 3) {
    const p = upper[x]!;
    const q = lower[x]!;
    const red = mix(p & 255, above, q & 255, below);
    const green = mix((p >> 8) & 255, above, (q >> 8) & 255, below);
    const blue = mix(p >> 16, above, q >> 16, below);
    const luma = lumaOf(red, green, blue);
    const v = (255 + red - luma) | 0;
    const u = (255 + blue - luma) | 0;
    const y = (384 + gray[start + x]!) | 0;
    rgb[to] = bytes[(y + toRed[v]!) & 1023]!;
    rgb[to + 1] = bytes[(y + ((toGreenByRed[v]! + toGreenByBlue[u]!) >> 14)) & 1023]!;
    rgb[to + 2] = bytes[(y + toBlue[u]!) & 1023]!;
  }
}

function unpack({ width, height, pixels }: PackedImage): Image {
  const data = new Uint8Array(pixels.length * 3);
  pixels.forEach((pixel, i) => {
    data[3 * i] = pixel;
    data[3 * i + 1] = pixel >> 8;
    data[3 * i + 2] = pixel >> 16;
  });
  return { width, height, channels: 3, data };
}
