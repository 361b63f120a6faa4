import { firstSmoothing, type Octave, scaleStep, scalesPerOctave } from './scale-space.js';

/** A place where something of a certain size stands out from what is around it, brighter or darker. */
export interface Spot {
  /** Position of the octave in the scale space, and of the plane in the octave. */
  readonly octave: number;
  readonly plane: number;
  /** In samples of the octave; 0 is the middle of the first sample. */
  readonly x: number;
  readonly y: number;
  /** Standard deviation of the Gaussian that fits the structure, in samples of the octave. */
  readonly size: number;
  /** How much it stands out. */
  readonly strength: number;
  /** 1 where it is brighter than what is around it, -1 where it is darker. */
  readonly sign: 1 | -1;
}

/** Weaker extremes are noise. */
const leastStrength = 0.01;
/** Ratio of curvatures from which an extreme is the middle of an edge, which can slide along it (Lowe 2004, 4.1). */
const edgeRatio = 10;

/** Extremes in place and size of the differences of a scale space, the strongest first. */
export function findSpots(octaves: readonly Octave[]): readonly Spot[] {
  const spots: Spot[] = [];
  for (const [octave, { side, differences }] of octaves.entries()) {
    for (let plane = 1; plane <= scalesPerOctave; plane++) {
      const here = differences[plane]!;
      for (let row = 1; row < side - 1; row++) {
        for (let column = 1; column < side - 1; column++) {
          const at = row * side + column;
          const value = here[at]!;
          if (Math.abs(value) < leastStrength || !isExtreme(differences, plane, at, side)) continue;
          const offset = refine(differences, plane, at, side);
          if (offset === undefined) continue;
          const size = firstSmoothing * scaleStep ** (plane + offset.plane);
          const strength = Math.abs(value);
          // A difference takes the less smoothed picture away, and is negative in the middle of something bright.
          const sign = value < 0 ? 1 : -1;
          spots.push({ octave, plane, x: column + offset.x, y: row + offset.y, size, strength, sign });
        }
      }
    }
  }
  return spots.sort((a, b) => b.strength - a.strength);
}

/** Whether a sample exceeds all 26 around it, or all exceed it. */
function isExtreme(planes: readonly Float32Array[], plane: number, at: number, side: number): boolean {
  const here = planes[plane]!;
  const value = here[at]!;
  // Most samples fail at one of the nearest four.
  if (value > 0) {
    if (here[at - 1]! >= value || here[at + 1]! >= value || here[at - side]! >= value || here[at + side]! >= value)
      return false;
  } else if (here[at - 1]! <= value || here[at + 1]! <= value || here[at - side]! <= value || here[at + side]! <= value)
    return false;
  const sign = value > 0 ? 1 : -1;
  for (let k = plane - 1; k <= plane + 1; k++) {
    const samples = planes[k]!;
    for (let row = at - side; row <= at + side; row += side) {
      for (let near = row - 1; near <= row + 1; near++) {
        if (samples[near]! * sign >= value * sign && !(k === plane && near === at)) return false;
      }
    }
  }
  return true;
}

/** Where between the samples the extreme lies, by parabolas; undefined on an edge. */
function refine(planes: readonly Float32Array[], plane: number, at: number, side: number) {
  const here = planes[plane]!;
  const value = here[at]!;
  const xx = here[at + 1]! + here[at - 1]! - 2 * value;
  const yy = here[at + side]! + here[at - side]! - 2 * value;
  const xy = (here[at + side + 1]! - here[at + side - 1]! - here[at - side + 1]! + here[at - side - 1]!) / 4;
  const determinant = xx * yy - xy * xy;
  if (!(determinant > 0) || (xx + yy) ** 2 * edgeRatio > (edgeRatio + 1) ** 2 * determinant) return undefined;
  const x = (here[at + 1]! - here[at - 1]!) / 2;
  const y = (here[at + side]! - here[at - side]!) / 2;
  const [finer, coarser] = [planes[plane - 1]![at]!, planes[plane + 1]![at]!];
  return {
    x: withinHalf((xy * y - yy * x) / determinant),
    y: withinHalf((xy * x - xx * y) / determinant),
    plane: withinHalf((finer - coarser) / (2 * (finer + coarser - 2 * value))),
  };
}

function withinHalf(offset: number): number {
  return Number.isFinite(offset) ? Math.max(-0.5, Math.min(0.5, offset)) : 0;
}
