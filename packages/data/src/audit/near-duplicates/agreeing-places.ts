import { type Affine, differingBits, type Landmarks } from '@chromaray/imaging';

export type Placed = Landmarks;

/** Landmarks of two pictures that look alike, by their positions. */
export interface Seed {
  readonly own: number;
  readonly other: number;
}

/** A movement, and the landmarks that agree with it. */
export interface Agreement {
  readonly count: number;
  readonly likeness: number;
  readonly map: Affine;
}

/** Landmarks nearer to one another than this (of a half side) tell no movement. */
const apart = 0.2;
/** More landmarks of a picture than it has. */
const mostMatches = 128;
/** Places nearer than this are one, kept to a 255th of the picture. */
const samePlace = 0.006;

/** Largest differences of what two landmarks tell of one movement: the angle in radians, and the ratio of sizes. */
const angleTolerance = 0.3;
const sizeRatio = 1.4;
const sizeTolerance = Math.log(sizeRatio);
/** How far from the place expected a landmark may be, of a half side: stretched pictures bend a movement. */
const placeTolerance = 0.1;
/** Bits in which landmarks at the expected place may differ. */
const looseBits = 32;

/** Whether two pairs of landmarks tell of one and the same turn and scale. */
export function supportsOther(own: Placed, other: Placed, a: Seed, b: Seed): boolean {
  const [p, q] = [4 * a.own, 4 * b.own];
  const [s, t] = [4 * a.other, 4 * b.other];
  const [dx, dy] = [own.places[q]! - own.places[p]!, own.places[q + 1]! - own.places[p + 1]!];
  const [ex, ey] = [other.places[t]! - other.places[s]!, other.places[t + 1]! - other.places[s + 1]!];
  const [here, there] = [Math.hypot(dx, dy), Math.hypot(ex, ey)];
  if (here < apart || there < apart) return false;
  const turn = Math.atan2(ey, ex) - Math.atan2(dy, dx);
  const growth = Math.log(there / here);
  for (const [i, k] of [
    [p, s],
    [q, t],
  ] as const) {
    if (angleBetween(other.places[k + 3]! - own.places[i + 3]!, turn) > angleTolerance) return false;
    if (Math.abs(Math.log(other.places[k + 2]! / own.places[i + 2]!) - growth) > sizeTolerance) return false;
  }
  return true;
}

/**
 * All landmarks that lie where the movement told by two of them says, and the affine map that fits them best.
 *
 * @param other sorted from left to right
 */
export function agreeingPlaces(own: Placed, other: Placed, a: Seed, b: Seed): Agreement | undefined {
  let map: Affine = similarity(own, other, a, b);
  if (findMatches(own, other, map) < 3) return undefined;
  map = leastSquares(own, other) ?? map;
  const found = findMatches(own, other, map);
  let likeness = 0;
  for (let k = 0; k < found; k++) likeness += looseBits - matched.bits[k]!;
  return {
    count: distinct(own),
    likeness,
    map: (found >= 3 ? leastSquares(own, other) : undefined) ?? map,
  };
}

/** The movement without shear that takes two landmarks to two others. */
function similarity(own: Placed, other: Placed, a: Seed, b: Seed): Affine {
  const [x0, y0] = [own.places[4 * a.own]!, own.places[4 * a.own + 1]!];
  const [u0, v0] = [other.places[4 * a.other]!, other.places[4 * a.other + 1]!];
  const [dx, dy] = [own.places[4 * b.own]! - x0, own.places[4 * b.own + 1]! - y0];
  const [ex, ey] = [other.places[4 * b.other]! - u0, other.places[4 * b.other + 1]! - v0];
  const squared = dx * dx + dy * dy;
  const cos = (dx * ex + dy * ey) / squared;
  const sin = (dx * ey - dy * ex) / squared;
  return [cos, -sin, u0 - cos * x0 + sin * y0, sin, cos, v0 - sin * x0 - cos * y0];
}

/** Landmarks that match under a map, and the bits in which they differ; used anew for each map. */
const matched = {
  own: new Int32Array(mostMatches),
  other: new Int32Array(mostMatches),
  bits: new Int32Array(mostMatches),
  count: 0,
};

/** For every landmark the most alike of those near the place where the map takes it, if any; returns how many. */
function findMatches(own: Placed, other: Placed, [a, b, c, d, e, f]: Affine): number {
  const turn = Math.atan2(d - b, a + e);
  const growth = Math.sqrt(Math.abs(a * e - b * d));
  const [from, to] = [own.places, other.places];
  const [ofOwn, ofOther] = [Math.min(own.count, mostMatches), other.count];
  matched.count = 0;
  for (let i = 0, p = 0; i < ofOwn; i++, p += 4) {
    const u = a * from[p]! + b * from[p + 1]! + c;
    const v = d * from[p]! + e * from[p + 1]! + f;
    if (!(Math.abs(u) < 1 + placeTolerance && Math.abs(v) < 1 + placeTolerance)) continue;
    const size = from[p + 2]! * growth;
    const direction = from[p + 3]! + turn;
    let best = -1;
    let least = looseBits + 1;
    for (let k = firstFrom(to, ofOther, u - placeTolerance), q = 4 * k; k < ofOther; k++, q += 4) {
      if (to[q]! > u + placeTolerance) break;
      const down = to[q + 1]! - v;
      if (down > placeTolerance || down < -placeTolerance) continue;
      const ratio = to[q + 2]! / size;
      if (ratio > sizeRatio || ratio * sizeRatio < 1 || angleBetween(to[q + 3]!, direction) > angleTolerance) continue;
      const bits = differingBits(own.descriptions, p, other.descriptions, q);
      if (bits >= least) continue;
      best = k;
      least = bits;
    }
    if (best < 0) continue;
    matched.own[matched.count] = i;
    matched.other[matched.count] = best;
    matched.bits[matched.count++] = least;
  }
  return matched.count;
}

/** The first of places sorted from left to right that does not lie left of `x`. */
function firstFrom(places: Float32Array, count: number, x: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places[4 * middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Matches at places of their own: landmarks may share a place and differ in direction. */
function distinct({ places }: Placed): number {
  let count = 0;
  for (let k = 0; k < matched.count; k++) {
    const p = 4 * matched.own[k]!;
    let isFirst = true;
    for (let earlier = 0; earlier < k && isFirst; earlier++) {
      const q = 4 * matched.own[earlier]!;
      isFirst = Math.abs(places[p]! - places[q]!) > samePlace || Math.abs(places[p + 1]! - places[q + 1]!) > samePlace;
    }
    if (isFirst) count++;
  }
  return count;
}

/** The affine map that takes the landmarks nearest to those they match; undefined where they lie on a line. */
function leastSquares(own: Placed, other: Placed): Affine | undefined {
  const n = matched.count;
  let [mx, my, mu, mv] = [0, 0, 0, 0];
  for (let k = 0; k < n; k++) {
    const [p, q] = [4 * matched.own[k]!, 4 * matched.other[k]!];
    mx += own.places[p]! / n;
    my += own.places[p + 1]! / n;
    mu += other.places[q]! / n;
    mv += other.places[q + 1]! / n;
  }
  let [xx, xy, yy, xu, yu, xv, yv] = [0, 0, 0, 0, 0, 0, 0];
  for (let k = 0; k < n; k++) {
    const [p, q] = [4 * matched.own[k]!, 4 * matched.other[k]!];
    const [x, y] = [own.places[p]! - mx, own.places[p + 1]! - my];
    const [u, v] = [other.places[q]! - mu, other.places[q + 1]! - mv];
    xx += x * x;
    xy += x * y;
    yy += y * y;
    xu += x * u;
    yu += y * u;
    xv += x * v;
    yv += y * v;
  }
  const determinant = xx * yy - xy * xy;
  if (!(determinant > 0.002 * n * n)) return undefined;
  const a = (xu * yy - yu * xy) / determinant;
  const b = (yu * xx - xu * xy) / determinant;
  const d = (xv * yy - yv * xy) / determinant;
  const e = (yv * xx - xv * xy) / determinant;
  const area = a * e - b * d;
  if (!(area > 0.1 && area < 10)) return undefined;
  return [a, b, mu - a * mx - b * my, d, e, mv - d * mx - e * my];
}

function angleBetween(a: number, b: number): number {
  const turns = (a - b) / fullTurn;
  const whole = Math.floor(turns + 0.5);
  return Math.abs(turns - whole) * fullTurn;
}

const fullTurn = 2 * Math.PI;
