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
  /** Made when first needed: a picture that is only compared as it lies needs none of it. */
  private derivatives: Derivatives | undefined;

  /** @param picture `side * side` samples */
  constructor(
    picture: Float32Array,
    private readonly side: number,
  ) {
    this.samples = standardised(picture);
  }

  /**
   * Lays `moving` on this picture, starting from a map near the right one.
   *
   * @param moving `side * side` samples
   * @param start where to begin; shifts of up to a fifth of a structure's width are recovered
   * @param steps most improvements made
   */
  align(moving: Float32Array, start: Affine, steps: number): Alignment {
    const warped = new Float32Array(moving.length);
    let map = start;
    let statistics = this.compare(moving, map, warped);
    let best: Alignment = { correlation: statistics.correlation, map };
    for (let step = 0; step < steps && statistics.overlaps; step++) {
      const change = this.change(warped, statistics);
      if (change === undefined) break;
      const next = compose(map, invert(change));
      if (next === undefined) break;
      map = next;
      statistics = this.compare(moving, map, warped);
      if (statistics.correlation > best.correlation) best = { correlation: statistics.correlation, map };
      if (Math.max(...change.map((value, i) => Math.abs(value - identity[i]!))) < settled) break;
    }
    return best;
  }

  /** Warps `moving` into `warped` (NaN outside it) and correlates. */
  private compare(moving: Float32Array, [a, b, c, d, e, f]: Affine, warped: Float32Array): Statistics {
    const { side, samples } = this;
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
      for (let column = 0; column < side; column++, at++) {
        const x = (column + 0.5) / half - 1;
        const px = (a * x + b * y + c + 1) * half - 0.5;
        const py = (d * x + e * y + f + 1) * half - 0.5;
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
  private change(warped: Float32Array, { mean, deviation }: Statistics): Affine | undefined {
    this.derivatives ??= differentiate(this.samples, this.side);
    const { steepest, inverse } = this.derivatives;
    if (inverse === undefined) return undefined;
    const { samples } = this;
    const gradient = new Float64Array(parameters);
    for (let at = 0, from = 0; at < warped.length; at++, from += parameters) {
      const w = warped[at]!;
      if (Number.isNaN(w)) continue;
      const error = (w - mean) / deviation - samples[at]!;
      for (let p = 0; p < parameters; p++) gradient[p]! += steepest[from + p]! * error;
    }
    const delta = Array.from({ length: parameters }, (_, row) => {
      let sum = 0;
      for (let column = 0; column < parameters; column++)
        sum += inverse[row * parameters + column]! * gradient[column]!;
      return sum;
    });
    return [1 + delta[0]!, delta[1]!, delta[2]!, delta[3]!, 1 + delta[4]!, delta[5]!];
  }
}

interface Derivatives {
  /** Gradient of each sample by the six parameters, one pixel after the other. */
  readonly steepest: Float32Array;
  /** Of the Gauss-Newton matrix; undefined for a picture that cannot tell how it was moved. */
  readonly inverse: Float64Array | undefined;
}

function differentiate(samples: Float32Array, side: number): Derivatives {
  const steepest = steepestDescent(samples, side);
  return { steepest, inverse: inverseHessian(steepest) };
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
  let [n, sumW, sumWW, sumT, sumTT, sumWT] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < side; row += 2) {
    const y = (row + 0.5) / half - 1;
    for (let column = 0; column < side; column += 2) {
      const x = (column + 0.5) / half - 1;
      const px = (a * x + b * y + c + 1) * half - 0.5;
      const py = (d * x + e * y + f + 1) * half - 0.5;
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

function steepestDescent(samples: Float32Array, side: number): Float32Array {
  const steepest = new Float32Array(samples.length * parameters);
  const half = side / 2;
  const at = (row: number, column: number): number => samples[row * side + column]!;
  for (let row = 0, to = 0; row < side; row++) {
    const y = (row + 0.5) / half - 1;
    const [above, below] = [Math.max(0, row - 1), Math.min(side - 1, row + 1)];
    for (let column = 0; column < side; column++, to += parameters) {
      const x = (column + 0.5) / half - 1;
      const [left, right] = [Math.max(0, column - 1), Math.min(side - 1, column + 1)];
      const gx = ((at(row, right) - at(row, left)) / (right - left)) * half;
      const gy = ((at(below, column) - at(above, column)) / (below - above)) * half;
      steepest.set([gx * x, gx * y, gx, gy * x, gy * y, gy], to);
    }
  }
  return steepest;
}

function inverseHessian(steepest: Float32Array): Float64Array | undefined {
  const n = parameters;
  const wide = new Float64Array(n * 2 * n);
  for (let from = 0; from < steepest.length; from += n) {
    for (let i = 0; i < n; i++) {
      const left = steepest[from + i]!;
      for (let j = i; j < n; j++) wide[i * 2 * n + j]! += left * steepest[from + j]!;
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) wide[i * 2 * n + j] = wide[j * 2 * n + i]!;
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
