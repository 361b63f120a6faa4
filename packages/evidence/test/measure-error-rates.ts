/**
 * Prints the tables of measured error rates in docs/evidence.md as Markdown:
 *
 *     npx tsx --conditions=chromaray-source packages/evidence/test/measure-error-rates.ts [studies] [test] [designs]
 *
 * `test` is `auroc` (the primary test, the default), `symmetric` (the same without its interval near 0 and 1),
 * `bootstrap` (the hierarchical bootstrap of the same), `accuracy` (`compareProportion` at a fixed threshold) or `arm`
 * (the interval of one arm's AUROC, whose "type I error" is 1 - coverage). `designs` is `typical`, `near` (AUROC near 1,
 * few positives) or `spread` (seeds that vary differently in the two arms).
 */
import { Random } from '@chromaray/base';
import {
  aurocOverSeeds,
  bootstrapAurocDifference,
  compareAuroc,
  compareProportion,
  comparisonInterval,
  measureErrorRates,
  type ReaderDesign,
  type Scores,
  type StudyTest,
  studentTwoSidedP,
  TYPICAL_SHARES,
} from '../src/index.js';

const studies = Number(process.argv[2] ?? 2000);
const what = process.argv[3] ?? 'auroc';
const set = process.argv[4] ?? 'typical';

type Row = readonly [name: string, design: Omit<ReaderDesign, 'seeds'>, seeds: readonly number[]];

const base = { mostRecordsPerPatient: 3, effect: 0, seedDeviation: 0.004, shares: TYPICAL_SHARES } as const;
const large = { ...base, positivePatients: 150, negativePatients: 150, auroc: 0.95 };
const small = { ...base, positivePatients: 40, negativePatients: 25, auroc: 0.9 };
const single = { ...large, mostRecordsPerPatient: 1 };
const few = { ...single, positivePatients: 30, negativePatients: 30 };
const rare = { ...single, positivePatients: 15, negativePatients: 285 };
const many = { ...single, positivePatients: 300, negativePatients: 300 };
const uneven = { ...single, auroc: 0.9, seedDeviation: 0.001, armSeedDeviation: 0.03 };
const designs: Readonly<Record<string, readonly Row[]>> = {
  typical: [
    ['300 patients, sd over seeds 0.004', large, [1, 2, 3, 5]],
    ['300 patients, seeds alike (sd 0)', { ...large, seedDeviation: 0 }, [1, 2, 3, 5]],
    ['300 patients, sd over seeds 0.02', { ...large, seedDeviation: 0.02 }, [1, 2, 3, 5]],
    ['65 patients', small, [1, 2, 3, 5]],
    ['65 patients, sd over seeds 0.04', { ...small, seedDeviation: 0.04 }, [1, 2, 3, 5]],
  ],
  near: [
    ['60 patients, 0.975 and 0.990', { ...few, auroc: 0.975, effect: 0.015 }, [2, 3, 5]],
    ['15 positives of 300, 0.95 and 0.98', { ...rare, auroc: 0.95, effect: 0.03 }, [2, 3, 5]],
    ['600 patients, 0.975 and 0.985', { ...many, auroc: 0.975, effect: 0.01 }, [2, 3, 5]],
    ['60 patients, A/A at 0.99', { ...few, auroc: 0.99 }, [2, 3, 5]],
    ['300 patients, A/A at 0.99', { ...single, auroc: 0.99 }, [3]],
    ['15 positives of 300, A/A at 0.98', { ...rare, auroc: 0.98 }, [3]],
    ['300 patients, A/A at 0.90', { ...single, auroc: 0.9, seedDeviation: 0.01 }, [3]],
    ['300 patients, 0.92 and 0.95', { ...single, auroc: 0.92, effect: 0.03 }, [3]],
    [
      '120 patients, 0.80 and 0.85',
      { ...few, positivePatients: 60, negativePatients: 60, auroc: 0.8, effect: 0.05 },
      [3],
    ],
    ['65 patients, A/A at 0.90', { ...small, mostRecordsPerPatient: 1 }, [3]],
    ['30 patients, A/A at 0.90', { ...few, positivePatients: 15, negativePatients: 15, auroc: 0.9 }, [3]],
  ],
  spread: [
    ['sd over seeds 0.03 and 0.001', uneven, [2, 3, 5]],
    ['sd over seeds 0.01 in both', { ...uneven, seedDeviation: 0.01, armSeedDeviation: 0.01 }, [2, 3, 5]],
    ['sd over seeds 0.03 in both', { ...uneven, seedDeviation: 0.03 }, [2, 3, 5]],
    [
      'sd 0.03 in both, equal seeds correlated at 0.4',
      { ...uneven, seedDeviation: 0.03, seedCorrelation: 0.4 },
      [2, 3, 5],
    ],
  ],
};

const symmetric: StudyTest = (study, level) => {
  const { nearLimit: _, ...rest } = compareAuroc(study, level);
  const t = rest.difference === 0 ? 0 : rest.difference / rest.standardError;
  return {
    difference: rest.difference,
    p: studentTwoSidedP(t, rest.degreesOfFreedom),
    interval: comparisonInterval(rest, level),
  };
};

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
    symmetric,
    bootstrap: hierarchical,
    accuracy,
    arm: oneArm(auroc),
  };
  const test = tests[what];
  if (test === undefined) throw new Error(`"${what}" is none of ${Object.keys(tests).join(', ')}.`);
  return test;
}

const percent = (rate: number): string => (100 * rate).toFixed(1);
console.log('| study | seeds | significant, % | coverage, % | width |');
console.log('|---|---|---|---|---|');
for (const [name, design, numbers] of designs[set] ?? []) {
  for (const seeds of numbers) {
    const rates = measureErrorRates({ ...design, seeds }, studies, new Random(`${name} ${seeds}`), {
      test: testFor(design.auroc),
    });
    const error = percent(rates.significant.standardError);
    console.log(
      `| ${name} | ${seeds} | ${percent(rates.significant.rate)} ± ${error} | ${percent(rates.coverage.rate)} | ${rates.meanWidth.toFixed(4)} |`,
    );
  }
}
