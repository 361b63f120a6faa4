import type { Random } from '@chromaray/base';
import type { PhantomExposure } from './exposure.js';
import { smoothField } from './field.js';

/**
 * Takes the picture: attenuation per pixel to gray values, white where little arrives.
 *
 * Primary radiation follows Beer and Lambert, exp(-attenuation). Scatter is a smooth cloud that rises where
 * there is both tissue to scatter and radiation to be scattered. Blur and photon noise follow; the relative
 * spread of a count of N photons is 1/sqrt(N). The film curve is a logistic of the logarithm of exposure,
 * its middle placed on the mean of the picture, as digital systems place it by the histogram.
 */
export function develop(
  attenuation: Float32Array,
  size: number,
  exposure: PhantomExposure,
  random: Random,
): Uint8Array<ArrayBuffer> {
  const count = size * size;
  const signal = new Float32Array(count);
  for (let i = 0; i < count; i++) signal[i] = Math.exp(-attenuation[i]!);
  addScatter(signal, size, exposure.scatter);
  blur(signal, size, (exposure.blur * size) / 128);
  const field = smoothField(size, 3, random.fork('field'));
  const noise = random.fork('noise');
  const photons = exposure.fluence / count;
  const optical = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const arriving = signal[i]!;
    const noisy = arriving * Math.max(0.2, 1 + noise.normal() / Math.sqrt(photons * arriving));
    optical[i] = -Math.log(noisy) + exposure.unevenness * field[i]!;
  }
  const middle = frameMean(optical, size) + exposure.brightnessShift;
  const pixels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    pixels[i] = 0.5 + 255 / (1 + Math.exp(-exposure.contrast * (optical[i]! - middle)));
  }
  return pixels;
}

/**
 * Mean over the frame less a tenth on each side, which collimation may have blackened. Wide enough that an
 * opacity neither brightens the whole picture nor darkens the rest of it: the mean does not reveal the class.
 */
function frameMean(optical: Float32Array, size: number): number {
  const low = Math.floor(0.1 * size);
  const high = Math.ceil(0.9 * size);
  let sum = 0;
  for (let row = low; row < high; row++) {
    for (let column = low; column < high; column++) sum += optical[row * size + column]!;
  }
  return sum / (high - low) ** 2;
}

/** Adds the scatter cloud, computed on a coarse raster of `cells` a side and interpolated. */
function addScatter(signal: Float32Array, size: number, ratio: number): void {
  const cells = 8;
  const sums = new Float32Array(cells * cells);
  const counts = new Float32Array(cells * cells);
  for (let row = 0; row < size; row++) {
    const blockRow = Math.floor((row * cells) / size) * cells;
    for (let column = 0; column < size; column++) {
      const block = blockRow + Math.floor((column * cells) / size);
      const primary = signal[row * size + column]!;
      sums[block] = sums[block]! + primary * (1 - primary);
      counts[block] = counts[block]! + 1;
    }
  }
  for (let i = 0; i < sums.length; i++) sums[i] = (ratio * sums[i]!) / counts[i]!;
  const low = new Int32Array(size);
  const share = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const place = Math.min(cells - 1.001, Math.max(0, ((i + 0.5) * cells) / size - 0.5));
    low[i] = Math.floor(place);
    share[i] = place - low[i]!;
  }
  for (let row = 0; row < size; row++) {
    const v = share[row]!;
    const from = low[row]! * cells;
    for (let column = 0; column < size; column++) {
      const u = share[column]!;
      const at = from + low[column]!;
      const top = sums[at]! + u * (sums[at + 1]! - sums[at]!);
      const bottom = sums[at + cells]! + u * (sums[at + cells + 1]! - sums[at + cells]!);
      const i = row * size + column;
      signal[i] = signal[i]! + top + v * (bottom - top);
    }
  }
}

/** Binomial blur along rows, then columns; a share above 1/2 takes several passes. */
function blur(signal: Float32Array, size: number, share: number): void {
  const passes = Math.max(1, Math.ceil(share / 0.5));
  for (let pass = 0; pass < passes; pass++) {
    const side = share / passes / 2;
    for (let line = 0; line < size; line++) blurLine(signal, line * size, 1, size, side);
    for (let line = 0; line < size; line++) blurLine(signal, line, size, size, side);
  }
}

function blurLine(signal: Float32Array, start: number, step: number, length: number, side: number): void {
  let before = signal[start]!;
  for (let i = 0, at = start; i < length; i++, at += step) {
    const here = signal[at]!;
    const after = i + 1 < length ? signal[at + step]! : here;
    signal[at] = here + side * (before + after - 2 * here);
    before = here;
  }
}
