import { type BodyGrid, cellRange } from './grid.js';

/**
 * Profile across a long bone: path length through a cylinder of which the outer fifth of the radius is
 * cortex and the rest is marrow with a third of cortex's mineral. It is bright along both edges, as ribs
 * and clavicles are. Indexed by the square of the distance from the axis over the radius; one at its peak.
 */
const boneProfile = profile(256, 0.8, 0.35);

/** Profile across a solid cylinder of one material. */
const solidProfile = profile(256, 0, 0);

function profile(entries: number, marrowRadius: number, marrowDensity: number): Float32Array {
  const table = new Float32Array(entries + 1);
  let peak = 0;
  for (let i = 0; i <= entries; i++) {
    const q = i / entries;
    const outer = Math.sqrt(1 - q);
    const inner = Math.sqrt(Math.max(0, marrowRadius * marrowRadius - q));
    table[i] = outer - (1 - marrowDensity) * inner;
    peak = Math.max(peak, table[i]!);
  }
  return table.map((value) => value / peak);
}

/** Relative path length through a bone at squared distance `q` (in radii) from its axis; 0 outside. */
export function boneAt(q: number): number {
  return q < 1 ? boneProfile[(q * 256) | 0]! : 0;
}

/** Relative path length through a solid round tube at squared distance `q` (in radii); 0 outside. */
export function solidAt(q: number): number {
  return q < 1 ? solidProfile[(q * 256) | 0]! : 0;
}

/** A straight piece of tube whose half width goes from `startWidth` to `endWidth`; frame coordinates. */
export interface TubePiece {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly startWidth: number;
  readonly endWidth: number;
}

/** Calls `paint(cell, q)` for each cell within the piece; `q` is the squared distance in half widths. */
export function paintTube(grid: BodyGrid, piece: TubePiece, paint: (cell: number, q: number) => void): void {
  const { x0, y0, x1, y1, startWidth, endWidth } = piece;
  // A tube thinner than a cell would flicker in and out between cells.
  const thinnest = 0.75 / grid.scale;
  const reach = Math.max(startWidth, endWidth, thinnest);
  const [left, right] = cellRange(grid.x, grid.scale, Math.min(x0, x1) - reach, Math.max(x0, x1) + reach);
  const [top, bottom] = cellRange(grid.y, grid.scale, Math.min(y0, y1) - reach, Math.max(y0, y1) + reach);
  const dx = x1 - x0;
  const dy = y1 - y0;
  const lengthSquared = dx * dx + dy * dy || 1e-12;
  for (let row = top; row < bottom; row++) {
    const py = grid.y[row]! - y0;
    for (let column = left; column < right; column++) {
      const px = grid.x[column]! - x0;
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) / lengthSquared));
      const ex = px - along * dx;
      const ey = py - along * dy;
      const width = Math.max(thinnest, startWidth + along * (endWidth - startWidth));
      const q = (ex * ex + ey * ey) / (width * width);
      if (q < 1) paint(row * grid.side + column, q);
    }
  }
}
