import type { Landmarks } from '@chromaray/imaging';
import type { Seed } from './agreeing-places.js';

/** A landmark that looks like many others, as ribs do, tells less than one that looks like few. */
export interface WeightedSeed extends Seed {
  readonly weight: number;
}

/** What the seeds of two pictures say together. */
export interface Consensus {
  /** Sum of the weights of the seeds that tell much the same movement. */
  readonly weight: number;
  /** These first, then the others. */
  readonly seeds: readonly WeightedSeed[];
}

/** How far movements told by two landmarks of one copy differ: the turn in radians, the logarithm of the scale, and where the middle goes. */
const turnTolerance = 0.4;
const scaleTolerance = 0.5;
const middleTolerance = 0.45;
/** Of more, only those of most weight. */
const mostSeeds = 24;

/** Used anew for each pair of pictures. */
const turns = new Float64Array(mostSeeds);
const scales = new Float64Array(mostSeeds);
const across = new Float64Array(mostSeeds);
const down = new Float64Array(mostSeeds);

/**
 * Finds the seeds that agree on a movement: each of them tells a turn, a scale and where the middle of the picture goes
 * (the voting of Lowe 2004, 7.3, around each seed instead of in bins).
 */
export function consensusOf(own: Landmarks, other: Landmarks, all: readonly WeightedSeed[]): Consensus {
  const seeds = all.toSorted((a, b) => b.weight - a.weight || a.own - b.own || a.other - b.other).slice(0, mostSeeds);
  for (const [i, seed] of seeds.entries()) {
    const p = 4 * seed.own;
    const q = 4 * seed.other;
    const scale = other.places[q + 2]! / own.places[p + 2]!;
    const turn = other.places[q + 3]! - own.places[p + 3]!;
    const cos = scale * Math.cos(turn);
    const sin = scale * Math.sin(turn);
    turns[i] = turn;
    scales[i] = Math.log(scale);
    across[i] = other.places[q]! - cos * own.places[p]! + sin * own.places[p + 1]!;
    down[i] = other.places[q + 1]! - sin * own.places[p]! - cos * own.places[p + 1]!;
  }
  let best = 0;
  let weight = 0;
  for (let i = 0; i < seeds.length; i++) {
    let sum = 0;
    for (let k = 0; k < seeds.length; k++) if (agree(i, k)) sum += seeds[k]!.weight;
    if (sum <= weight) continue;
    weight = sum;
    best = i;
  }
  const agreeing = seeds.filter((_, i) => agree(best, i));
  return { weight, seeds: [...agreeing, ...seeds.filter((_, i) => !agree(best, i))] };
}

function agree(i: number, k: number): boolean {
  if (Math.abs(scales[i]! - scales[k]!) > scaleTolerance) return false;
  if (Math.abs(across[i]! - across[k]!) > middleTolerance || Math.abs(down[i]! - down[k]!) > middleTolerance)
    return false;
  const turn = (turns[i]! - turns[k]!) / (2 * Math.PI);
  return Math.abs(turn - Math.floor(turn + 0.5)) * 2 * Math.PI <= turnTolerance;
}
