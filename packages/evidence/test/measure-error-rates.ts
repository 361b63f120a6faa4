/**
 * Prints the table of measured error rates in docs/evidence.md as Markdown:
 *
 *     npx tsx --conditions=chromaray-source packages/evidence/test/measure-error-rates.ts [studies] [bootstrap]
 */
import { Random } from '@chromaray/base';
import {
  bootstrapAurocDifference,
  measureErrorRates,
  type ReaderDesign,
  type StudyTest,
  TYPICAL_SHARES,
} from '../src/index.js';

const studies = Number(process.argv[2] ?? 2000);
const withBootstrap = process.argv[3] === 'bootstrap';

const base = { mostRecordsPerPatient: 3, effect: 0, seedDeviation: 0.004, shares: TYPICAL_SHARES } as const;
const large = { ...base, positivePatients: 150, negativePatients: 150, auroc: 0.95 };
const small = { ...base, positivePatients: 40, negativePatients: 25, auroc: 0.9 };
const designs: [string, Omit<ReaderDesign, 'seeds'>][] = [
  ['300 patients, sd over seeds 0.004', large],
  ['300 patients, seeds alike (sd 0)', { ...large, seedDeviation: 0 }],
  ['300 patients, sd over seeds 0.02', { ...large, seedDeviation: 0.02 }],
  ['65 patients', small],
  ['65 patients, sd over seeds 0.04', { ...small, seedDeviation: 0.04 }],
];

const hierarchical: StudyTest = (study, level, random) => {
  const result = bootstrapAurocDifference(study, { random, level, resamples: 500 });
  return { difference: result.estimate, p: result.p, interval: result.percentile };
};

const percent = (rate: number): string => (100 * rate).toFixed(1);
console.log('| study | seeds | type I error, % | coverage, % | width |');
console.log('|---|---|---|---|---|');
for (const [name, design] of designs) {
  for (const seeds of [1, 2, 3, 5]) {
    const options = withBootstrap ? { test: hierarchical } : {};
    const rates = measureErrorRates({ ...design, seeds }, studies, new Random(`${name} ${seeds}`), options);
    const error = percent(rates.significant.standardError);
    console.log(
      `| ${name} | ${seeds} | ${percent(rates.significant.rate)} ± ${error} | ${percent(rates.coverage.rate)} | ${rates.meanWidth.toFixed(4)} |`,
    );
  }
}
