/**
 * The square raster on which a patient's body is laid out before it is photographed. It reaches a little
 * beyond the frame, so that a turned or shifted pose still finds body at the edges of the picture.
 */
export interface BodyGrid {
  /** Cells a side. */
  readonly side: number;
  /** Frame coordinate of each column (from the midline) and row (from the top). */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Cells per unit of frame. */
  readonly scale: number;
}

/** How far the grid reaches beyond the frame on each side, as a fraction of the frame. */
export const gridMargin = 0.08;

/** A grid with as many cells per frame as the picture has pixels. */
export function bodyGrid(size: number): BodyGrid {
  const extent = 1 + 2 * gridMargin;
  const side = Math.ceil(size * extent);
  const scale = side / extent;
  const x = new Float32Array(side);
  const y = new Float32Array(side);
  for (let i = 0; i < side; i++) {
    x[i] = (i + 0.5) / scale - gridMargin - 0.5;
    y[i] = (i + 0.5) / scale - gridMargin;
  }
  return { side, x, y, scale };
}

/** First and one-past-last cell whose coordinate lies in [low, high], within the grid. */
export function cellRange(coordinates: Float32Array, scale: number, low: number, high: number): [number, number] {
  const origin = coordinates[0]!;
  const first = Math.max(0, Math.ceil((low - origin) * scale));
  const last = Math.min(coordinates.length, Math.floor((high - origin) * scale) + 1);
  return [first, Math.max(first, last)];
}
