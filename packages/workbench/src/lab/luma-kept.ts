import { type GrayImage, type Image, luma } from '@chromaray/imaging';

/** What is left of a gray picture's brightness in a coloured one: measured, pixel by pixel, in levels of 0 to 255. */
export interface LumaKept {
  /** Share of pixels whose luma is the gray level, give or take one for rounding. */
  readonly within: number;
  /** Mean and largest difference. */
  readonly mean: number;
  readonly largest: number;
  /**
   * Of all pairs of neighbouring gray levels that the picture has, the share in which the brighter one is not darker in
   * colour: 1 where brighter stays brighter throughout. 1 also for a picture of one level.
   */
  readonly ordered: number;
}

/** Levels by which luma may differ and still count as kept: rounding of three channels. */
const rounding = 1;

/** @param rgb of the gray picture's size; one of a single channel is compared as it is */
export function lumaKept(gray: GrayImage, rgb: Image): LumaKept {
  const sums = new Float64Array(256);
  const counts = new Uint32Array(256);
  let [within, sum, largest] = [0, 0, 0];
  const { data, channels } = rgb;
  for (let i = 0; i < gray.data.length; i++) {
    const level = gray.data[i]!;
    const shown = channels === 1 ? data[i]! : luma(data[3 * i]!, data[3 * i + 1]!, data[3 * i + 2]!);
    const apart = Math.abs(shown - level);
    if (apart <= rounding) within++;
    sum += apart;
    largest = Math.max(largest, apart);
    sums[level]! += shown;
    counts[level]!++;
  }
  const means = [...sums].map((total, level) => total / counts[level]!).filter((mean) => !Number.isNaN(mean));
  const rising = means.filter((mean, i) => i > 0 && mean >= means[i - 1]!).length;
  const pixels = gray.data.length;
  return {
    ...{ within: within / pixels, mean: sum / pixels, largest },
    ordered: means.length < 2 ? 1 : rising / (means.length - 1),
  };
}
