import type { Affine } from './affine.js';
import { leastOverlap } from './align.js';

/**
 * How well two pictures agree under a map, at every second sample of every second row: a quarter of the work of a
 * comparison, to see whether that is worth it.
 *
 * @param fixed, moving `side * side` samples; `map` tells where in `moving` a point of `fixed` lies
 * @returns Pearson correlation; 0 where they overlap too little or have no contrast
 */
export function correlationUnder(
  fixed: ArrayLike<number>,
  moving: ArrayLike<number>,
  [a, b, c, d, e, f]: Affine,
  side: number,
): number {
  const half = side / 2;
  const last = side - 1;
  let n = 0;
  let sumW = 0;
  let sumWW = 0;
  let sumT = 0;
  let sumTT = 0;
  let sumWT = 0;
  for (let row = 0; row < side; row += 2) {
    const y = (row + 0.5) / half - 1;
    const startX = (b * y + c + 1 - a) * half + (a - 1) / 2;
    const startY = (e * y + f + 1 - d) * half + (d - 1) / 2;
    for (let column = 0; column < side; column += 2) {
      const px = startX + a * column;
      const py = startY + d * column;
      if (!(px >= 0 && py >= 0 && px <= last && py <= last)) continue;
      const left = Math.min(px | 0, last - 1);
      const top = Math.min(py | 0, last - 1);
      const from = top * side + left;
      const upper = moving[from]! + (px - left) * (moving[from + 1]! - moving[from]!);
      const lower = moving[from + side]! + (px - left) * (moving[from + side + 1]! - moving[from + side]!);
      const w = upper + (py - top) * (lower - upper);
      const t = fixed[row * side + column]!;
      n++;
      sumW += w;
      sumWW += w * w;
      sumT += t;
      sumTT += t * t;
      sumWT += w * t;
    }
  }
  if (n < (leastOverlap * side * side) / 4) return 0;
  const varianceW = sumWW / n - (sumW / n) ** 2;
  const varianceT = sumTT / n - (sumT / n) ** 2;
  if (!(varianceW > 1e-9 && varianceT > 1e-9)) return 0;
  return (sumWT / n - (sumW / n) * (sumT / n)) / Math.sqrt(varianceW * varianceT);
}
