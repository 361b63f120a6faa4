import { Random } from '@chromaray/base';
import type { GrayImage, Image } from '../image.js';
import { cellPlaces, contract, type SplinePlace, splineCoefficients, splinePlace, splineSide } from './spline-field.js';
import { yuvToRgb } from './yuv.js';

export interface SmoothRandomOptions {
  /** Which function; default 0. */
  readonly seed?: number | string;
  /**
   * Colourfulness (Hasler and Suesstrunk 2003) over all gray levels at all places, before channels are cut off at 0
   * and 255. Default {@link smoothRandomColourfulness}.
   */
  readonly colourfulness?: number;
}

/**
 * Default {@link SmoothRandomOptions.colourfulness}: X-rays then come out about as colourful as photo-small makes them.
 * docs/imaging.md has what was measured.
 */
export const smoothRandomColourfulness = 19;

/** Raise it when a seed would give other colours. */
export const smoothRandomVersion = 1;

/**
 * A random colouring without a prior: U and V (OpenCV's full-range YUV) are two smooth functions of gray level and
 * place, drawn from the seed, on the gray picture's own luma,
 *
 *     U(g, x, y) = a * sum over i, j, k of B_i(g) B_j(x) B_k(y) u_ijk     (V likewise, with v_ijk)
 *
 * where g, x, y run from 0 to 1, the B are the uniform cubic B-splines of three spans an axis, the u and v are uniform
 * in -1 to 1, and `a` gives the colourfulness that is asked for. The functions are the same for every picture, of any
 * size, so that a colour can tell nothing of a picture but what its gray level and its place already tell.
 *
 * @returns a function that colours one picture: RGB, with the luma of the gray picture wherever no channel was cut off
 */
export function smoothRandom(options: SmoothRandomOptions = {}): (gray: GrayImage) => Image {
  const random = new Random(options.seed ?? 0).fork('smooth random colouring');
  const draw = (name: string): Float64Array => {
    const stream = random.fork(name);
    return Float64Array.from({ length: splineCoefficients }, () => stream.uniform(-1, 1));
  };
  const u = draw('u');
  const v = draw('v');
  const amplitude = (options.colourfulness ?? smoothRandomColourfulness) / unitColourfulness(u, v);
  const [scaledU, scaledV] = [u, v].map((coefficients) => coefficients.map((value) => value * amplitude)) as [
    Float64Array,
    Float64Array,
  ];
  return (gray) => colour(gray, scaledU, scaledV);
}

const levels: readonly SplinePlace[] = Array.from({ length: 256 }, (_, level) => splinePlace(level / 255));

/** Visits every pixel of a picture with its U and V. */
function eachChroma(
  { width, height, data }: GrayImage,
  u: Float64Array,
  v: Float64Array,
  visit: (pixel: number, u: number, v: number) => void,
): void {
  const across = cellPlaces(width);
  const down = cellPlaces(height);
  const plane = splineSide * splineSide;
  const [uRow, vRow] = [new Float64Array(plane), new Float64Array(plane)];
  const [uAt, vAt] = [new Float64Array(splineSide), new Float64Array(splineSide)];
  for (let y = 0, pixel = 0; y < height; y++) {
    contract(u, down[y]!, uRow);
    contract(v, down[y]!, vRow);
    for (let x = 0; x < width; x++, pixel++) {
      contract(uRow, across[x]!, uAt);
      contract(vRow, across[x]!, vAt);
      const { first, weights } = levels[data[pixel]!]!;
      const [a, b, c, d] = weights;
      visit(
        pixel,
        a * uAt[first]! + b * uAt[first + 1]! + c * uAt[first + 2]! + d * uAt[first + 3]!,
        a * vAt[first]! + b * vAt[first + 1]! + c * vAt[first + 2]! + d * vAt[first + 3]!,
      );
    }
  }
}

function colour(gray: GrayImage, u: Float64Array, v: Float64Array): Image {
  const { width, height, data } = gray;
  const yuv = new Uint8ClampedArray(data.length * 3);
  eachChroma(gray, u, v, (pixel, uValue, vValue) => {
    yuv[3 * pixel] = data[pixel]!;
    yuv[3 * pixel + 1] = Math.floor(uValue + 128.5);
    yuv[3 * pixel + 2] = Math.floor(vValue + 128.5);
  });
  return yuvToRgb({ width, height, channels: 3, data: new Uint8Array(yuv.buffer) });
}

const gridSide = 16;

/** Colourfulness at amplitude 1 over a grid of places, at each of which 16 gray levels from 0 to 255 stand. */
function unitColourfulness(u: Float64Array, v: Float64Array): number {
  let [count, rg, yb, rgSquared, ybSquared] = [0, 0, 0, 0, 0];
  for (let level = 0; level <= 255; level += 17) {
    const data = new Uint8Array(gridSide * gridSide).fill(level);
    eachChroma({ width: gridSide, height: gridSide, data }, u, v, (_, uValue, vValue) => {
      // Red less green, and yellow less blue, of a colour with this U and V: the coefficients of `yuvToRgb`.
      const redGreen = 1.721 * vValue + 0.395 * uValue;
      const yellowBlue = 0.2795 * vValue - 2.2295 * uValue;
      count++;
      rg += redGreen;
      yb += yellowBlue;
      rgSquared += redGreen * redGreen;
      ybSquared += yellowBlue * yellowBlue;
    });
  }
  const mean = (rg / count) ** 2 + (yb / count) ** 2;
  const variance = (rgSquared + ybSquared) / count - mean;
  return Math.sqrt(variance) + 0.3 * Math.sqrt(mean);
}
