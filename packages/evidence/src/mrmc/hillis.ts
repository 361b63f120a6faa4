/** Differences of numbers of size 1, or of covariances relative to their size, that rounding alone makes. */
const rounding = 1e-12;

/**
 * A difference of two estimates of like size, 0 where rounding alone keeps it from being so: where nothing varies, a rest of
 * 1e-17 would make any F enormous.
 *
 * @param scale the size of what was subtracted
 */
export function beyondRounding(difference: number, scale: number): number {
  return Math.abs(difference) <= rounding * scale ? 0 : difference;
}

/** Sum of squared deviations of values from 0 to 1 from their means, without what rounding alone makes. */
export function sumOfSquares(deviations: readonly number[]): number {
  return deviations.reduce((sum, deviation) => sum + beyondRounding(deviation, 1) ** 2, 0);
}

/**
 * How much more covariance readers share within an arm than between arms, never below 0: an estimate below 0 would make the
 * test err too often (Hillis 2007, Stat Med 26:596).
 */
export function excessCovariance(cov2: number, cov3: number): number {
  return Math.max(beyondRounding(cov2 - cov3, Math.abs(cov2) + Math.abs(cov3)), 0);
}

/**
 * Hillis's degrees of freedom of an error term that is a mean square plus what cases add: (whole)² / (mean square² / its
 * degrees of freedom) (Hillis 2007; Hillis, Berbaum and Metz 2008). Infinite where the mean square is 0: only cases vary then.
 *
 * @param meanSquare with `degrees` degrees of freedom
 * @param added by cases, not below 0
 */
export function hillisDegrees(meanSquare: number, added: number, degrees: number): number {
  if (meanSquare === 0) return added === 0 ? degrees : Number.POSITIVE_INFINITY;
  return (meanSquare + added) ** 2 / (meanSquare ** 2 / degrees);
}
