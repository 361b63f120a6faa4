import type { Size } from '../image.js';

/**
 * Stretches a plane of numbers, row after row, bilinearly between pixel centres, the edge continued outward.
 * Reducing reads single places and averages nothing, as OpenCV's `INTER_LINEAR` and PyTorch's
 * `interpolate(mode='bilinear')` do; for pictures use `resize`.
 */
export function stretchPlane(plane: Float32Array, from: Size, to: Size): Float32Array {
  if (from.width === to.width && from.height === to.height) return plane;
  const columns = places(from.width, to.width);
  const rows = places(from.height, to.height);
  const result = new Float32Array(to.width * to.height);
  let at = 0;
  for (let y = 0; y < to.height; y++) {
    const upper = rows.first[y]! * from.width;
    const lower = rows.second[y]! * from.width;
    const down = rows.share[y]!;
    for (let x = 0; x < to.width; x++) {
      const left = columns.first[x]!;
      const right = columns.second[x]!;
      const across = columns.share[x]!;
      const top = plane[upper + left]! * (1 - across) + plane[upper + right]! * across;
      const bottom = plane[lower + left]! * (1 - across) + plane[lower + right]! * across;
      result[at++] = top * (1 - down) + bottom * down;
    }
  }
  return result;
}

/** Between which two samples each target sample lies, and how far towards the second. */
function places(from: number, to: number) {
  const [first, second, share] = [new Int32Array(to), new Int32Array(to), new Float64Array(to)];
  for (let i = 0; i < to; i++) {
    const place = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
    first[i] = Math.floor(place);
    second[i] = Math.min(from - 1, first[i]! + 1);
    share[i] = place - first[i]!;
  }
  return { first, second, share };
}
