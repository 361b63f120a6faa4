import { requireOpenUnit } from '../interval.js';

const SQRT_2 = Math.SQRT2;
const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);
const SQRT_2_PI = Math.sqrt(2 * Math.PI);

/** Density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / SQRT_2_PI;
}

/**
 * P(Z <= z) for a standard normal Z, with a relative error below 1e-12 as far as a double reaches
 * (z > -37), because p values are read in the tail.
 */
export function normalCdf(z: number): number {
  return z <= 0 ? 0.5 * erfcPositive(-z / SQRT_2) : 1 - 0.5 * erfcPositive(z / SQRT_2);
}

/** Two-sided p value of a standard normal statistic. */
export function normalTwoSidedP(z: number): number {
  return Math.min(1, erfcPositive(Math.abs(z) / SQRT_2));
}

/**
 * The z with P(Z <= z) = p, for p in (0, 1): a rational first guess (Abramowitz & Stegun 26.2.23)
 * refined by Halley's method against {@link normalCdf}.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function normalQuantile(p: number): number {
  requireOpenUnit(p, 'The probability of a normal quantile');
  if (p > 0.5) return -lowerQuantile(1 - p);
  return lowerQuantile(p);
}

function lowerQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p));
  let z = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
  for (let step = 0; step < 4; step++) {
    const newton = (normalCdf(z) - p) / normalDensity(z);
    z -= newton / (1 + 0.5 * z * newton);
  }
  return z;
}

/** Complementary error function for x >= 0: a series of positive terms, then a continued fraction. */
function erfcPositive(x: number): number {
  if (x < 2) {
    // erf(x) = 2/sqrt(pi) exp(-x^2) sum 2^n x^(2n+1) / (2n+1)!!  (Abramowitz & Stegun 7.1.6)
    let term = x;
    let sum = x;
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
  }
  // erfc(x) = exp(-x^2)/sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + ...))))  (7.1.14), from the far end
  let tail = x;
  for (let k = Math.ceil(20 + 400 / (x * x)); k >= 1; k--) tail = x + k / 2 / tail;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / tail;
}
