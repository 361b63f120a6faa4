import {
  colourfulness,
  type Image,
  mergeStretchedChroma,
  peakSignalToNoise,
  pictureSimilarity,
  resize,
  toGray,
  toRgb,
} from '@chromaray/imaging';
import type { Colorizer } from '../colorizer/colorizer.js';
import type { PhotographStore } from '../photographs/store.js';

/** Means over photographs. */
export interface ColourMetrics {
  /** Of red, green and blue, in decibels. */
  readonly psnr: number;
  /** Structural similarity of red, green and blue (Wang 2004), up to 1. */
  readonly ssim: number;
  /** Hasler & Suesstrunk 2003; the photographs' own is that to reach. */
  readonly colourfulness: number;
}

/** A colorizer on photographs that it was not trained on, beside what needs no network. */
export interface ColourComparison {
  readonly photographs: number;
  /** Side in pixels at which they are compared. */
  readonly side: number;
  readonly colorizer: ColourMetrics;
  /** The photograph without its colour. */
  readonly gray: ColourMetrics;
  /** Every pixel with the mean U and V of the photographs trained on. */
  readonly meanChroma: ColourMetrics;
  /** Colourfulness of the photographs themselves. */
  readonly original: number;
}

/** Measures a colorizer, opened for that side, on held-out photographs. */
export async function compareColours(
  colorizer: Pick<Colorizer, 'colorize'>,
  photographs: { readonly store: PhotographStore; readonly positions: readonly number[]; readonly side: number },
  meanChroma: readonly [u: number, v: number],
): Promise<ColourComparison> {
  const { store, positions, side } = photographs;
  const sums = { colorizer: new Sum(), gray: new Sum(), meanChroma: new Sum() };
  let original = 0;
  for (const position of positions) {
    const photograph = resize(store.read(position), side);
    const gray = toGray(photograph);
    sums.colorizer.add(photograph, (await colorizer.colorize([gray]))[0]!);
    sums.gray.add(photograph, toRgb(gray));
    const [u, v] = meanChroma.map((value) => Float32Array.of(value)) as [Float32Array, Float32Array];
    sums.meanChroma.add(photograph, mergeStretchedChroma(gray, { width: 1, height: 1, u, v }));
    original += colourfulness(photograph);
  }
  return {
    photographs: positions.length,
    side,
    colorizer: sums.colorizer.mean(),
    gray: sums.gray.mean(),
    meanChroma: sums.meanChroma.mean(),
    original: original / positions.length,
  };
}

class Sum {
  private count = 0;
  private psnr = 0;
  private ssim = 0;
  private colour = 0;

  add(photograph: Image, coloured: Image): void {
    this.count++;
    // Equal pictures would make the mean infinite; 60 dB is a difference of a quarter of a level.
    this.psnr += Math.min(60, peakSignalToNoise(photograph, coloured));
    this.ssim += pictureSimilarity(photograph, coloured)!;
    this.colour += colourfulness(coloured);
  }

  mean(): ColourMetrics {
    const { count } = this;
    return { psnr: this.psnr / count, ssim: this.ssim / count, colourfulness: this.colour / count };
  }
}
