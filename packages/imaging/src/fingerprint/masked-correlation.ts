import { type Affine, leastOverlap } from './align.js';

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
  const warped = new Float32Array(side * side);
  const inside = new Uint8Array(side * side);
  const overlap = warp(moving, map, side, warped, inside);
  if (overlap < leastOverlap * side * side) return 0;
  const a = maskedDetail(fixed, inside, side, radius);
  const b = maskedDetail(warped, inside, side, radius);
  let [n, sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < inside.length; i++) {
    if (inside[i] === 0) continue;
    const [va, vb] = [a[i]!, b[i]!];
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
    for (let column = 0; column < side; column++, at++) {
      const x = (column + 0.5) / half - 1;
      const px = (a * x + b * y + c + 1) * half - 0.5;
      const py = (d * x + e * y + f + 1) * half - 0.5;
      if (!(px >= 0 && py >= 0 && px <= last && py <= last)) continue;
      const [left, top] = [Math.min(px | 0, last - 1), Math.min(py | 0, last - 1)];
      const [fx, fy] = [px - left, py - top];
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

/** Variance of JPEG's noise in a thumbnail, which is no structure. */
const quiet = 9;

function maskedDetail(samples: ArrayLike<number>, inside: Uint8Array, side: number, radius: number): Float32Array {
  const width = side + 1;
  const [counts, sums, squares] = [0, 0, 0].map(() => new Float64Array(width * width)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let row = 0; row < side; row++) {
    let [count, sum, square] = [0, 0, 0];
    for (let column = 0; column < side; column++) {
      const at = row * side + column;
      if (inside[at] !== 0) {
        count++;
        sum += samples[at]!;
        square += samples[at]! ** 2;
      }
      const to = (row + 1) * width + column + 1;
      counts[to] = counts[to - width]! + count;
      sums[to] = sums[to - width]! + sum;
      squares[to] = squares[to - width]! + square;
    }
  }
  const result = new Float32Array(side * side);
  for (let row = 0; row < side; row++) {
    const [top, bottom] = [Math.max(0, row - radius) * width, Math.min(side, row + radius + 1) * width];
    for (let column = 0; column < side; column++) {
      const at = row * side + column;
      if (inside[at] === 0) continue;
      const [left, right] = [Math.max(0, column - radius), Math.min(side, column + radius + 1)];
      const box = (of: Float64Array): number =>
        of[bottom + right]! - of[top + right]! - of[bottom + left]! + of[top + left]!;
      const count = box(counts);
      const mean = box(sums) / count;
      const variance = box(squares) / count - mean * mean;
      result[at] = (samples[at]! - mean) / Math.sqrt(Math.max(0, variance) + quiet);
    }
  }
  return result;
}
