/**
 * Prints the table of measured error rates of effects of factors in docs/evidence.md as Markdown:
 *
 *     npx tsx --conditions=chromaray-source packages/evidence/test/measure-factorial-errors.ts [studies] [row]
 */
import { Random } from '@chromaray/base';
import {
  type ContrastRates,
  type FactorialDesign,
  measureFactorialErrors,
} from '../src/factorial/simulated-factorial.test-support.js';
import { TYPICAL_SHARES } from '../src/index.js';
import { meanOf } from '../src/seeds/summary.js';

const studies = Number(process.argv[2] ?? 1000);
const only = process.argv[3];

const base = {
  ...{ positivePatients: 150, negativePatients: 150, mostRecordsPerPatient: 1 },
  ...{ auroc: 0.9, effect: 0, seedDeviation: 0.004, seeds: 3, shares: TYPICAL_SHARES },
} as const;
const equal = (cells: number, auroc = 0.9): number[] => new Array<number>(cells).fill(auroc);
const two = { ...base, levels: [2, 2], aurocs: equal(4) };
const designs: Readonly<Record<string, FactorialDesign>> = {
  '2 x 2, no effect': two,
  'the same, 2 seeds': { ...two, seeds: 2 },
  'the same, 5 seeds': { ...two, seeds: 5 },
  'the same, sd over seeds 0.02': { ...two, seedDeviation: 0.02 },
  'the same, sd 0.02, 2 seeds': { ...two, seedDeviation: 0.02, seeds: 2 },
  'sd 0.03 with one level, 0.001 with the other': { ...two, deviations: [0.03, 0.03, 0.001, 0.001] },
  'up to 3 X-rays a patient': { ...two, mostRecordsPerPatient: 3 },
  '65 patients': { ...two, positivePatients: 40, negativePatients: 25 },
  'AUROC 0.98, 60 patients': {
    ...two,
    positivePatients: 30,
    negativePatients: 30,
    auroc: 0.98,
    aurocs: equal(4, 0.98),
  },
  '2 x 2, one main effect of 0.03': { ...two, aurocs: [0.88, 0.88, 0.91, 0.91] },
  '2 x 2, two main effects, no interaction': { ...two, aurocs: [0.86, 0.89, 0.88, 0.91] },
  '2 x 2, interaction of 0.04 alone': { ...two, aurocs: [0.9, 0.88, 0.88, 0.9] },
  '3 x 2, no effect': { ...base, levels: [3, 2], aurocs: equal(6) },
  '2 x 2 x 2, no effect': { ...base, levels: [2, 2, 2], aurocs: equal(8) },
};

const percent = (rate: number | null): string => (rate === null ? '' : (100 * rate).toFixed(1));
const cell = (rates: readonly ContrastRates[], of: (one: ContrastRates) => number): string =>
  rates.length === 0 ? '' : percent(meanOf(rates.map(of)));
console.log(
  '| factorial | main effects of 0 found, % | interactions of 0 found, % | true effects found, % | coverage, % | an effect of 0 found after Holm, % |',
);
console.log('|---|---|---|---|---|---|');
for (const [row, design] of Object.entries(designs)) {
  if (only !== undefined && !row.includes(only)) continue;
  const { contrasts, familyError } = measureFactorialErrors(design, studies, new Random(row));
  const nulls = (factors: number) =>
    contrasts.filter(({ truth, contrast }) => Math.abs(truth) < 1e-12 && contrast.factors.length === factors);
  const real = contrasts.filter(({ truth }) => Math.abs(truth) >= 1e-12);
  const found = ({ significant }: ContrastRates) => significant;
  console.log(
    `| ${row} | ${cell(nulls(1), found)} | ${cell(nulls(2), found)} | ${cell(real, found)} | ${cell(contrasts, (one) => one.coverage)} | ${percent(familyError)} |`,
  );
}
