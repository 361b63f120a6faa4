/** The weights of Pillow's `Image.resize`, in its fixed point of 22 bits. */

export type PillowFilter = 'bilinear' | 'bicubic';

/** Bits behind the point. */
export const precision = 22;

/** For each target sample a window of `taps` source samples. */
export interface PillowWeights {
  readonly taps: number;
  /** The window of target sample `i` begins at source sample `first[i]` and lies inside the source. */
  readonly first: Int32Array;
  /** `values[i * taps + k]`: the weight of source sample `first[i] + k`. */
  readonly values: Int32Array;
}

const kernels: Readonly<Record<PillowFilter, { readonly reach: number; readonly weight: (x: number) => number }>> = {
  bilinear: { reach: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { reach: 2, weight: (x) => keys(Math.abs(x)) },
};

/** Keys's cubic with a = -0.5. */
function keys(x: number): number {
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

/** @param from @param to samples of a side before and after; both at least 1 */
export function pillowWeights(from: number, to: number, filter: PillowFilter): PillowWeights {
  const { reach, weight } = kernels[filter];
  const scale = from / to;
  const stretch = Math.max(1, scale);
  const support = reach * stretch;
  const widest = Math.min(from, Math.ceil(2 * support) + 1);
  const exact = new Float64Array(widest);
  const first = new Int32Array(to);
  const wide = new Int32Array(to * widest);
  let taps = 1;
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const count = Math.min(from, Math.trunc(centre + support + 0.5)) - start;
    let sum = 0;
    for (let k = 0; k < count; k++) sum += exact[k] = weight((k + start - centre + 0.5) * (1 / stretch));
    const share = sum === 0 ? 1 : 1 / sum;
    // Weights of nothing at the ends change no sum and are left out.
    let [skipped, kept] = [0, 0];
    for (let k = 0; k < count; k++) {
      const value = exact[k]! * share;
      const rounded = Math.trunc((value < 0 ? -0.5 : 0.5) + value * 2 ** precision);
      if (rounded === 0 && skipped === k) skipped++;
      else wide[i * widest + k - skipped] = rounded;
      if (rounded !== 0) kept = k + 1 - skipped;
    }
    first[i] = start + skipped;
    taps = Math.max(taps, kept);
  }
  const values = new Int32Array(to * taps);
  for (let i = 0; i < to; i++) {
    // A window that would leave the source begins earlier, with weights of nothing.
    const early = Math.max(0, first[i]! + taps - from);
    first[i] = first[i]! - early;
    for (let k = early; k < taps; k++) values[i * taps + k] = wide[i * widest + k - early]!;
  }
  return { taps, first, values };
}
