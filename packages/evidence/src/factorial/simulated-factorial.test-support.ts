import type { Random } from '@chromaray/base';
import { correctComparisons } from '../multiple/correction.js';
import { comparisonInterval } from '../seeds/difference.js';
import { meanOf } from '../seeds/summary.js';
import { type ReaderDesign, simulateReaders } from '../simulate/readers.js';
import { type Cells, compareGroups } from './compare-groups.js';
import { type FactorialContrast, factorialContrasts } from './contrasts.js';
import { measureNetworks } from './networks.js';

/** A full factorial without training: readers of the same records, each cell with an AUROC and a spread over seeds. */
export interface FactorialDesign extends ReaderDesign {
  readonly levels: readonly number[];
  /** True mean AUROC by cell. */
  readonly aurocs: readonly number[];
  /** Standard deviation over seeds by cell; the design's where it is absent. */
  readonly deviations?: readonly number[];
}

export interface ContrastRates {
  readonly contrast: FactorialContrast;
  readonly truth: number;
  /** Share of studies with p <= 0.05, before any correction. */
  readonly significant: number;
  readonly coverage: number;
  readonly width: number;
}

export interface FactorialRates {
  readonly contrasts: readonly ContrastRates[];
  /** Share of studies in which Holm's procedure finds an effect that is truly 0; null where none is. */
  readonly familyError: number | null;
}

export function measureFactorialErrors(design: FactorialDesign, studies: number, random: Random): FactorialRates {
  const contrasts = factorialContrasts(design.levels);
  const truths = contrasts.map((contrast) => trueEffect(contrast, design.aurocs));
  const found = Array.from({ length: studies }, (_, s) => effectsOf(design, contrasts, random.fork(s)));
  const isNull = truths.map((truth) => Math.abs(truth) < 1e-12);
  const wrong = found.filter((tests) => {
    const corrected = correctComparisons(
      tests.map(({ p }) => p),
      'holm',
    );
    return corrected.some(({ significant }, i) => significant && isNull[i]);
  });
  return {
    contrasts: contrasts.map((contrast, i) => {
      const own = found.map((tests) => tests[i]!);
      const truth = truths[i]!;
      const holds = (one: (typeof own)[number]) => one.lower <= truth && truth <= one.upper;
      return {
        ...{ contrast, truth },
        significant: own.filter(({ p }) => p <= 0.05).length / studies,
        coverage: own.filter(holds).length / studies,
        width: meanOf(own.map(({ lower, upper }) => upper - lower)),
      };
    }),
    familyError: isNull.includes(true) ? wrong.length / studies : null,
  };
}

function trueEffect({ plus, minus, scale }: FactorialContrast, aurocs: readonly number[]): number {
  const mean = (cells: readonly number[]) => meanOf(cells.map((cell) => aurocs[cell]!));
  return scale * (mean(plus) - mean(minus));
}

function effectsOf(design: FactorialDesign, contrasts: readonly FactorialContrast[], random: Random) {
  const { seeds, aurocs, deviations, seedDeviation } = design;
  const readers = aurocs.map((auroc, i) => ({ auroc, seedDeviation: deviations?.[i] ?? seedDeviation }));
  const { labels, patients, networks } = simulateReaders(design, readers, random);
  const measured = measureNetworks({ metric: 'auroc' }, [{ test: { labels, patients, scores: networks.flat() } }]);
  const cellsOf = (cells: readonly number[]): Cells =>
    cells.map((cell) => Array.from({ length: seeds }, (_, s) => cell * seeds + s));
  return contrasts.map(({ plus, minus, scale }) => {
    const test = compareGroups(measured, cellsOf(plus), cellsOf(minus));
    const { lower, upper } = comparisonInterval(test, 0.95);
    return { p: test.p, lower: scale * lower, upper: scale * upper };
  });
}
