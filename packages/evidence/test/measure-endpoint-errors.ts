/**
 * Prints the table of measured error rates of all endpoints in docs/evidence.md as Markdown:
 *
 *     npx tsx --conditions=chromaray-source packages/evidence/test/measure-endpoint-errors.ts [studies] [endpoint] [row]
 */
import { Random } from '@chromaray/base';
import type { EndpointMeasure } from '../src/endpoint/measure.js';
import {
  type EndpointDesign,
  measureEndpointErrors,
  trueEndpointDifference,
} from '../src/endpoint/simulated-endpoints.test-support.js';
import { TYPICAL_SHARES } from '../src/index.js';

const studies = Number(process.argv[2] ?? 1000);
const only = process.argv[3];
const onlyRow = process.argv[4];

const base = { mostRecordsPerPatient: 1, effect: 0, seedDeviation: 0.004, seeds: 3, shares: TYPICAL_SHARES } as const;
const of = (positivePatients: number, negativePatients: number) => ({ positivePatients, negativePatients });
const designs: Readonly<Record<string, EndpointDesign>> = {
  'A/A, 150 + 150, 0.95': { ...base, ...of(150, 150), auroc: 0.95, validation: of(75, 75) },
  'A/A, 150 + 150, up to 3 X-rays a patient': {
    ...{ ...base, mostRecordsPerPatient: 3 },
    ...{ ...of(150, 150), auroc: 0.95, validation: of(75, 75) },
  },
  'A/A, 150 + 150, sd over seeds 0.02': {
    ...{ ...base, seedDeviation: 0.02 },
    ...{ ...of(150, 150), auroc: 0.95, validation: of(75, 75) },
  },
  'A/A, 150 + 150, 5 seeds, validation 35 + 35': {
    ...{ ...base, seeds: 5 },
    ...{ ...of(150, 150), auroc: 0.9, validation: of(35, 35) },
  },
  'A/A, 40 + 25, 0.90': { ...base, ...of(40, 25), auroc: 0.9, validation: of(20, 13) },
  'A/A, 20 + 20, 0.90': { ...base, ...of(20, 20), auroc: 0.9, validation: of(10, 10) },
  'A/A, 10 + 290, 0.90': { ...base, ...of(10, 290), auroc: 0.9, validation: of(5, 145) },
  'A/A, 20 + 280, 0.90': { ...base, ...of(20, 280), auroc: 0.9, validation: of(10, 140) },
  'A/A, 30 + 270, 0.90': { ...base, ...of(30, 270), auroc: 0.9, validation: of(15, 135) },
  'A/A, 150 + 150, 0.99': { ...base, ...of(150, 150), auroc: 0.99, validation: of(75, 75) },
  '150 + 150, 0.90 and 0.93': { ...base, ...of(150, 150), auroc: 0.9, effect: 0.03, validation: of(75, 75) },
  '50 + 450, 0.85 and 0.90': { ...base, ...of(50, 450), auroc: 0.85, effect: 0.05, validation: of(25, 225) },
};
const measures: Readonly<Record<string, EndpointMeasure>> = {
  auprc: { metric: 'auprc' },
  'partial 0.2': { metric: 'partial-auroc', range: [0, 0.2] },
  'partial 0.05': { metric: 'partial-auroc', range: [0, 0.05] },
  'sensitivity at 0.9': { metric: 'sensitivity', at: 0.9 },
  'sensitivity at 0.95': { metric: 'sensitivity', at: 0.95 },
  'specificity at 0.9': { metric: 'specificity', at: 0.9 },
  'balanced accuracy': { metric: 'balanced-accuracy' },
  brier: { metric: 'brier' },
};

const percent = (rate: number): string => (100 * rate).toFixed(1);
console.log('| endpoint | study | significant, % | coverage, % | width | variance ratio |');
console.log('|---|---|---|---|---|---|');
for (const [name, measure] of Object.entries(measures)) {
  if (only !== undefined && only !== 'all' && !only.split(',').some((one) => name.startsWith(one))) continue;
  for (const [row, design] of Object.entries(designs)) {
    if (onlyRow !== undefined && !row.includes(onlyRow)) continue;
    const random = new Random(`${name} ${row}`);
    const truth = trueEndpointDifference(design, measure, random.fork('truth'));
    const { significant, coverage, width, varianceRatio } = measureEndpointErrors(
      ...([design, measure, studies, random, truth] as const),
    );
    console.log(
      `| ${name} | ${row} | ${percent(significant)} | ${percent(coverage)} | ${width.toFixed(3)} | ${varianceRatio.toFixed(2)} |`,
    );
  }
}
