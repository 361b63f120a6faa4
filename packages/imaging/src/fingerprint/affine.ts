/**
 * An affine map of the plane, `x' = a x + b y + c` and `y' = d x + e y + f`, in coordinates that run from -1
 * to 1 over a picture: it tells where in the moving picture a point of the fixed picture lies.
 */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** The map that moves nothing. */
export const identity: Affine = [1, 0, 0, 0, 1, 0];

/** First `inner`, then `outer`. */
export function compose(outer: Affine, inner: Affine | undefined): Affine | undefined {
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
