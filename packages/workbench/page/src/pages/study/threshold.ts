import type { Thresholds } from '../../../../src/results/thresholds.js';
import type { Point } from '../../kit/plot/marks.js';

type Trial = Thresholds['trials'][number];

/** What a network decides at a threshold, on the test part: records of each kind. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

/** @param step records of this step and above are called positive; null: those at the network's own threshold or above */
export function confusionAt({ positives, negatives, called }: Trial, step: number | null): Confusion {
  const [truePositives, falsePositives] =
    step === null ? [called.positives, called.negatives] : [atLeast(positives, step), atLeast(negatives, step)];
  return {
    ...{ truePositives, falsePositives },
    trueNegatives: atLeast(negatives, 0) - falsePositives,
    falseNegatives: atLeast(positives, 0) - truePositives,
  };
}

/** The step from which records reach a threshold. */
export function stepOf(threshold: number, steps: number): number {
  return Math.max(0, Math.ceil(threshold * steps - 1e-9));
}

/** Seeds of an arm's networks: with folds a seed has as many networks. */
export function seedsOf(trials: readonly Trial[]): number {
  return new Set(trials.map(({ seed }) => seed)).size;
}

/** Means over the seeds of an arm, the folds of a seed together; null without a finished trial. */
export function meanConfusion(trials: readonly Trial[], step: number | null): Confusion | null {
  if (trials.length === 0) return null;
  const all = trials.map((trial) => confusionAt(trial, step));
  const mean = (of: (one: Confusion) => number) => all.reduce((sum, one) => sum + of(one), 0) / seedsOf(trials);
  return {
    truePositives: mean((one) => one.truePositives),
    falsePositives: mean((one) => one.falsePositives),
    trueNegatives: mean((one) => one.trueNegatives),
    falseNegatives: mean((one) => one.falseNegatives),
  };
}

export function sensitivity({ truePositives, falseNegatives }: Confusion): number {
  return truePositives / (truePositives + falseNegatives);
}

export function falsePositiveRate({ falsePositives, trueNegatives }: Confusion): number {
  return falsePositives / (falsePositives + trueNegatives);
}

/** The ROC curve of a network: false positive rate and sensitivity, from (0, 0) to (1, 1), probabilities as fine as the steps. */
export function rocOf({ positives, negatives }: Trial): readonly (readonly [number, number])[] {
  const [allPositives, allNegatives] = [atLeast(positives, 0), atLeast(negatives, 0)];
  const steps = new Map<number, [positives: number, negatives: number]>();
  for (const [list, i] of [
    [positives, 0],
    [negatives, 1],
  ] as const)
    for (let at = 0; at < list.length; at += 2) {
      const counts = steps.get(list[at]!) ?? [0, 0];
      counts[i] += list[at + 1]!;
      steps.set(list[at]!, counts);
    }
  let [found, alarms] = [0, 0];
  const curve: [number, number][] = [[0, 0]];
  for (const [, [more, wrong]] of [...steps].sort(([a], [b]) => b - a)) {
    found += more;
    alarms += wrong;
    curve.push([alarms / allNegatives, found / allPositives]);
  }
  return curve;
}

/** Places at which curves are averaged. */
const grid = 200;

/** The mean sensitivity of several curves at each false positive rate: vertical averaging (Fawcett 2006). */
export function meanRoc(curves: readonly (readonly (readonly [number, number])[])[]): readonly Point[] {
  if (curves.length === 0) return [];
  const mean = Array.from({ length: grid + 1 }, (_, i): Point => {
    const rate = i / grid;
    return [rate, curves.reduce((sum, curve) => sum + heightAt(curve, rate), 0) / curves.length];
  });
  return [[0, 0], ...mean];
}

/** The highest sensitivity of a curve at a false positive rate, on the straight line between its corners. */
function heightAt(curve: readonly (readonly [number, number])[], rate: number): number {
  let before: readonly [number, number] = [0, 0];
  for (const corner of curve) {
    if (corner[0] > rate) {
      const width = corner[0] - before[0];
      return before[1] + ((corner[1] - before[1]) * (rate - before[0])) / width;
    }
    before = corner;
  }
  return before[1];
}

/** Area under a curve, by trapezia. */
export function areaUnder(curve: readonly (readonly [number, number])[]): number {
  return curve.slice(1).reduce((sum, [x, y], i) => sum + ((x - curve[i]![0]) * (y + curve[i]![1])) / 2, 0);
}

function atLeast(pairs: readonly number[], step: number): number {
  let sum = 0;
  for (let i = 0; i < pairs.length; i += 2) if (pairs[i]! >= step) sum += pairs[i + 1]!;
  return sum;
}
