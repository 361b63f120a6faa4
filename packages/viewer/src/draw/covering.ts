import type { Size } from '../picture.js';

/** A picture that covers another of a different size, with the pixel of it that covers each column and row. */
export interface Covering {
  readonly data: Uint8Array;
  readonly channels: number;
  readonly width: number;
  readonly columns: Uint16Array;
  readonly rows: Uint16Array;
}

export function covering(data: Uint8Array, channels: number, size: Size, covered: Size): Covering {
  return {
    ...{ data, channels, width: size.width },
    columns: coveringPixels(size.width, covered.width),
    rows: coveringPixels(size.height, covered.height),
  };
}

/** For each pixel along a side, the one whose area holds its centre, in whole numbers as the shader computes it. */
function coveringPixels(side: number, covered: number): Uint16Array {
  return Uint16Array.from({ length: covered }, (_, i) => Math.floor(((2 * i + 1) * side) / (2 * covered)));
}
