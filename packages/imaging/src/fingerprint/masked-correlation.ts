import type { Affine } from './affine.js';
import { leastOverlap } from './align.js';

/**
 * How well two pictures agree in detail where they overlap once one is laid on the other: both are freed of shading
 * within the overlap only, so that a border around one of them makes no false edge, and the finer picture is not
 * asked for more than the coarser one holds.
 *
 * @param fixed `side * side` gray levels
 * @param moving as many; `map` tells where in it a point of the fixed picture lies
 * @param radius of the neighbourhood that detail is told against, in pixels
 * @returns Pearson correlation; 0 where they overlap too little or have no contrast
 */
export function maskedCorrelation(
  fixed: ArrayLike<number>,
  moving: ArrayLike<number>,
  map: Affine,
  side: number,
  radius: number,
): number {
  const scratch = scratchFor(side);
  const { warped, inside, a, b } = scratch;
  const overlap = warp(moving, map, side, warped, inside);
  if (overlap < leastOverlap * side * side) return 0;
  leaveOutFill([fixed, warped], overlap, scratch, side);
  maskedDetail(fixed, scratch, side, radius, a);
  maskedDetail(warped, scratch, side, radius, b);
  let n = 0;
  let sumA = 0;
  let sumB = 0;
  let sumAA = 0;
  let sumBB = 0;
  let sumAB = 0;
  for (let i = 0; i < inside.length; i++) {
    if (inside[i] === 0) continue;
    const va = a[i]!;
    const vb = b[i]!;
    n++;
    sumA += va;
    sumB += vb;
    sumAA += va * va;
    sumBB += vb * vb;
    sumAB += va * vb;
  }
  const [varianceA, varianceB] = [sumAA / n - (sumA / n) ** 2, sumBB / n - (sumB / n) ** 2];
  if (!(varianceA > 1e-6 && varianceB > 1e-6)) return 0;
  return (sumAB / n - (sumA / n) * (sumB / n)) / Math.sqrt(varianceA * varianceB);
}

/** What one comparison needs, used anew for the next: it is never left between two. */
interface Scratch {
  readonly side: number;
  readonly warped: Float32Array;
  readonly inside: Uint8Array;
  readonly filled: Uint8Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
  /** Running totals with a row and a column of zeros before them. */
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

let latest: Scratch | undefined;

function scratchFor(side: number): Scratch {
  if (latest?.side === side) return latest;
  const [samples, totals] = [side * side, (side + 1) * (side + 1)];
  latest = {
    side,
    warped: new Float32Array(samples),
    inside: new Uint8Array(samples),
    filled: new Uint8Array(samples),
    a: new Float32Array(samples),
    b: new Float32Array(samples),
    counts: new Float64Array(totals),
    sums: new Float64Array(totals),
    squares: new Float64Array(totals),
  };
  return latest;
}

function warp(
  moving: ArrayLike<number>,
  [a, b, c, d, e, f]: Affine,
  side: number,
  warped: Float32Array,
  inside: Uint8Array,
): number {
  const half = side / 2;
  const last = side - 1;
  let overlap = 0;
  for (let row = 0, at = 0; row < side; row++) {
    const y = (row + 0.5) / half - 1;
    const startX = (b * y + c + 1 - a) * half + (a - 1) / 2;
    const startY = (e * y + f + 1 - d) * half + (d - 1) / 2;
    for (let column = 0; column < side; column++, at++) {
      const px = startX + a * column;
      const py = startY + d * column;
      inside[at] = 0;
      if (!(px >= 0 && py >= 0 && px <= last && py <= last)) continue;
      const left = Math.min(px | 0, last - 1);
      const top = Math.min(py | 0, last - 1);
      const fx = px - left;
      const fy = py - top;
      const from = top * side + left;
      const upper = moving[from]! + fx * (moving[from + 1]! - moving[from]!);
      const lower = moving[from + side]! + fx * (moving[from + side + 1]! - moving[from + side]!);
      warped[at] = upper + fy * (lower - upper);
      inside[at] = 1;
      overlap++;
    }
  }
  return overlap;
}

/** Where more of the overlap than this is black or white, it is not a filled corner, but what the picture shows. */
const mostFilled = 0.2;
/** Levels from which on a sample is black or white, give or take JPEG's noise. */
const [black, white] = [4, 251];
/** Samples next to a fill that are left out with it: the neighbour that told it is one, and a mixture. */
const reach = 2;

/**
 * Leaves out of `inside` what is filled in black or white in one of two pictures, as the corners of a turned picture are, and
 * the samples beside it, which are a mixture: it is no detail of the picture, and hides none.
 */
function leaveOutFill(pictures: readonly ArrayLike<number>[], overlap: number, scratch: Scratch, side: number): void {
  const { inside, filled } = scratch;
  filled.fill(0);
  for (const samples of pictures) markFill(samples, scratch, side);
  let count = 0;
  for (let at = 0; at < filled.length; at++) count += filled[at]! & inside[at]!;
  if (count > mostFilled * overlap) return;
  for (let at = 0; at < filled.length; at++) if (filled[at] === 1) inside[at] = 0;
}

function markFill(samples: ArrayLike<number>, { inside, filled }: Scratch, side: number): void {
  const last = side - 1;
  for (let row = 0, at = 0; row < side; row++) {
    for (let column = 0; column < side; column++, at++) {
      const value = samples[at]!;
      if (inside[at] === 0 || (value > black && value < white)) continue;
      const isAlike = (other: number): boolean =>
        inside[other] === 0 || (value <= black ? samples[other]! <= black : samples[other]! >= white);
      if (column > 0 && !isAlike(at - 1)) continue;
      if (column < last && !isAlike(at + 1)) continue;
      if (row > 0 && !isAlike(at - side)) continue;
      if (row < last && !isAlike(at + side)) continue;
      for (let y = Math.max(0, row - reach); y <= Math.min(last, row + reach); y++) {
        filled.fill(1, y * side + Math.max(0, column - reach), y * side + Math.min(last, column + reach) + 1);
      }
    }
  }
}

/** Variance of JPEG's noise in a thumbnail, which is no structure. */
const quiet = 9;

function maskedDetail(
  samples: ArrayLike<number>,
  { inside, counts, sums, squares }: Scratch,
  side: number,
  radius: number,
  result: Float32Array,
): void {
  const width = side + 1;
  for (let row = 0; row < side; row++) {
    let count = 0;
    let sum = 0;
    let square = 0;
    for (let column = 0; column < side; column++) {
      const at = row * side + column;
      if (inside[at] !== 0) {
        const value = samples[at]!;
        count++;
        sum += value;
        square += value * value;
      }
      const to = (row + 1) * width + column + 1;
      counts[to] = counts[to - width]! + count;
      sums[to] = sums[to - width]! + sum;
      squares[to] = squares[to - width]! + square;
    }
  }
  for (let row = 0; row < side; row++) {
    const [top, bottom] = [Math.max(0, row - radius) * width, Math.min(side, row + radius + 1) * width];
    for (let column = 0; column < side; column++) {
      const at = row * side + column;
      if (inside[at] === 0) continue;
      const left = Math.max(0, column - radius);
      const right = Math.min(side, column + radius + 1);
      const a = bottom + right;
      const b = top + right;
      const c = bottom + left;
      const d = top + left;
      const count = counts[a]! - counts[b]! - counts[c]! + counts[d]!;
      const mean = (sums[a]! - sums[b]! - sums[c]! + sums[d]!) / count;
      const variance = (squares[a]! - squares[b]! - squares[c]! + squares[d]!) / count - mean * mean;
      result[at] = (samples[at]! - mean) / Math.sqrt(Math.max(0, variance) + quiet);
    }
  }
}
