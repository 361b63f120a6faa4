import type { Ellipse } from './anatomy.js';
import { type BodyGrid, cellRange } from './grid.js';

/** Calls `paint(cell, q)` for each cell inside the ellipse; `q` is the squared normalised radius, 0 to 1. */
export function paintEllipse(grid: BodyGrid, ellipse: Ellipse, paint: (cell: number, q: number) => void): void {
  const { x, y, rx, ry, tilt } = ellipse;
  const reach = Math.max(rx, ry);
  const [left, right] = cellRange(grid.x, grid.scale, x - reach, x + reach);
  const [top, bottom] = cellRange(grid.y, grid.scale, y - reach, y + reach);
  const c = Math.cos(tilt);
  const s = Math.sin(tilt);
  for (let row = top; row < bottom; row++) {
    const dy = grid.y[row]! - y;
    for (let column = left; column < right; column++) {
      const dx = grid.x[column]! - x;
      const a = (c * dx + s * dy) / rx;
      const b = (c * dy - s * dx) / ry;
      const q = a * a + b * b;
      if (q < 1) paint(row * grid.side + column, q);
    }
  }
}
