/**
 * What is left of a picture when its broad shading is taken away: the edges of ribs, vessels and heart, which
 * differ from chest to chest where the shading is alike in all. Each sample less the mean of the square around
 * it, divided by the standard deviation there, so that faint structures count as strong ones do and neither
 * exposure nor gray curve matters much.
 *
 * @param samples `side * side` gray levels
 * @param radius half the side of the square, in pixels; squares are cut at the border
 */
export function detail(samples: ArrayLike<number>, side: number, radius: number): Float32Array {
  const sums = integral(samples, side, (value) => value);
  const squares = integral(samples, side, (value) => value * value);
  const result = new Float32Array(side * side);
  for (let row = 0; row < side; row++) {
    const [top, bottom] = [Math.max(0, row - radius), Math.min(side, row + radius + 1)];
    for (let column = 0; column < side; column++) {
      const [left, right] = [Math.max(0, column - radius), Math.min(side, column + radius + 1)];
      const count = (bottom - top) * (right - left);
      const mean = boxSum(sums, side, top, bottom, left, right) / count;
      const variance = boxSum(squares, side, top, bottom, left, right) / count - mean * mean;
      result[row * side + column] = (samples[row * side + column]! - mean) / Math.sqrt(Math.max(0, variance) + quiet);
    }
  }
  return result;
}

/** Variance of JPEG's noise in a thumbnail, which is no structure. */
const quiet = 9;

/** Sums over all samples above and to the left, with a row and a column of zeros before them. */
function integral(samples: ArrayLike<number>, side: number, of: (value: number) => number): Float64Array {
  const result = new Float64Array((side + 1) * (side + 1));
  for (let row = 0; row < side; row++) {
    let sum = 0;
    for (let column = 0; column < side; column++) {
      sum += of(samples[row * side + column]!);
      const at = (row + 1) * (side + 1) + column + 1;
      result[at] = result[at - side - 1]! + sum;
    }
  }
  return result;
}

function boxSum(sums: Float64Array, side: number, top: number, bottom: number, left: number, right: number): number {
  const width = side + 1;
  return (
    sums[bottom * width + right]! -
    sums[top * width + right]! -
    sums[bottom * width + left]! +
    sums[top * width + left]!
  );
}
