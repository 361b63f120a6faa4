import type { Octave } from './scale-space.js';
import type { Spot } from './spots.js';

/** Slopes of one smoothed picture. */
export interface Gradient {
  readonly side: number;
  readonly across: Float32Array;
  readonly down: Float32Array;
}

/** Slopes of the pictures in a scale space, each computed when first asked for. */
export class Gradients {
  private readonly known = new Map<Float32Array, Gradient>();

  constructor(private readonly octaves: readonly Octave[]) {}

  of({ octave, plane }: Spot): Gradient {
    const { side, smoothed } = this.octaves[octave]!;
    const samples = smoothed[plane]!;
    let gradient = this.known.get(samples);
    if (gradient === undefined) {
      gradient = slopes(samples, side);
      this.known.set(samples, gradient);
    }
    return gradient;
  }
}

function slopes(samples: Float32Array, side: number): Gradient {
  const across = new Float32Array(samples.length);
  const down = new Float32Array(samples.length);
  for (let row = 0; row < side; row++) {
    const [above, below] = [Math.max(0, row - 1) * side, Math.min(side - 1, row + 1) * side];
    for (let column = 0; column < side; column++) {
      const [left, right] = [Math.max(0, column - 1), Math.min(side - 1, column + 1)];
      across[row * side + column] = samples[row * side + right]! - samples[row * side + left]!;
      down[row * side + column] = samples[below + column]! - samples[above + column]!;
    }
  }
  return { side, across, down };
}

const fullTurn = 2 * Math.PI;
const bins = 36;
/** Second directions are kept from this share of the first on (Lowe 2004, 5). */
const alsoStrong = 0.8;

/** Samples around a spot, in multiples of its size, and their weights by a Gaussian. */
const around = (() => {
  const [reach, deviation] = [4, 1.5];
  const points: { readonly x: number; readonly y: number; readonly weight: number }[] = [];
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      const squared = x * x + y * y;
      if (squared > (reach + 0.5) ** 2) continue;
      points.push({ x, y, weight: Math.exp(-squared / (2 * deviation * deviation)) });
    }
  }
  return points;
})();

/**
 * The one or two directions in which slopes around a spot point, in radians: the picture's own idea of where up is. Around
 * something dark slopes count as pointing the other way, so that an inverted picture gives the same.
 */
export function orientations({ side, across, down }: Gradient, { x, y, size, sign }: Spot): readonly number[] {
  const raw = new Float64Array(bins);
  for (let i = 0; i < around.length; i++) {
    const point = around[i]!;
    const column = Math.round(x + point.x * size);
    const row = Math.round(y + point.y * size);
    if (column < 0 || row < 0 || column >= side || row >= side) continue;
    const at = row * side + column;
    const gx = sign * across[at]!;
    const gy = sign * down[at]!;
    const bin = turnsOf(gy, gx) * bins;
    const low = Math.floor(bin);
    const strength = point.weight * Math.sqrt(gx * gx + gy * gy);
    raw[low % bins]! += strength * (low + 1 - bin);
    raw[(low + 1) % bins]! += strength * (bin - low);
  }
  const histogram = smoothedRound(smoothedRound(raw));
  const top = Math.max(...histogram);
  const peaks: { readonly direction: number; readonly height: number }[] = [];
  for (let bin = 0; bin < bins; bin++) {
    const before = histogram[(bin + bins - 1) % bins]!;
    const height = histogram[bin]!;
    const after = histogram[(bin + 1) % bins]!;
    if (height < alsoStrong * top || height <= before || height < after) continue;
    const offset = (before - after) / (2 * (before - 2 * height + after));
    peaks.push({ direction: ((bin + offset) / bins) * fullTurn, height });
  }
  return peaks
    .sort((a, b) => b.height - a.height)
    .slice(0, 2)
    .map(({ direction }) => direction);
}

/** The angle of a slope in turns, 0 to 1, to a thousandth: `atan2` by a polynomial (Abramowitz & Stegun 4.4.49), several times faster. */
function turnsOf(y: number, x: number): number {
  const [ax, ay] = [Math.abs(x), Math.abs(y)];
  const larger = ax > ay ? ax : ay;
  if (larger === 0) return 0;
  const ratio = (ax > ay ? ay : ax) / larger;
  const squared = ratio * ratio;
  const angle =
    (ratio * (0.999866 + squared * (-0.3302995 + squared * (0.180141 + squared * (-0.085133 + squared * 0.0208351))))) /
    fullTurn;
  const inFirst = ay > ax ? 0.25 - angle : angle;
  const inUpper = x < 0 ? 0.5 - inFirst : inFirst;
  const turns = y < 0 ? 1 - inUpper : inUpper;
  return turns >= 1 ? 0 : turns;
}

function smoothedRound(histogram: Float64Array): Float64Array {
  const result = new Float64Array(bins);
  for (let bin = 0; bin < bins; bin++) {
    result[bin] = (histogram[(bin + bins - 1) % bins]! + histogram[bin]! + histogram[(bin + 1) % bins]!) / 3;
  }
  return result;
}

/** Cells along each side of the square that is described. */
const cells = 4;
const allCells = cells * cells;
/** Directions that slopes are told apart by. */
const directions = 8;
/** Width of a cell in sizes of the spot. */
const cellWidth = 2;
/** Samples along each side of a cell. */
const samplesOfCell = 3;

/** A sample of the square that is described. */
interface Sample {
  /** In cells, from the middle. */
  readonly u: number;
  readonly v: number;
  /** The nearest cells, and how much of the sample counts for each. */
  readonly cells: readonly number[];
  readonly shares: readonly number[];
}

const samples = Array.from({ length: (cells * samplesOfCell) ** 2 }, (_, i): Sample => {
  const along = cells * samplesOfCell;
  const u = ((i % along) + 0.5) / samplesOfCell - cells / 2;
  const v = (Math.floor(i / along) + 0.5) / samplesOfCell - cells / 2;
  const weight = Math.exp(-(u * u + v * v) / (0.5 * allCells));
  const near = Array.from({ length: allCells }, (_, cell) => {
    const [across, down] = [(cell % cells) - cells / 2 + 0.5 - u, Math.floor(cell / cells) - cells / 2 + 0.5 - v];
    return { cell, share: weight * Math.max(0, 1 - Math.abs(across)) * Math.max(0, 1 - Math.abs(down)) };
  }).filter(({ share }) => share > 0);
  return { u, v, cells: near.map(({ cell }) => cell), shares: near.map(({ share }) => share) };
});

/**
 * 128 bits of what is around a spot, seen with `turn` as the direction of x: bit `16 d + c` tells whether slopes of
 * direction `d` are stronger in cell `c` (row by row) than in most of the 16 cells. Neither lighting nor inversion
 * changes it.
 */
export function describe({ side, across, down }: Gradient, { x, y, size, sign }: Spot, turn: number): Int32Array {
  const strengths = new Float64Array(directions * allCells);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [signedCos, signedSin] = [sign * cos, sign * sin];
  const width = cellWidth * size;
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]!;
    const column = Math.round(x + width * (cos * sample.u - sin * sample.v));
    const row = Math.round(y + width * (sin * sample.u + cos * sample.v));
    if (column < 0 || row < 0 || column >= side || row >= side) continue;
    const at = row * side + column;
    const rx = signedCos * across[at]! + signedSin * down[at]!;
    const ry = signedCos * down[at]! - signedSin * across[at]!;
    const strength = Math.sqrt(rx * rx + ry * ry);
    const direction = turnsOf(ry, rx) * directions;
    const low = Math.floor(direction);
    const upper = strength * (direction - low);
    const lower = strength - upper;
    const [from, next] = [(low % directions) * allCells, ((low + 1) % directions) * allCells];
    for (let k = 0; k < sample.cells.length; k++) {
      const cell = sample.cells[k]!;
      const share = sample.shares[k]!;
      strengths[from + cell]! += share * lower;
      strengths[next + cell]! += share * upper;
    }
  }
  return aboveMedian(strengths);
}

const sorted = new Float64Array(allCells);

function aboveMedian(strengths: Float64Array): Int32Array {
  const words = new Int32Array((directions * allCells) / 32);
  for (let from = 0; from < strengths.length; from += allCells) {
    for (let k = 0; k < allCells; k++) {
      const value = strengths[from + k]!;
      let at = k;
      for (; at > 0 && sorted[at - 1]! > value; at--) sorted[at] = sorted[at - 1]!;
      sorted[at] = value;
    }
    const median = (sorted[allCells / 2 - 1]! + sorted[allCells / 2]!) / 2;
    for (let bit = from; bit < from + allCells; bit++) {
      if (strengths[bit]! > median) words[bit >>> 5]! |= 1 << (bit & 31);
    }
  }
  return words;
}

/** Where a bit of a description goes when the picture is mirrored: a mirrored square is seen with its y turned round. */
export function mirroredBit(bit: number): number {
  const [direction, row, column] = [Math.floor(bit / allCells), Math.floor((bit % allCells) / cells), bit % cells];
  return ((directions - direction) % directions) * allCells + (cells - 1 - row) * cells + column;
}
