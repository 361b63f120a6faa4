/**
 * Smooth functions of gray level and place: cubic B-splines over a coarse lattice. They need sums and products only, so
 * that every processor and every JavaScript engine gives the same bits, which sines and cosines do not promise.
 */

/** Equal spans that each axis (gray level, across, down) is cut into: no wave is shorter than about two of them. */
export const splineSpans = 3;
/** Coefficients along each axis: a cubic needs three more than there are spans. */
export const splineSide = splineSpans + 3;
/** Coefficients of one function, ordered down, across, gray. */
export const splineCoefficients = splineSide ** 3;

/** Where a cubic B-spline is read: the first of four coefficients, and their weights. */
export interface SplinePlace {
  readonly first: number;
  readonly weights: readonly [number, number, number, number];
}

/**
 * Uniform cubic B-splines at a place of one axis.
 *
 * @param t from 0 to 1
 */
export function splinePlace(t: number): SplinePlace {
  const first = Math.min(splineSpans - 1, Math.floor(t * splineSpans));
  const u = t * splineSpans - first;
  const v = 1 - u;
  return {
    first,
    weights: [
      (v * v * v) / 6,
      (3 * u * u * u - 6 * u * u + 4) / 6,
      (3 * v * v * v - 6 * v * v + 4) / 6,
      (u * u * u) / 6,
    ],
  };
}

/** Places of the centres of `count` equal cells from 0 to 1: the pixels of a row or a column. */
export function cellPlaces(count: number): readonly SplinePlace[] {
  return Array.from({ length: count }, (_, i) => splinePlace((i + 0.5) / count));
}

/**
 * Fixes the first axis of a function at a place.
 *
 * @param coefficients of 3, 2 or 1 axes
 * @param into the coefficients of the axes that are left
 */
export function contract(coefficients: Float64Array, { first, weights }: SplinePlace, into: Float64Array): void {
  const n = into.length;
  const [a, b, c, d] = weights;
  let at = first * n;
  for (let i = 0; i < n; i++, at++) {
    into[i] =
      a * coefficients[at]! + b * coefficients[at + n]! + c * coefficients[at + 2 * n]! + d * coefficients[at + 3 * n]!;
  }
}
