import { OnnxRunner } from '@chromaray/engine';
import {
  colourfulness,
  type GrayImage,
  type Image,
  mergeStretchedChroma,
  peakSignalToNoise,
  pictureSimilarity,
  resize,
  toGray,
  toRgb,
} from '@chromaray/imaging';
import { contracts } from '../colorizer/contract.js';
import { encodeInput } from '../colorizer/encode-input.js';
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

/** Colours pictures with a file of the contract `uv`, at one size. */
export class UvFile {
  private constructor(private readonly runner: OnnxRunner) {}

  static async load(file: string, threads?: number): Promise<UvFile> {
    return new UvFile(await OnnxRunner.load(file, threads === undefined ? {} : { threads }));
  }

  async colour(gray: GrayImage, side: number): Promise<Image> {
    const picture = { data: encodeInput(gray, contracts.uv, side), dims: [1, 1, side, side] };
    const { data } = (await this.runner.run({ input: picture }, ['output'])).output!;
    const plane = side * side;
    return mergeStretchedChroma(gray, {
      width: side,
      height: side,
      u: data.subarray(0, plane),
      v: data.subarray(plane),
    });
  }

  release(): Promise<void> {
    return this.runner.release();
  }
}

/** Measures a colorizer on held-out photographs. */
export async function compareColours(
  colorizer: UvFile,
  photographs: { readonly store: PhotographStore; readonly positions: readonly number[]; readonly side: number },
  meanChroma: readonly [u: number, v: number],
): Promise<ColourComparison> {
  const { store, positions, side } = photographs;
  const sums = { colorizer: new Sum(), gray: new Sum(), meanChroma: new Sum() };
  let original = 0;
  for (const position of positions) {
    const photograph = resize(store.read(position), side);
    const gray = toGray(photograph);
    sums.colorizer.add(photograph, await colorizer.colour(gray, side));
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
