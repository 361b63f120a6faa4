/**
 * sRGB and CIE L*a*b* under D65, as OpenCV's `COLOR_RGB2Lab` defines them for pictures in floating point: the
 * transfer function of IEC 61966-2-1, the primaries of BT.709, and the white that these give for R = G = B = 1,
 * so that gray has a = b = 0. L runs from 0 to 100, a and b roughly from -127 to 127.
 */
import type { GrayImage, Image, Size } from '../image.js';
import { stretchedRows } from '../resize/plane.js';

const whiteX = 0.950456;
const whiteZ = 1.088754;
/** Below this share of white's luminance the cube root is replaced by a straight line. */
const dark = 216 / 24389;
const darkSlope = 24389 / 27;

/** @param rgb red, green and blue from 0 to 1 */
export function srgbToLab(rgb: readonly [number, number, number]): [l: number, a: number, b: number] {
  const [red, green, blue] = rgb.map(toLinear) as [number, number, number];
  const x = cubeRoot((0.412453 * red + 0.35758 * green + 0.180423 * blue) / whiteX);
  const y = cubeRoot(0.212671 * red + 0.71516 * green + 0.072169 * blue);
  const z = cubeRoot((0.019334 * red + 0.119193 * green + 0.950227 * blue) / whiteZ);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** @returns red, green and blue from 0 to 1; colours that sRGB cannot show are cut off channel by channel */
export function labToSrgb(lab: readonly [l: number, a: number, b: number]): [number, number, number] {
  return labToLinear(...lab).map((value) => fromLinear(Math.min(1, Math.max(0, value)))) as [number, number, number];
}

/** L of each gray level from 0 to 255: 0 to 100. */
export const grayLightness: Float64Array = Float64Array.from(
  { length: 256 },
  (_, level) => srgbToLab([level / 255, level / 255, level / 255])[0],
);

/** Chroma of a picture: one value a pixel for each axis, row after row. */
export interface Chroma extends Size {
  readonly a: Float32Array;
  readonly b: Float32Array;
}

/** Cube root of each gray level's luminance, as Lab has it, and the luminance. */
const grayRoot = grayLightness.map((lightness) => (lightness + 16) / 116);
const grayLuminance = grayRoot.map(cube);

/** The colours of `chroma` on the lightness of a gray picture of the same size; 8-bit RGB, rounded to nearest. */
export function mergeLightness(gray: GrayImage, chroma: Chroma): Image {
  const { width, height, data } = gray;
  const rgb = new Uint8Array(data.length * 3);
  mergeRun(data, chroma.a, chroma.b, rgb, 0);
  return { width, height, channels: 3, data: rgb };
}

/** {@link mergeLightness} with chroma of another size, stretched row by row on the way as {@link stretchPlane} does. */
export function mergeStretchedLightness(gray: GrayImage, chroma: Chroma): Image {
  const { width, height, data } = gray;
  const rgb = new Uint8Array(data.length * 3);
  const a = stretchedRows(chroma.a, chroma, gray);
  const b = stretchedRows(chroma.b, chroma, gray);
  for (let y = 0; y < height; y++) mergeRun(data, a(y), b(y), rgb, y * width);
  return { width, height, channels: 3, data: rgb };
}

/** @param start pixel of `gray` and `rgb` that the first of `a` and `b` belongs to */
function mergeRun(gray: Uint8Array, a: Float32Array, b: Float32Array, rgb: Uint8Array, start: number): void {
  for (let i = 0, to = start * 3; i < a.length; i++, to += 3) {
    const shade = gray[start + i]!;
    const y = grayRoot[shade]!;
    const x = whiteX * cube(y + a[i]! / 500);
    const z = whiteZ * cube(y - b[i]! / 200);
    const luminance = grayLuminance[shade]!;
    rgb[to] = level(3.240479 * x - 1.53715 * luminance - 0.498535 * z);
    rgb[to + 1] = level(-0.969256 * x + 1.875991 * luminance + 0.041556 * z);
    rgb[to + 2] = level(0.055648 * x - 0.204043 * luminance + 1.057311 * z);
  }
}

function labToLinear(l: number, a: number, b: number): [number, number, number] {
  const y = (l + 16) / 116;
  const x = whiteX * cube(y + a / 500);
  const z = whiteZ * cube(y - b / 200);
  const luminance = cube(y);
  return [
    3.240479 * x - 1.53715 * luminance - 0.498535 * z,
    -0.969256 * x + 1.875991 * luminance + 0.041556 * z,
    0.055648 * x - 0.204043 * luminance + 1.057311 * z,
  ];
}

function toLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function fromLinear(value: number): number {
  return value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
}

function cubeRoot(share: number): number {
  return share > dark ? Math.cbrt(share) : (darkSlope * share + 16) / 116;
}

/** Inverse of {@link cubeRoot}. */
function cube(root: number): number {
  return root > 6 / 29 ? root * root * root : (116 * root - 16) / darkSlope;
}

/** `starts[v]`: the least linear light that rounds to the 8-bit level `v`. */
const starts = Float64Array.from({ length: 257 }, (_, v) => (v === 0 ? -1 : v === 256 ? 2 : toLinear((v - 0.5) / 255)));
/** So many equal stretches of linear light that no more than one level begins in each. */
const buckets = 1 << 14;
/** The level at the lower end of each. */
const guesses = Uint8Array.from({ length: buckets + 1 }, (_, i) => Math.round(255 * fromLinear(i / buckets)));

/** 255 times {@link fromLinear}, rounded: a look-up, since a power for every sample takes longer than all else. */
function level(light: number): number {
  if (!(light > 0)) return 0;
  if (light >= 1) return 255;
  const value = guesses[(light * buckets) | 0]!;
  return light >= starts[value + 1]! ? value + 1 : value;
}
