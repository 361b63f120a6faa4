/**
 * Lays one picture on another: finds the affine map that makes them agree best, by the inverse compositional
 * algorithm of Lucas and Kanade (Baker & Matthews 2004, IJCV 56:221). What depends on the fixed picture alone
 * is computed once, so that a comparison takes microseconds. Brightness and contrast do not matter.
 */

/**
 * An affine map of the plane, `x' = a x + b y + c` and `y' = d x + e y + f`, in coordinates that run from -1
 * to 1 over a picture: it tells where in the moving picture a point of the fixed picture lies.
 */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** The map that moves nothing. */
export const identity: Affine = [1, 0, 0, 0, 1, 0];

/** How well two pictures agree once one is laid on the other. */
export interface Alignment {
  /** Pearson correlation over the overlap, -1 to 1; 0 where they overlap too little or have no contrast. */
  readonly correlation: number;
  readonly map: Affine;
}

const parameters = 6;
/** Less of the fixed picture than this covered by the moving one makes no comparison. */
export const leastOverlap = 0.7;
/** Steps end when no point moves by more than this, as a share of the half side: a twentieth of a pixel at 48. */
const settled = 2e-3;

/** A picture prepared to have others laid on it. */
export class AlignmentTarget {
  private readonly samples: Float32Array;
  /** Of each comparison anew: the moving picture where it covers this one, NaN elsewhere. */
  private readonly warped: Float32Array;
  /** Made when first needed: a picture that is only compared as it lies needs none of it. */
  private derivatives: Derivatives | undefined;

  /** @param picture `side * side` samples */
  constructor(
    picture: Float32Array,
    private readonly side: number,
  ) {
    this.samples = standardised(picture);
    this.warped = new Float32Array(picture.length);
  }

  /**
   * Lays `moving` on this picture, starting from a map near the right one.
   *
   * @param moving `side * side` samples
   * @param start where to begin; shifts of up to a fifth of a structure's width are recovered
   * @param steps most improvements made
   * @param worthwhile pictures that correlate less as they lie are left so
   */
  align(moving: ArrayLike<number>, start: Affine, steps: number, worthwhile = -1): Alignment {
    let map = start;
    let statistics = this.compare(moving, map);
    let best: Alignment = { correlation: statistics.correlation, map };
    if (best.correlation < worthwhile) return best;
    for (let step = 0; step < steps && statistics.overlaps; step++) {
      const change = this.change(statistics);
      if (change === undefined) break;
      const next = compose(map, invert(change));
      if (next === undefined) break;
      map = next;
      statistics = this.compare(moving, map);
      if (statistics.correlation > best.correlation) best = { correlation: statistics.correlation, map };
      if (change.every((value, i) => Math.abs(value - identity[i]!) < settled)) break;
    }
    return best;
  }

  /** Warps `moving` and correlates. */
  private compare(moving: ArrayLike<number>, [a, b, c, d, e, f]: Affine): Statistics {
    const { side, samples, warped } = this;
    const half = side / 2;
    const last = side - 1;
    let n = 0;
    let sumW = 0;
    let sumWW = 0;
    let sumT = 0;
    let sumTT = 0;
    let sumWT = 0;
    for (let row = 0, at = 0; row < side; row++) {
      const y = (row + 0.5) / half - 1;
      const startX = (b * y + c + 1 - a) * half + (a - 1) / 2;
      const startY = (e * y + f + 1 - d) * half + (d - 1) / 2;
      for (let column = 0; column < side; column++, at++) {
        const px = startX + a * column;
        const py = startY + d * column;
        if (!(px >= 0 && py >= 0 && px <= last && py <= last)) {
          warped[at] = Number.NaN;
          continue;
        }
        const left = Math.min(px | 0, last - 1);
        const top = Math.min(py | 0, last - 1);
        const fx = px - left;
        const fy = py - top;
        const from = top * side + left;
        const upper = moving[from]! + fx * (moving[from + 1]! - moving[from]!);
        const lower = moving[from + side]! + fx * (moving[from + side + 1]! - moving[from + side]!);
        const w = upper + fy * (lower - upper);
        const t = samples[at]!;
        warped[at] = w;
        n++;
        sumW += w;
        sumWW += w * w;
        sumT += t;
        sumTT += t * t;
        sumWT += w * t;
      }
    }
    const mean = sumW / n;
    const varianceW = sumWW / n - mean * mean;
    const varianceT = sumTT / n - (sumT / n) ** 2;
    const overlaps = n >= leastOverlap * samples.length && varianceW > 1e-9 && varianceT > 1e-9;
    const correlation = overlaps ? (sumWT / n - (mean * sumT) / n) / Math.sqrt(varianceW * varianceT) : 0;
    return { mean, deviation: Math.sqrt(varianceW), correlation, overlaps };
  }

  /** The change of the fixed picture's coordinates that would explain what is left of the difference. */
  private change({ mean, deviation }: Statistics): Affine | undefined {
    this.derivatives ??= differentiate(this.samples, this.side);
    const { across, down, inverse } = this.derivatives;
    if (inverse === undefined) return undefined;
    const { samples, side, warped } = this;
    const scale = 1 / deviation;
    const step = 2 / side;
    const first = step / 2 - 1;
    const gradient = new Float64Array(parameters);
    for (let row = 0, at = 0; row < side; row++) {
      const y = (2 * row + 1) / side - 1;
      // A parameter that multiplies y multiplies the whole row's sum.
      let acrossX = 0;
      let acrossOne = 0;
      let downX = 0;
      let downOne = 0;
      for (let column = 0; column < side; column++, at++) {
        const w = warped[at]!;
        if (Number.isNaN(w)) continue;
        const error = (w - mean) * scale - samples[at]!;
        const x = column * step + first;
        const alongX = across[at]! * error;
        const alongY = down[at]! * error;
        acrossX += alongX * x;
        acrossOne += alongX;
        downX += alongY * x;
        downOne += alongY;
      }
      gradient[0]! += acrossX;
      gradient[1]! += acrossOne * y;
      gradient[2]! += acrossOne;
      gradient[3]! += downX;
      gradient[4]! += downOne * y;
      gradient[5]! += downOne;
    }
    const delta = (row: number): number => {
      let sum = 0;
      for (let column = 0; column < parameters; column++)
        sum += inverse[row * parameters + column]! * gradient[column]!;
      return sum;
    };
    return [1 + delta(0), delta(1), delta(2), delta(3), 1 + delta(4), delta(5)];
  }
}

interface Derivatives {
  /** Slopes of the samples, in units of the coordinates. */
  readonly across: Float32Array;
  readonly down: Float32Array;
  /** Of the Gauss-Newton matrix; undefined for a picture that cannot tell how it was moved. */
  readonly inverse: Float64Array | undefined;
}

function differentiate(samples: Float32Array, side: number): Derivatives {
  const [across, down] = [new Float32Array(samples.length), new Float32Array(samples.length)];
  const half = side / 2;
  for (let row = 0, at = 0; row < side; row++) {
    const [above, below] = [Math.max(0, row - 1) * side, Math.min(side - 1, row + 1) * side];
    const between = (below - above) / side;
    for (let column = 0; column < side; column++, at++) {
      const left = Math.max(0, column - 1);
      const right = Math.min(side - 1, column + 1);
      across[at] = ((samples[row * side + right]! - samples[row * side + left]!) / (right - left)) * half;
      down[at] = ((samples[below + column]! - samples[above + column]!) / between) * half;
    }
  }
  return { across, down, inverse: inverseHessian(across, down, side) };
}

interface Statistics {
  readonly mean: number;
  readonly deviation: number;
  readonly correlation: number;
  readonly overlaps: boolean;
}

/**
 * How well two pictures agree under a map, at every second sample of every second row: a quarter of the work of a
 * comparison, to see whether that is worth it.
 *
 * @param fixed, moving `side * side` samples; `map` tells where in `moving` a point of `fixed` lies
 * @returns Pearson correlation; 0 where they overlap too little or have no contrast
 */
export function correlationUnder(
  fixed: ArrayLike<number>,
  moving: ArrayLike<number>,
  [a, b, c, d, e, f]: Affine,
  side: number,
): number {
  const half = side / 2;
  const last = side - 1;
  let n = 0;
  let sumW = 0;
  let sumWW = 0;
  let sumT = 0;
  let sumTT = 0;
  let sumWT = 0;
  for (let row = 0; row < side; row += 2) {
    const y = (row + 0.5) / half - 1;
    const startX = (b * y + c + 1 - a) * half + (a - 1) / 2;
    const startY = (e * y + f + 1 - d) * half + (d - 1) / 2;
    for (let column = 0; column < side; column += 2) {
      const px = startX + a * column;
      const py = startY + d * column;
      if (!(px >= 0 && py >= 0 && px <= last && py <= last)) continue;
      const left = Math.min(px | 0, last - 1);
      const top = Math.min(py | 0, last - 1);
      const from = top * side + left;
      const upper = moving[from]! + (px - left) * (moving[from + 1]! - moving[from]!);
      const lower = moving[from + side]! + (px - left) * (moving[from + side + 1]! - moving[from + side]!);
      const w = upper + (py - top) * (lower - upper);
      const t = fixed[row * side + column]!;
      n++;
      sumW += w;
      sumWW += w * w;
      sumT += t;
      sumTT += t * t;
      sumWT += w * t;
    }
  }
  if (n < (leastOverlap * side * side) / 4) return 0;
  const varianceW = sumWW / n - (sumW / n) ** 2;
  const varianceT = sumTT / n - (sumT / n) ** 2;
  if (!(varianceW > 1e-9 && varianceT > 1e-9)) return 0;
  return (sumWT / n - (sumW / n) * (sumT / n)) / Math.sqrt(varianceW * varianceT);
}

/** Mean 0 and standard deviation 1; zeros for a picture without contrast. */
export function standardised(samples: Float32Array): Float32Array {
  let sum = 0;
  let squares = 0;
  for (const value of samples) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / samples.length;
  const variance = squares / samples.length - mean * mean;
  const scale = variance > 1e-6 ? 1 / Math.sqrt(variance) : 0;
  return samples.map((value) => (value - mean) * scale);
}

/**
 * Inverse of the Gauss-Newton matrix: sums over all samples of the products of their derivatives by the six parameters,
 * which are the slope across and the slope down, each times x, y and 1.
 */
function inverseHessian(across: Float32Array, down: Float32Array, side: number): Float64Array | undefined {
  const n = parameters;
  const wide = new Float64Array(n * 2 * n);
  // Of the products of slopes (across twice, across and down, down twice): times 1, x, y, xx, xy, yy.
  const moments = [0, 1, 2].map(() => new Float64Array(6));
  for (let row = 0, at = 0; row < side; row++) {
    const y = (2 * row + 1) / side - 1;
    let aa = 0;
    let aaX = 0;
    let aaXX = 0;
    let ad = 0;
    let adX = 0;
    let adXX = 0;
    let dd = 0;
    let ddX = 0;
    let ddXX = 0;
    for (let column = 0; column < side; column++, at++) {
      const x = (2 * column + 1) / side - 1;
      const xx = x * x;
      const gx = across[at]!;
      const gy = down[at]!;
      aa += gx * gx;
      aaX += gx * gx * x;
      aaXX += gx * gx * xx;
      ad += gx * gy;
      adX += gx * gy * x;
      adXX += gx * gy * xx;
      dd += gy * gy;
      ddX += gy * gy * x;
      ddXX += gy * gy * xx;
    }
    const rows = [
      [aa, aaX, aaXX],
      [ad, adX, adXX],
      [dd, ddX, ddXX],
    ] as const;
    for (const [k, [one, x, xx]] of rows.entries()) {
      const of = moments[k]!;
      of[0]! += one;
      of[1]! += x;
      of[2]! += one * y;
      of[3]! += xx;
      of[4]! += x * y;
      of[5]! += one * y * y;
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const slopes = (i < 3 ? 0 : 1) + (j < 3 ? 0 : 1);
      wide[i * 2 * n + j] = moments[slopes]![products[i % 3]![j % 3]!]!;
    }
  }
  for (let i = 0; i < n; i++) wide[i * 2 * n + n + i] = 1;
  for (let pivot = 0; pivot < n; pivot++) {
    const head = wide[pivot * 2 * n + pivot]!;
    // The matrix is symmetric and positive semidefinite, so that pivots need no exchange.
    if (!(head > 1e-6)) return undefined;
    for (let j = 0; j < 2 * n; j++) wide[pivot * 2 * n + j]! /= head;
    for (let i = 0; i < n; i++) {
      if (i === pivot) continue;
      const factor = wide[i * 2 * n + pivot]!;
      for (let j = 0; j < 2 * n; j++) wide[i * 2 * n + j]! -= factor * wide[pivot * 2 * n + j]!;
    }
  }
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) inverse.set(wide.subarray(i * 2 * n + n, (i + 1) * 2 * n), i * n);
  return inverse;
}

/** Which moment the product of two of x, y and 1 has. */
const products = [
  [3, 4, 1],
  [4, 5, 2],
  [1, 2, 0],
] as const;

/** First `inner`, then `outer`. */
function compose(outer: Affine, inner: Affine | undefined): Affine | undefined {
  if (inner === undefined) return undefined;
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + b * j, a * h + b * k, a * i + b * l + c, d * g + e * j, d * h + e * k, d * i + e * l + f];
}

/** The map that undoes another; undefined for one that flattens the plane. */
export function invert([a, b, c, d, e, f]: Affine): Affine | undefined {
  const determinant = a * e - b * d;
  if (!(Math.abs(determinant) > 0.05)) return undefined;
  return [
    e / determinant,
    -b / determinant,
    (b * f - e * c) / determinant,
    -d / determinant,
    a / determinant,
    (d * c - a * f) / determinant,
  ];
}
