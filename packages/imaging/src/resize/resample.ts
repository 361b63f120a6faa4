/**
 * How the samples along one side become samples along another. Output `i` is
 *
 *     (head[i] * s[first[i]] + inner * (s[first[i] + 1] + ... + s[last[i] - 1]) + tail[i] * s[last[i]]) / divisor
 *
 * Every weight is an integer, so that a picture's weighted sums are exact and rounded once.
 */
export interface Resampling {
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly head: Int32Array;
  readonly tail: Int32Array;
  readonly inner: number;
  readonly divisor: number;
}

/**
 * Reduction: the mean of the source over the stretch an output pixel covers, pixels cut by its ends counted
 * by their share. Enlargement: straight lines between pixel centres, the edge pixels continued outward.
 */
export function resampling(from: number, to: number): Resampling {
  const weights = {
    first: new Int32Array(to),
    last: new Int32Array(to),
    head: new Int32Array(to),
    tail: new Int32Array(to),
  };
  for (let i = 0; i < to; i++) {
    if (to <= from) setMean(weights, i, from, to);
    else setLine(weights, i, from, to);
  }
  return to <= from ? { ...weights, inner: to, divisor: from } : { ...weights, inner: 0, divisor: 2 * to };
}

type Weights = Pick<Resampling, 'first' | 'last' | 'head' | 'tail'>;

/** In units of 1 / `to` of a source pixel, output `i` covers [i * from, (i + 1) * from]. */
function setMean({ first, last, head, tail }: Weights, i: number, from: number, to: number): void {
  const [start, end] = [i * from, (i + 1) * from];
  first[i] = Math.floor(start / to);
  last[i] = Math.ceil(end / to) - 1;
  head[i] = Math.min(end, (first[i]! + 1) * to) - start;
  tail[i] = first[i] === last[i] ? 0 : end - last[i]! * to;
}

/** In units of 1 / (2 to) of a source pixel, the centre of output `i` lies at (2 i + 1) from - to. */
function setLine({ first, last, head, tail }: Weights, i: number, from: number, to: number): void {
  const pixel = 2 * to;
  const centre = Math.max(0, Math.min((from - 1) * pixel, (2 * i + 1) * from - to));
  first[i] = Math.floor(centre / pixel);
  last[i] = Math.min(from - 1, first[i]! + 1);
  tail[i] = centre - first[i]! * pixel;
  head[i] = pixel - tail[i]!;
}
