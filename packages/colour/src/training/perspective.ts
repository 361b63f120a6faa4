import type { Random } from '@chromaray/base';
import type { Image } from '@chromaray/imaging';

/** How far left, right, top and bottom of a picture are stretched (above 0) or shrunk, in halves of its side. */
export type PerspectiveWarp = readonly [right: number, left: number, bottom: number, top: number];

/**
 * Draws a warp as fastai does (`symmetric_warp` of `vision/transform.py`, 1.0): four numbers of the same range.
 *
 * @param most the range is from -most to most; DeOldify: 0.25
 */
export function drawWarp(most: number, random: Random): PerspectiveWarp {
  const draw = () => random.uniform(-most, most);
  return [draw(), draw(), draw(), draw()];
}

/**
 * A photograph seen from a slant: its corners go to those of a quadrangle, `top` and `bottom` moving them sideways, `left`
 * and `right` up and down. Samples are bilinear; beyond the edges the picture is mirrored, as in fastai.
 */
export function warped({ width, height, data }: Image, warp: PerspectiveWarp): Image {
  const [a, b, c, d, e, f, g, h] = backwards(warp);
  const result = new Uint8Array(data.length);
  for (let row = 0, to = 0; row < height; row++) {
    const v = (2 * row + 1) / height - 1;
    for (let column = 0; column < width; column++, to += 3) {
      const u = (2 * column + 1) / width - 1;
      const scale = 1 / (g * u + h * v + 1);
      const x = mirrored(((a * u + b * v + c) * scale + 1) * (width / 2) - 0.5, width);
      const y = mirrored(((d * u + e * v + f) * scale + 1) * (height / 2) - 0.5, height);
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [across, down] = [x - left, y - top];
      const from = 3 * (top * width + left);
      // At the last row or column the share of the neighbour is 0.
      const [right, below] = [left + 1 < width ? 3 : 0, top + 1 < height ? 3 * width : 0];
      for (let channel = 0; channel < 3; channel++) {
        const at = from + channel;
        const upper = data[at]! * (1 - across) + data[at + right]! * across;
        const lower = data[at + below]! * (1 - across) + data[at + below + right]! * across;
        result[to + channel] = Math.round(upper * (1 - down) + lower * down);
      }
    }
  }
  return { width, height, channels: 3, data: result };
}

type Coefficients = readonly [number, number, number, number, number, number, number, number];

/**
 * Where the pixel at (u, v), both from -1 to 1, comes from: x = (a u + b v + c) / (g u + h v + 1), y likewise with d, e, f.
 * It is the inverse of the map from the square to the quadrangle (Heckbert 1989, section 2.2.3, by its adjugate).
 */
function backwards([right, left, bottom, top]: PerspectiveWarp): Coefficients {
  // Corners in the order of a walk around: top left, top right, bottom right, bottom left.
  const x = [-1 - top, 1 + top, 1 + bottom, -1 - bottom] as const;
  const y = [-1 - left, -1 - right, 1 + right, 1 + left] as const;
  const [sumX, sumY] = [x[0] - x[1] + x[2] - x[3], y[0] - y[1] + y[2] - y[3]];
  const [dx1, dx2, dy1, dy2] = [x[1] - x[2], x[3] - x[2], y[1] - y[2], y[3] - y[2]];
  const denominator = dx1 * dy2 - dx2 * dy1;
  const g = (sumX * dy2 - dx2 * sumY) / denominator;
  const h = (dx1 * sumY - sumX * dy1) / denominator;
  // From the square from 0 to 1 to the quadrangle.
  const [a, b, c] = [x[1] - x[0] + g * x[1], x[3] - x[0] + h * x[3], x[0]];
  const [d, e, f] = [y[1] - y[0] + g * y[1], y[3] - y[0] + h * y[3], y[0]];
  const rows = [
    [e - f * h, c * h - b, b * f - c * e],
    [f * g - d, a - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ] as const;
  // From 0..1 to -1..1, and to a last coefficient of 1.
  const [across, down, last] = rows.map(([p, q, r]) => [p!, q!, r!] as const) as [Row, Row, Row];
  const scaled = [across, down].flatMap((row) => row.map((value, i) => (2 * value - last[i]!) / last[2]));
  return [...scaled, last[0] / last[2], last[1] / last[2]] as unknown as Coefficients;
}

type Row = readonly [number, number, number];

/** A coordinate of pixel centres, mirrored at the picture's edges (PyTorch's `reflection`), from 0 to size - 1. */
function mirrored(at: number, size: number): number {
  const period = 2 * size;
  const within = (((at + 0.5) % period) + period) % period;
  const inside = within > size ? period - within : within;
  return Math.min(size - 1, Math.max(0, inside - 0.5));
}
