import type { GrayImage } from '../image.js';
import { type Traits, traitSide, traitsOf } from './traits.js';

/**
 * What some pictures look like, so that another can be told to be unlike them. Every number is rounded as it is stored.
 */
export interface Likeness {
  /** Of each of 16 x 16 areas: mean and spread over the pictures. */
  readonly pattern: { readonly mean: readonly number[]; readonly spread: readonly number[] };
  /** Of the fine structure. */
  readonly fine: { readonly mean: number; readonly spread: number };
  /** The largest distances that do not count as far. */
  readonly limits: Distances;
  /** Pictures that were described, and others of the same kind on which the limits were set. */
  readonly described: number;
  readonly calibrated: number;
}

/** How far a picture is, in spreads: over all areas (root mean square), and by its fine structure. */
export interface Distances {
  readonly pattern: number;
  readonly fine: number;
}

/** Share of pictures of the same kind that each of the two limits is to let through. */
const within = 0.995;
/** Fewer pictures describe nothing, and set no limit. */
const fewest = 8;
/** Where all pictures agree, a spread of 0 would make any other infinitely far. */
const narrowest = { pattern: 0.05, fine: 0.02 };

/**
 * Describes pictures, and sets limits on others that were not described: of n distances, the limit is the smallest that
 * at least 99.5 % of n + 1 would not pass (split conformal prediction, Vovk, Gammerman and Shafer 2005), or the largest
 * where n is below 199. So about 1 % of pictures of the same kind are called far, or 2 of n + 1.
 *
 * @param kind one size and source, such as a training part as its network is fed it
 * @param others held back, such as the validation part
 * @returns undefined for fewer than 8 of either that are not flat
 */
export function describeLikeness(kind: Iterable<GrayImage>, others: Iterable<GrayImage>): Likeness | undefined {
  const known = traits(kind);
  if (known.length < fewest) return undefined;
  const areas = Array.from({ length: traitSide ** 2 }, (_, i) => spread(known.map(({ pattern }) => pattern[i]!)));
  const fine = spread(known.map((one) => one.fine));
  const described = {
    pattern: {
      mean: areas.map(({ mean }) => rounded(mean)),
      spread: areas.map((one) => rounded(Math.hypot(one.spread, narrowest.pattern))),
    },
    fine: { mean: rounded(fine.mean), spread: rounded(Math.hypot(fine.spread, narrowest.fine)) },
  };
  const distances = traits(others).map((one) => distanceOf(one, described));
  if (distances.length < fewest) return undefined;
  return {
    ...described,
    limits: { pattern: limit(distances.map((one) => one.pattern)), fine: limit(distances.map((one) => one.fine)) },
    described: known.length,
    calibrated: distances.length,
  };
}

/** How far a picture is from those described; infinitely for a flat one. */
export function distancesFrom(gray: GrayImage, likeness: Likeness): Distances {
  const found = traitsOf(gray);
  return found === undefined ? { pattern: Infinity, fine: Infinity } : distanceOf(found, likeness);
}

/** The rule by which a picture is called unlike those described: it passes either limit. */
export function isFar({ pattern, fine }: Distances, { limits }: Likeness): boolean {
  return pattern > limits.pattern || fine > limits.fine;
}

function distanceOf({ pattern, fine }: Traits, known: Pick<Likeness, 'pattern' | 'fine'>): Distances {
  const squares = pattern.reduce((sum, value, i) => {
    const apart = (value - known.pattern.mean[i]!) / known.pattern.spread[i]!;
    return sum + apart * apart;
  }, 0);
  return { pattern: Math.sqrt(squares / pattern.length), fine: Math.abs(fine - known.fine.mean) / known.fine.spread };
}

function traits(pictures: Iterable<GrayImage>): readonly Traits[] {
  return [...pictures].flatMap((picture) => traitsOf(picture) ?? []);
}

function spread(values: readonly number[]): { mean: number; spread: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, spread: Math.sqrt(variance) };
}

function limit(distances: readonly number[]): number {
  const rank = Math.min(distances.length, Math.ceil((distances.length + 1) * within));
  // Rounded up: what set the limit does not pass it.
  return Math.ceil(1000 * [...distances].sort((a, b) => a - b)[rank - 1]!) / 1000;
}

function rounded(value: number): number {
  return Math.round(1000 * value) / 1000;
}
