import { describe, expect, it } from 'vitest';
import { expectAllClose, expectClose, reference } from '../../test/reference.test-support.js';
import { toClusters } from '../input/clusters.js';
import { youdenThreshold } from '../threshold/choose.js';
import { confusionMatrix } from '../threshold/confusion.js';
import { thresholdRates } from '../threshold/rates.js';
import { aurocCovariance } from './covariance.js';
import { rocCurve } from './curve.js';
import { aurocWithInterval, pairedDeLong } from './delong.js';
import { placements } from './placement.js';
import { auprc, precisionRecallCurve } from './precision-recall.js';

interface Case {
  name: string;
  labels: number[];
  patients: number[];
  scorings: [number[], number[], number[]];
  auroc: number[];
  auprc: number[];
  roc: { fpr: number[]; tpr: number[]; thresholds: number[] };
  precisionRecall: { precision: number[]; recall: number[]; thresholds: number[] };
  youden: number;
  delongCovariance: number[][];
  clusteredCovariance: number[][];
  logitInterval: [number, number];
  paired: { difference: number; z: number; p: number };
  at: ({ threshold: number; matrix: Record<string, number> } & Record<string, number> &
    Record<`${string}Interval`, [number, number]>)[];
}

describe.each(reference<{ cases: Case[] }>('roc').cases)('on reference data with $name', (data) => {
  const placed = data.scorings.map((scores) => placements(data.labels, scores));
  const [first, second] = data.scorings;

  it('AUROC and average precision agree with scikit-learn', () => {
    expectAllClose(
      placed.map((p) => p.auroc),
      data.auroc,
      1e-12,
    );
    expectAllClose(
      data.scorings.map((scores) => auprc(data.labels, scores)),
      data.auprc,
      1e-12,
    );
  });

  it('ROC and precision-recall curves agree with scikit-learn', () => {
    const curve = rocCurve(data.labels, first, { keepCollinear: true });
    expectAllClose(curve.falsePositiveRate, data.roc.fpr, 1e-12);
    expectAllClose(curve.sensitivity, data.roc.tpr, 1e-12);
    expectAllClose(curve.thresholds.slice(1), data.roc.thresholds, 1e-12);
    const precisionRecall = precisionRecallCurve(data.labels, first);
    // scikit-learn leaves out what lies below the first full recall
    const shown = data.precisionRecall.recall.length;
    expectAllClose(precisionRecall.precision.slice(0, shown), data.precisionRecall.precision, 1e-12);
    expectAllClose(precisionRecall.recall.slice(0, shown), data.precisionRecall.recall, 1e-12);
  });

  it('covariances agree with the sums over all pairs of DeLong and Obuchowski', () => {
    const single = aurocCovariance(placed, toClusters(undefined, data.labels.length));
    const clustered = aurocCovariance(placed, toClusters(data.patients, data.labels.length));
    expectAllClose(single.flat(), data.delongCovariance.flat(), 1e-10);
    expectAllClose(clustered.flat(), data.clusteredCovariance.flat(), 1e-10);
  });

  it('interval and paired test follow from them', () => {
    const estimate = aurocWithInterval(data.labels, first);
    expectAllClose([estimate.interval.lower, estimate.interval.upper], data.logitInterval);
    const paired = pairedDeLong(data.labels, first, second);
    expectAllClose([paired.difference, paired.z, paired.p], [data.paired.difference, data.paired.z, data.paired.p]);
  });

  it('rates at a threshold agree with scikit-learn and statsmodels', () => {
    for (const expected of data.at) {
      const matrix = confusionMatrix(data.labels, first, expected.threshold);
      expect(matrix).toEqual(expected.matrix);
      const rates = thresholdRates(matrix);
      expectClose(rates.sensitivity.value, expected.sensitivity!);
      expectClose(rates.positivePredictiveValue.value, expected.positivePredictiveValue!);
      expectClose(rates.accuracy.value, expected.accuracy!);
      expectClose(rates.balancedAccuracy.value, expected.balancedAccuracy!);
      expectClose(rates.f1.value, expected.f1!);
      expectClose(rates.matthews, expected.matthews!);
      for (const name of ['sensitivity', 'specificity', 'accuracy'] as const) {
        const { lower, upper } = rates[name].interval!;
        expectAllClose([lower, upper], expected[`${name}Interval`]!);
      }
    }
  });

  it("Youden's threshold reaches the best sum, on the data it was chosen on", () => {
    const chosen = youdenThreshold(data.labels, first);
    expectClose(chosen.sensitivity + chosen.specificity - 1, data.youden);
    const rates = thresholdRates(confusionMatrix(data.labels, first, chosen.threshold));
    expectClose(rates.sensitivity.value, chosen.sensitivity);
    expectClose(rates.specificity.value, chosen.specificity);
  });
});
