import { readFileSync } from 'node:fs';
import type { Manifest, ManifestRecord, StudyFile } from '@chromaray/contracts';
import { rocCurve } from '@chromaray/evidence';
import { beforeAll, describe, expect, it } from 'vitest';
import { testConfusion } from '../comparison/arm-results.js';
import { pooledFolds } from '../comparison/fold-scores.js';
import type { PartScores, StudyScores } from '../comparison/study-scores.js';
import { studyBehaviour } from './study-behaviour.js';

interface Part {
  readonly labels: readonly number[];
  readonly probabilities: readonly number[];
}

/** Recorded by test/reference/fold_behaviour.py. */
const recorded: {
  readonly sklearn: string;
  readonly folds: readonly {
    readonly validation: Part;
    readonly test: Part;
    readonly threshold: number;
    readonly auroc: number;
    readonly brier: number;
  }[];
  readonly pooled: {
    readonly roc: readonly [falsePositiveRate: readonly number[], truePositiveRate: readonly number[]];
    readonly brier: number;
    readonly logLoss: number;
    readonly reliability: readonly [predicted: readonly number[], observed: readonly number[]];
    readonly confusion: Readonly<Record<string, number>>;
    readonly temperature: number;
    readonly logLossAtTemperature: number;
  };
} = JSON.parse(readFileSync(new URL('../../test/fixtures/fold-behaviour.json', import.meta.url), 'utf8'));

const part = (name: string, { labels }: Part): PartScores => ({
  records: labels.map((_, i) => `${name}-${i}`),
  patients: labels.map((_, i) => `${name}-${i}`),
  labels: Uint8Array.from(labels),
});

const folds = recorded.folds.map(
  ({ test, validation, threshold }, i): StudyScores => ({
    test: part(`t${i}`, test),
    validation: part(`v${i}`, validation),
    trials: ['gray', 'turbo'].map((arm) => ({
      ...{ arm, seed: 1, threshold },
      test: Float64Array.from(test.probabilities),
      validation: Float64Array.from(validation.probabilities),
    })),
  }),
);
const scores = pooledFolds(folds);

const study = {
  arms: [
    { name: 'gray', control: true },
    { name: 'turbo', control: false },
  ],
  endpoint: { alpha: 0.05 },
} as unknown as StudyFile;

function manifestOf({ test: { records, labels } }: StudyScores): Manifest {
  return {
    dataset: { positive: 'PNEUMONIA' },
    records: records.map(
      (id, i) =>
        ({
          id,
          positive: labels[i] === 1,
          label: labels[i] === 1 ? 'PNEUMONIA' : 'NORMAL',
          subtype: null,
          sex: i % 2 ? 'male' : 'female',
        }) as unknown as ManifestRecord,
    ),
  } as unknown as Manifest;
}

describe(`folds put together against scikit-learn ${recorded.sklearn}`, () => {
  let found: ReturnType<typeof studyBehaviour>;
  beforeAll(() => {
    found = studyBehaviour(study, manifestOf(scores), scores, []);
  });
  const { pooled } = recorded;

  it('have its ROC curve, every record once', () => {
    const { sensitivity, falsePositiveRate } = rocCurve(scores.test.labels, scores.trials[0]!.test);
    const corners = (x: ArrayLike<number>, y: ArrayLike<number>) =>
      Array.from(x, (rate, i) => `${rate.toFixed(9)} ${y[i]!.toFixed(9)}`);
    const theirs = new Set(corners(...pooled.roc));
    for (const corner of corners(falsePositiveRate, sensitivity)) expect(theirs).toContain(corner);
    const area = (x: ArrayLike<number>, y: ArrayLike<number>) =>
      Array.from(x).reduce((sum, rate, i) => (i === 0 ? 0 : sum + ((rate - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2), 0);
    expect(area(falsePositiveRate, sensitivity)).toBeCloseTo(area(...pooled.roc), 12);
  });

  it('have its bins, Brier score, log loss and confusion', () => {
    const { reliability, calibration } = found.arms[0]!;
    expect(reliability).toHaveLength(10);
    reliability.forEach(({ probability, observed }, bin) => {
      expect(probability).toBeCloseTo(pooled.reliability[0][bin]!, 12);
      expect(observed).toBeCloseTo(pooled.reliability[1][bin]!, 12);
    });
    expect(calibration[0]!.brier).toBeCloseTo(pooled.brier, 12);
    expect(calibration[0]!.logLoss).toBeCloseTo(pooled.logLoss, 12);
    expect(testConfusion(scores.trials[0]!, scores)).toMatchObject(pooled.confusion);
  });

  it('take each fold’s temperature from its own validation part, for its own records', () => {
    const { temperature, atTemperature } = found.arms[0]!.calibration[0]!;
    expect(temperature).toBeCloseTo(pooled.temperature, 4);
    expect(atTemperature.logLoss).toBeCloseTo(pooled.logLossAtTemperature, 6);
  });

  it('choose thresholds fold by fold: what another fold validates on changes nothing here', () => {
    const changed = folds.map((fold, i) =>
      i === 0
        ? fold
        : {
            ...fold,
            trials: fold.trials.map((trial) => ({ ...trial, validation: trial.validation!.map((p) => p / 4) })),
          },
    );
    const again = pooledFolds(changed);
    const rows = folds[0]!.test.records;
    const right = (of: ReturnType<typeof studyBehaviour>) =>
      of.arms[0]!.mistakes.filter(({ record }) => rows.includes(record));
    const other = studyBehaviour(study, manifestOf(again), again, []);
    expect(right(other)).toEqual(right(found));
    const [before, after] = [found, other].map(({ arms }) => arms[0]!.thresholds[1]!.thresholds[0]!);
    expect(after).toBeLessThan(before!);
  });

  it('are also told one by one, with its AUROC and Brier score', () => {
    expect(found.folds!.map(({ fold, records }) => [fold, records])).toEqual([
      [1, 40],
      [2, 30],
      [3, 50],
    ]);
    found.folds!.forEach(({ networks }, i) => {
      expect(networks.map(({ arm }) => arm)).toEqual(['gray', 'turbo']);
      expect(networks[0]!.auroc).toBeCloseTo(recorded.folds[i]!.auroc, 12);
      expect(networks[0]!.brier).toBeCloseTo(recorded.folds[i]!.brier, 12);
    });
  });

  it('rank no networks of different folds among each other: subgroups have no AUROC and no differences', () => {
    const { subgroups } = found.arms[0]!;
    expect(subgroups.map(({ group }) => group)).toEqual(['female', 'male']);
    for (const { auroc, accuracy } of subgroups) expect([auroc, accuracy === null]).toEqual([null, false]);
    expect(found.subgroupDifferences).toEqual([]);
  });
});
