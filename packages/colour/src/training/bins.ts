/** Distance of neighbouring bins on either axis, in gray levels. */
const step = 16;
/** Bins of each axis on one side of 0: U reaches 111 and V 157 gray levels. */
const [reachU, reachV] = [7, 10];
const columns = 2 * reachU + 1;
const rows = 2 * reachV + 1;

/**
 * Colours that a network tells apart, as Zhang, Isola & Efros (2016) quantise them: points of a grid on the plane of U
 * and V. A colour between them belongs to its four neighbours in shares whose mean is that colour, so that nothing is
 * lost by the grid.
 */
export interface ColourBins {
  /** U and V of each bin, in gray levels. */
  readonly centres: readonly (readonly [u: number, v: number])[];
  /** Share of the photographs' colours in each, which add up to 1. */
  readonly shares: Float64Array;
}

/** A bin that holds less than this share of all colours is left out: a network cannot learn it. */
const leastShare = 2e-5;

/** Counts colours and keeps the bins that hold enough of them. */
export class BinCounter {
  private readonly counts = new Float64Array(columns * rows);

  add(u: number, v: number): void {
    spread(u, v, (place, share) => {
      this.counts[place]! += share;
    });
  }

  /** The bins that hold enough of the colours counted, in order of U, then V. */
  bins(): ColourBins {
    const total = this.counts.reduce((sum, count) => sum + count, 0);
    const kept = [...this.counts.keys()].filter((place) => this.counts[place]! >= leastShare * total);
    const keptTotal = kept.reduce((sum, place) => sum + this.counts[place]!, 0);
    return {
      centres: kept.map((place) => [
        ((place % columns) - reachU) * step,
        (Math.floor(place / columns) - reachV) * step,
      ]),
      shares: Float64Array.from(kept, (place) => this.counts[place]! / keptTotal),
    };
  }
}

/** Writes colours as shares of bins. */
export class BinEncoder {
  private readonly index = new Int32Array(columns * rows).fill(-1);

  constructor(readonly bins: ColourBins) {
    bins.centres.forEach(([u, v], bin) => {
      this.index[(v / step + reachV) * columns + u / step + reachU] = bin;
    });
    for (const place of this.index.keys()) if (this.index[place] === -1) this.index[place] = this.nearest(place);
  }

  /**
   * Adds one colour's shares to `target`, float32 [bins, places].
   *
   * @param place of the colour, from 0
   */
  encode(u: number, v: number, target: Float32Array, place: number, places: number): void {
    spread(u, v, (at, share) => {
      target[this.index[at]! * places + place]! += share;
    });
  }

  /** The bin that stands in for one that was left out. */
  private nearest(place: number): number {
    const [u, v] = [((place % columns) - reachU) * step, (Math.floor(place / columns) - reachV) * step];
    let [best, least] = [0, Number.POSITIVE_INFINITY];
    this.bins.centres.forEach(([otherU, otherV], bin) => {
      const distance = (u - otherU) ** 2 + (v - otherV) ** 2;
      if (distance < least) [best, least] = [bin, distance];
    });
    return best;
  }
}

/** Calls `add` with each of the four bins around a colour and its share. */
function spread(u: number, v: number, add: (place: number, share: number) => void): void {
  const x = Math.min(columns - 1.001, Math.max(0, u / step + reachU));
  const y = Math.min(rows - 1.001, Math.max(0, v / step + reachV));
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, down] = [x - left, y - top];
  const place = top * columns + left;
  add(place, (1 - right) * (1 - down));
  add(place + 1, right * (1 - down));
  add(place + columns, (1 - right) * down);
  add(place + columns + 1, right * down);
}
