/** Frequencies kept along each side. */
export const frequencies = 8;
/** Coefficients a picture is described by: all pairs of frequencies but the mean, row after row. */
export const coefficientCount = frequencies * frequencies - 1;

/**
 * Lowest frequencies of a square picture: its type II discrete cosine transform (Ahmed, Natarajan & Rao 1974)
 * without the mean, so that brightness does not change it.
 *
 * @param samples `side * side` gray levels
 * @returns {@link coefficientCount} numbers; that of vertical frequency `v` and horizontal frequency `u` stands
 *   at `v * frequencies + u - 1`
 */
export function lowFrequencies(samples: ArrayLike<number>, side: number): Float64Array {
  const basis = cosineBasis(side);
  const rows = new Float64Array(side * frequencies);
  for (let y = 0; y < side; y++) {
    for (let u = 0; u < frequencies; u++) {
      let sum = 0;
      for (let x = 0; x < side; x++) sum += samples[y * side + x]! * basis[u * side + x]!;
      rows[y * frequencies + u] = sum;
    }
  }
  const result = new Float64Array(coefficientCount);
  for (let v = 0; v < frequencies; v++) {
    for (let u = v === 0 ? 1 : 0; u < frequencies; u++) {
      let sum = 0;
      for (let y = 0; y < side; y++) sum += rows[y * frequencies + u]! * basis[v * side + y]!;
      result[v * frequencies + u - 1] = sum;
    }
  }
  return result;
}

/** Coefficients of the mirror image (left and right exchanged): odd horizontal frequencies change their sign. */
export function mirrored(coefficients: Float64Array): Float64Array {
  return coefficients.map((value, i) => (((i + 1) % frequencies) % 2 === 1 ? -value : value));
}

const bases = new Map<number, Float64Array>();

/** Orthonormal cosines, one frequency after the other. */
function cosineBasis(side: number): Float64Array {
  let basis = bases.get(side);
  if (basis === undefined) {
    basis = new Float64Array(frequencies * side);
    for (let u = 0; u < frequencies; u++) {
      const scale = Math.sqrt((u === 0 ? 1 : 2) / side);
      for (let x = 0; x < side; x++) basis[u * side + x] = scale * Math.cos((Math.PI * u * (2 * x + 1)) / (2 * side));
    }
    bases.set(side, basis);
  }
  return basis;
}
