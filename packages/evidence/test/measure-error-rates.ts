/**
 * Prints the tables of measured error rates in docs/evidence.md as Markdown:
 *
 *     npx tsx --conditions=chromaray-source packages/evidence/test/measure-error-rates.ts [studies] [what]
 *
 * `what` is `auroc` (the primary test, the default), `bootstrap` (the hierarchical bootstrap of the same),
 * `accuracy` (`compareProportion` at a fixed threshold) or `arm` (the interval of one arm's AUROC, whose
 * "type I error" is 1 - coverage).
 */
import { Random } from '@chromaray/base';
import {
  aurocOverSeeds,
  bootstrapAurocDifference,
  compareAuroc,
  compareProportion,
  measureErrorRates,
  type ReaderDesign,
  type Scores,
  type StudyTest,
  TYPICAL_SHARES,
} from '../src/index.js';

const studies = Number(process.argv[2] ?? 2000);
const what = process.argv[3] ?? 'auroc';

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
  // Without a spread nothing is found, and everything is possible.
  const { estimate, p, percentile } = result;
  return { difference: estimate, p: p ?? 1, interval: percentile ?? { lower: -1, upper: 1, level } };
};

/** About half way between the classes of the designs above. */
const THRESHOLD = 1.1;

const accuracy: StudyTest = ({ labels, patients, arm, control }, level) => {
  const right = (scores: Scores): Uint8Array =>
    Uint8Array.from(scores, (score, i) => (score >= THRESHOLD === Boolean(labels[i]) ? 1 : 0));
  return compareProportion({ arm: arm.map(right), control: control.map(right), patients }, level);
};

/** The arm's own interval, moved so that the true AUROC is at 0. */
const oneArm =
  (truth: number): StudyTest =>
  ({ labels, patients, arm }, level) => {
    const { mean, interval } = aurocOverSeeds({ labels, patients, scores: arm }, level);
    const [lower, upper] = [interval.lower - truth, interval.upper - truth];
    return { difference: mean - truth, p: lower > 0 || upper < 0 ? 0 : 1, interval: { lower, upper, level } };
  };

function testFor(auroc: number): StudyTest {
  const tests: Record<string, StudyTest> = {
    auroc: compareAuroc,
    bootstrap: hierarchical,
    accuracy,
    arm: oneArm(auroc),
  };
  const test = tests[what];
  if (test === undefined) throw new Error(`"${what}" is none of ${Object.keys(tests).join(', ')}.`);
  return test;
}

const percent = (rate: number): string => (100 * rate).toFixed(1);
console.log('| study | seeds | type I error, % | coverage, % | width |');
console.log('|---|---|---|---|---|');
for (const [name, design] of designs) {
  for (const seeds of [1, 2, 3, 5]) {
    const rates = measureErrorRates({ ...design, seeds }, studies, new Random(`${name} ${seeds}`), {
      test: testFor(design.auroc),
    });
    const error = percent(rates.significant.standardError);
    console.log(
      `| ${name} | ${seeds} | ${percent(rates.significant.rate)} ± ${error} | ${percent(rates.coverage.rate)} | ${rates.meanWidth.toFixed(4)} |`,
    );
  }
}
