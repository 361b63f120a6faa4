import type { ReportTrial, RocPoint } from '../report-input.js';

/** A curve of one network, or of one reader. */
export interface WithCurve {
  readonly roc: readonly RocPoint[];
}

/** An arm with its curves. */
export interface RocArm<Curve extends WithCurve = WithCurve> {
  readonly name: string;
  readonly control: boolean;
  readonly trials: readonly Curve[];
}

/** Trials that have a ROC curve. */
export function withRoc<Curve extends WithCurve>(arm: RocArm<Curve>): readonly Curve[] {
  return arm.trials.filter((trial) => trial.roc.length > 1);
}

/** Steps of the false positive rate at which curves are averaged. */
const steps = 200;

/** The mean of the true positive rates at equal false positive rate (vertical averaging; Fawcett 2006). */
export function meanRoc(trials: readonly WithCurve[]): RocPoint[] {
  if (trials.length === 1) return [...(trials[0]?.roc ?? [])];
  const mean: RocPoint[] = [{ falsePositiveRate: 0, truePositiveRate: 0 }];
  for (let step = 0; step <= steps; step++) mean.push(meanAt(trials, step / steps));
  return mean;
}

/** One point of that curve. */
export function meanAt(trials: readonly WithCurve[], rate: number): RocPoint {
  const sum = trials.reduce((total, trial) => total + truePositiveRateAt(trial.roc, rate), 0);
  return { falsePositiveRate: rate, truePositiveRate: sum / trials.length };
}

/** Linear between the curve's corners; the highest value where the curve rises straight up. */
function truePositiveRateAt(roc: readonly RocPoint[], rate: number): number {
  let before: RocPoint = { falsePositiveRate: 0, truePositiveRate: 0 };
  for (const point of roc) {
    if (point.falsePositiveRate > rate) {
      const share = (rate - before.falsePositiveRate) / (point.falsePositiveRate - before.falsePositiveRate);
      return before.truePositiveRate + share * (point.truePositiveRate - before.truePositiveRate);
    }
    before = point;
  }
  return before.truePositiveRate;
}

/** Where a network stands on its curve at its own threshold; nothing where a class is empty. */
export function operatingPoint({ confusion }: ReportTrial): RocPoint[] {
  if (confusion === null) return [];
  const positives = confusion.truePositives + confusion.falseNegatives;
  const negatives = confusion.falsePositives + confusion.trueNegatives;
  if (positives === 0 || negatives === 0) return [];
  return [
    { falsePositiveRate: confusion.falsePositives / negatives, truePositiveRate: confusion.truePositives / positives },
  ];
}
