/**
 * Lays one picture on another: finds the affine map that makes them agree best, by the inverse compositional
 * algorithm of Lucas and Kanade (Baker & Matthews 2004, IJCV 56:221). What depends on the fixed picture alone
 * is computed once, so that a comparison takes microseconds. Brightness and contrast do not matter.
 */

import { type Affine, compose, identity, invert } from './affine.js';
import { type Derivatives, differentiate, parameters } from './derivatives.js';

/** How well two pictures agree once one is laid on the other. */
export interface Alignment {
  /** Pearson correlation over the overlap, -1 to 1; 0 where they overlap too little or have no contrast. */
  readonly correlation: number;
  readonly map: Affine;
}

/** Less of the fixed picture than this covered by the moving one makes no comparison. */
export const leastOverlap = 0.7;
/** Steps end when no point moves by more than this, as a share of the half side: a twentieth of a pixel at 48. */
const settled = 2e-3;
/** What all later steps gain together is less than so many times what the latest gained (of 670 copies in all but 2). */
const reach = 5;

/** A picture prepared to have others laid on it. */
export class AlignmentTarget {
  private readonly samples: Float32Array;
  /** Of each comparison anew: the moving picture where it covers this one, NaN elsewhere. */
  private readonly warped: Float32Array;
  /** Made when first needed: a picture that is only compared as it lies needs none of it. */
  private derivatives: Derivatives | undefined;

  /** @param picture `side * side` samples */
  constructor(
    picture: Float32Array,
    private readonly side: number,
  ) {
    this.samples = standardised(picture);
    this.warped = new Float32Array(picture.length);
  }

  /**
   * Lays `moving` on this picture, starting from a map near the right one.
   *
   * @param moving `side * side` samples
   * @param start where to begin; shifts of up to a fifth of a structure's width are recovered
   * @param steps most improvements made
   * @param worthwhile pictures that correlate less as they lie are left so
   * @param hoped improvement ends where this correlation is out of reach, at the pace of the latest step
   */
  align(moving: ArrayLike<number>, start: Affine, steps: number, worthwhile = -1, hoped = -1): Alignment {
    let map = start;
    let statistics = this.compare(moving, map);
    let best: Alignment = { correlation: statistics.correlation, map };
    if (best.correlation < worthwhile) return best;
    for (let step = 0; step < steps && statistics.overlaps; step++) {
      const change = this.change(statistics);
      if (change === undefined) break;
      const next = compose(map, invert(change));
      if (next === undefined) break;
      map = next;
      const before = statistics.correlation;
      statistics = this.compare(moving, map);
      if (statistics.correlation > best.correlation) best = { correlation: statistics.correlation, map };
      if (best.correlation + reach * Math.max(0, statistics.correlation - before) < hoped) break;
      if (change.every((value, i) => Math.abs(value - identity[i]!) < settled)) break;
    }
    return best;
  }

  /** Warps `moving` and correlates. */
  private compare(moving: ArrayLike<number>, [a, b, c, d, e, f]: Affine): Statistics {
    const { side, samples, warped } = this;
    const half = side / 2;
    const last = side - 1;
    let n = 0;
    let sumW = 0;
    let sumWW = 0;
    let sumT = 0;
    let sumTT = 0;
    let sumWT = 0;
    for (let row = 0, at = 0; row < side; row++) {
      const y = (row + 0.5) / half - 1;
      const startX = (b * y + c + 1 - a) * half + (a - 1) / 2;
      const startY = (e * y + f + 1 - d) * half + (d - 1) / 2;
      for (let column = 0; column < side; column++, at++) {
        const px = startX + a * column;
        const py = startY + d * column;
        if (!(px >= 0 && py >= 0 && px <= last && py <= last)) {
          warped[at] = Number.NaN;
          continue;
        }
        const left = Math.min(px | 0, last - 1);
        const top = Math.min(py | 0, last - 1);
        const fx = px - left;
        const fy = py - top;
        const from = top * side + left;
        const upper = moving[from]! + fx * (moving[from + 1]! - moving[from]!);
        const lower = moving[from + side]! + fx * (moving[from + side + 1]! - moving[from + side]!);
        const w = upper + fy * (lower - upper);
        const t = samples[at]!;
        warped[at] = w;
        n++;
        sumW += w;
        sumWW += w * w;
        sumT += t;
        sumTT += t * t;
        sumWT += w * t;
      }
    }
    const mean = sumW / n;
    const varianceW = sumWW / n - mean * mean;
    const varianceT = sumTT / n - (sumT / n) ** 2;
    const overlaps = n >= leastOverlap * samples.length && varianceW > 1e-9 && varianceT > 1e-9;
    const correlation = overlaps ? (sumWT / n - (mean * sumT) / n) / Math.sqrt(varianceW * varianceT) : 0;
    return { mean, deviation: Math.sqrt(varianceW), correlation, overlaps };
  }

  /** The change of the fixed picture's coordinates that would explain what is left of the difference. */
  private change({ mean, deviation }: Statistics): Affine | undefined {
    this.derivatives ??= differentiate(this.samples, this.side);
    const { across, down, inverse } = this.derivatives;
    if (inverse === undefined) return undefined;
    const { samples, side, warped } = this;
    const scale = 1 / deviation;
    const step = 2 / side;
    const first = step / 2 - 1;
    const gradient = new Float64Array(parameters);
    for (let row = 0, at = 0; row < side; row++) {
      const y = (2 * row + 1) / side - 1;
      // A parameter that multiplies y multiplies the whole row's sum.
      let acrossX = 0;
      let acrossOne = 0;
      let downX = 0;
      let downOne = 0;
      for (let column = 0; column < side; column++, at++) {
        const w = warped[at]!;
        if (Number.isNaN(w)) continue;
        const error = (w - mean) * scale - samples[at]!;
        const x = column * step + first;
        const alongX = across[at]! * error;
        const alongY = down[at]! * error;
        acrossX += alongX * x;
        acrossOne += alongX;
        downX += alongY * x;
        downOne += alongY;
      }
      gradient[0]! += acrossX;
      gradient[1]! += acrossOne * y;
      gradient[2]! += acrossOne;
      gradient[3]! += downX;
      gradient[4]! += downOne * y;
      gradient[5]! += downOne;
    }
    const delta = (row: number): number => {
      let sum = 0;
      for (let column = 0; column < parameters; column++)
        sum += inverse[row * parameters + column]! * gradient[column]!;
      return sum;
    };
    return [1 + delta(0), delta(1), delta(2), delta(3), 1 + delta(4), delta(5)];
  }
}

interface Statistics {
  readonly mean: number;
  readonly deviation: number;
  readonly correlation: number;
  readonly overlaps: boolean;
}

/** Mean 0 and standard deviation 1; zeros for a picture without contrast. */
export function standardised(samples: Float32Array): Float32Array {
  let sum = 0;
  let squares = 0;
  for (const value of samples) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / samples.length;
  const variance = squares / samples.length - mean * mean;
  const scale = variance > 1e-6 ? 1 / Math.sqrt(variance) : 0;
  return samples.map((value) => (value - mean) * scale);
}
