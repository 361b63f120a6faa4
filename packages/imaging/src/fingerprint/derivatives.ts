/** Numbers that describe an affine map. */
export const parameters = 6;

/** What a picture's samples tell of movements. */
export interface Derivatives {
  /** Slopes of the samples, in units of the coordinates. */
  readonly across: Float32Array;
  readonly down: Float32Array;
  /** Of the Gauss-Newton matrix; undefined for a picture that cannot tell how it was moved. */
  readonly inverse: Float64Array | undefined;
}

export function differentiate(samples: Float32Array, side: number): Derivatives {
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
