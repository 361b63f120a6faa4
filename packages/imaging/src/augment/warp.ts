import type { Image } from '../image.js';
import type { AffineMap } from './affine.js';
import type { FillMode } from './options.js';

/**
 * Reads a picture through an affine map with bilinear interpolation, as `scipy.ndimage.affine_transform`
 * does with `order=1`, and rounds to the nearest integer (Keras keeps the fraction, as a float).
 */
export function warp(image: Image, map: AffineMap, fillMode: FillMode, fillValue: number): Image {
  const { width, height, channels, data } = image;
  const result = new Uint8Array(data.length);
  const fill = Math.round(fillValue);
  const fold = foldings[fillMode];
  const rowStep = width * channels;
  const lastX = width - 1;
  const lastY = height - 1;
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += channels) {
      let sourceX = map.xx * x + map.xy * y + map.x0;
      let sourceY = map.yx * x + map.yy * y + map.y0;
      if (!(sourceX >= 0 && sourceX <= lastX && sourceY >= 0 && sourceY <= lastY)) {
        sourceX = fold(sourceX, width);
        sourceY = fold(sourceY, height);
      }
      if (sourceX < 0 || sourceY < 0) {
        for (let c = 0; c < channels; c++) result[to + c] = fill;
        continue;
      }
      const left = sourceX | 0;
      const top = sourceY | 0;
      const fractionX = sourceX - left;
      const fractionY = sourceY - top;
      const from = top * rowStep + left * channels;
      const right = left + 1 < width ? channels : 0;
      const below = top + 1 < height ? rowStep : 0;
      for (let c = 0; c < channels; c++) {
        const at = from + c;
        const a = data[at]!;
        const b = data[at + below]!;
        const upper = a + fractionX * (data[at + right]! - a);
        const lower = b + fractionX * (data[at + below + right]! - b);
        result[to + c] = upper + fractionY * (lower - upper) + 0.5;
      }
    }
  }
  return { width, height, channels, data: result };
}

/** Brings a coordinate into [0, side - 1], or below 0 where the fill value is used. */
type Folding = (coordinate: number, side: number) => number;

const clamp: Folding = (coordinate, side) => Math.max(0, Math.min(coordinate, side - 1));

const foldings: Record<FillMode, Folding> = {
  nearest: clamp,
  constant: (coordinate, side) => (coordinate > side - 1 ? -1 : coordinate),
  reflect: (coordinate, side) => {
    const period = 2 * side;
    // Pixel centres lie at integers, and the mirrors half a pixel outside the first and the last.
    const phase = coordinate + 0.5 - period * Math.floor((coordinate + 0.5) / period);
    return clamp((phase < side ? phase : period - phase) - 0.5, side);
  },
  wrap: (coordinate, side) => {
    if (coordinate >= 0 && coordinate <= side - 1) return coordinate;
    if (side === 1) return 0;
    const period = side - 1;
    return coordinate - period * Math.floor(coordinate / period);
  },
};
