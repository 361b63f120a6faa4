import type { IntervalEnds, ReaderArmResult } from '@chromaray/contracts';
import { type AnalysedTable, type Cell, type Interval, type MrmcAnalysis, rocCurve } from '@chromaray/evidence';
import { asPair } from '../comparison/metric-summary.js';
import { finiteOrNull } from './design-facts.js';

/** Every arm with its readers, the control first. */
export function armResults(
  { table }: AnalysedTable,
  { arms }: MrmcAnalysis,
  control: string,
): readonly ReaderArmResult[] {
  const results = arms.map(({ treatment, mean, interval, degreesOfFreedom, perReader }, i) => ({
    arm: treatment,
    control: treatment === control,
    mean,
    interval: pairOrNull(interval),
    degreesOfFreedom: finiteOrNull(degreesOfFreedom),
    perReader: perReader.map((one, j) => ({
      reader: table.readers[j]!,
      value: one.value,
      interval: pairOrNull(one.interval),
      roc: curveOf(table.cells[i]![j]!),
    })),
  }));
  return results.sort((a, b) => Number(b.control) - Number(a.control));
}

function curveOf({ labels, ratings }: Cell): readonly (readonly [number, number])[] {
  const { falsePositiveRate, sensitivity } = rocCurve(labels, ratings);
  return Array.from(falsePositiveRate, (rate, k) => [rate, sensitivity[k]!] as const);
}

function pairOrNull(interval: Interval | null): IntervalEnds | null {
  return interval === null ? null : asPair(interval);
}
