import type { Size } from '../image.js';

/**
 * Stretches a plane of numbers, row after row, bilinearly between pixel centres, the edge continued outward.
 * Reducing reads single places and averages nothing, as OpenCV's `INTER_LINEAR` and PyTorch's
 * `interpolate(mode='bilinear')` do; for pictures use `resize`.
 */
export function stretchPlane(plane: Float32Array, from: Size, to: Size): Float32Array {
  if (from.width === to.width && from.height === to.height) return plane;
  const result = new Float32Array(to.width * to.height);
  const row = stretchedRows(plane, from, to);
  for (let y = 0; y < to.height; y++) result.set(row(y), y * to.width);
  return result;
}

/**
 * The rows of {@link stretchPlane}'s result, for work that needs no more than one at a time.
 *
 * @returns row `y`; the next call overwrites it
 */
export function stretchedRows(plane: Float32Array | Uint8Array, from: Size, to: Size): (y: number) => Float32Array {
  const columns = places(from.width, to.width);
  const rows = places(from.height, to.height);
  const result = new Float32Array(to.width);
  // Rows of the source at the target's width, unrounded, and which they are.
  const held = [new Float64Array(to.width), new Float64Array(to.width)];
  const which = [-1, -1];
  const wide = (row: number): Float64Array => {
    const slot = row % 2;
    if (which[slot] !== row) {
      stretchRow(plane.subarray(row * from.width, (row + 1) * from.width), columns, held[slot]!);
      which[slot] = row;
    }
    return held[slot]!;
  };
  return (y) => {
    mixRows(wide(rows.first[y]!), wide(rows.second[y]!), rows.share[y]!, result);
    return result;
  };
}

interface Places {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float64Array;
}

/** Between which two samples each target sample lies, and how far towards the second. */
function places(from: number, to: number): Places {
  const [first, second, share] = [new Int32Array(to), new Int32Array(to), new Float64Array(to)];
  for (let i = 0; i < to; i++) {
    const place = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
    first[i] = Math.floor(place);
    second[i] = Math.min(from - 1, first[i]! + 1);
    share[i] = place - first[i]!;
  }
  return { first, second, share };
}

function stretchRow(row: Float32Array | Uint8Array, { first, second, share }: Places, to: Float64Array): void {
  for (let x = 0; x < to.length; x++) {
    const across = share[x]!;
    to[x] = row[first[x]!]! * (1 - across) + row[second[x]!]! * across;
  }
}

function mixRows(top: Float64Array, bottom: Float64Array, down: number, to: Float32Array): void {
  const up = 1 - down;
  for (let x = 0; x < to.length; x++) to[x] = top[x]! * up + bottom[x]! * down;
}
