import { readFileSync } from 'node:fs';

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly number[];
  readonly expected: readonly number[];
}

interface ColourSpaces {
  readonly rgb: readonly number[];
  readonly yuv: readonly number[];
  readonly rgbOfYuv: readonly number[];
  readonly lab: readonly number[];
  readonly labByFormula: readonly number[];
  readonly sizes: readonly (Picture & {
    readonly toWidth: number;
    readonly toHeight: number;
    readonly channels: 1 | 3;
    readonly filter: 'bilinear' | 'bicubic';
  })[];
  readonly planes: readonly {
    readonly width: number;
    readonly height: number;
    readonly toWidth: number;
    readonly toHeight: number;
    readonly plane: readonly number[];
    readonly expected: readonly number[];
  }[];
  readonly clahe: readonly (Picture & { readonly clipLimit: number; readonly tiles: number })[];
  readonly detail: Picture & { readonly radius: number; readonly edge: number; readonly gain: number };
}

/** Written by test/reference/colour_spaces.py from OpenCV, Pillow, torch, scikit-image and SciPy. */
export const reference: ColourSpaces = JSON.parse(
  readFileSync(new URL('../../test/fixtures/colour-spaces.json', import.meta.url), 'utf8'),
);

/** The largest difference between two lists of samples. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}
