import type { Random } from '@chromaray/base';

/**
 * A smooth random field of mean 0 and about unit spread on a square raster: normal numbers on a coarse
 * lattice, cubically interpolated first along rows and then along columns, so that the cost per cell is
 * four products however coarse the lattice.
 *
 * @param side cells a side of the raster
 * @param knots lattice intervals a side; the field varies over side / knots cells
 */
export function smoothField(side: number, knots: number, random: Random): Float32Array {
  const lattice = knots + 3;
  const values = new Float32Array(lattice * lattice);
  for (let i = 0; i < values.length; i++) values[i] = random.normal();
  const { index, weight } = splineWeights(side, knots);
  const rows = new Float32Array(lattice * side);
  for (let row = 0; row < lattice; row++) {
    for (let column = 0; column < side; column++) {
      const from = row * lattice + index[column]!;
      const w = column * 4;
      rows[row * side + column] =
        weight[w]! * values[from]! +
        weight[w + 1]! * values[from + 1]! +
        weight[w + 2]! * values[from + 2]! +
        weight[w + 3]! * values[from + 3]!;
    }
  }
  const field = new Float32Array(side * side);
  for (let row = 0; row < side; row++) {
    const from = index[row]! * side;
    const w0 = weight[row * 4]!;
    const w1 = weight[row * 4 + 1]!;
    const w2 = weight[row * 4 + 2]!;
    const w3 = weight[row * 4 + 3]!;
    const to = row * side;
    for (let column = 0; column < side; column++) {
      const at = from + column;
      field[to + column] =
        w0 * rows[at]! + w1 * rows[at + side]! + w2 * rows[at + 2 * side]! + w3 * rows[at + 3 * side]!;
    }
  }
  return field;
}

/** Uniform cubic B-spline weights, scaled so that independent unit normals give a variance near one. */
function splineWeights(side: number, knots: number): { index: Int32Array; weight: Float32Array } {
  const index = new Int32Array(side);
  const weight = new Float32Array(side * 4);
  for (let i = 0; i < side; i++) {
    const position = ((i + 0.5) / side) * knots;
    const cell = Math.min(knots - 1, Math.floor(position));
    const t = position - cell;
    const u = 1 - t;
    const raw = [
      (u * u * u) / 6,
      (4 - 6 * t * t + 3 * t * t * t) / 6,
      (4 - 6 * u * u + 3 * u * u * u) / 6,
      (t * t * t) / 6,
    ];
    const norm = Math.hypot(...raw);
    index[i] = cell;
    for (let k = 0; k < 4; k++) weight[i * 4 + k] = raw[k]! / norm;
  }
  return { index, weight };
}
