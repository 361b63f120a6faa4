import { describe, expect, it } from 'vitest';
import { expectAllClose, expectClose, reference } from '../../test/reference.test-support.js';
import { cohenKappa } from '../agreement/kappa.js';
import { decisionCurve } from '../decision/net-benefit.js';
import { logisticCalibration } from './logistic.js';
import { expectedCalibrationError, reliabilityBins } from './reliability.js';
import { brierScore, logLoss } from './scores.js';
import { applyTemperature, fitTemperature } from './temperature.js';

interface Reference {
  labels: number[];
  probabilities: number[];
  brier: number;
  logLoss: number;
  slope: number;
  slopeInterval: [number, number];
  intercept: number;
  interceptInterval: [number, number];
  expectedCalibrationError: number;
  temperature: number;
  netBenefit: [number, number][];
  otherCalls: number[];
  kappa: number;
  kappaInterval: [number, number];
}

const data = reference<Reference>('calibration');
const { labels, probabilities } = data;

describe('calibration', () => {
  it('Brier score and log loss agree with scikit-learn', () => {
    expectClose(brierScore(labels, probabilities), data.brier, 1e-12);
    expectClose(logLoss(labels, probabilities), data.logLoss, 1e-12);
  });

  it('slope and intercept agree with the regressions of statsmodels', () => {
    const { slope, intercept } = logisticCalibration(labels, probabilities);
    expectAllClose([slope!.value, slope!.interval.lower, slope!.interval.upper], [data.slope, ...data.slopeInterval]);
    expectAllClose(
      [intercept!.value, intercept!.interval.lower, intercept!.interval.upper],
      [data.intercept, ...data.interceptInterval],
    );
  });

  it('expected calibration error agrees with equal-mass bins by numpy', () => {
    expectClose(expectedCalibrationError(labels, probabilities), data.expectedCalibrationError, 1e-12);
    const bins = reliabilityBins(labels, probabilities, 7);
    expect(bins.reduce((sum, bin) => sum + bin.observed.n, 0)).toBe(labels.length);
    expect(Math.max(...bins.map((bin) => bin.observed.n)) - Math.min(...bins.map((bin) => bin.observed.n))).toBe(1);
  });

  it('temperature agrees with a search by scipy, and makes the log loss smaller', () => {
    const temperature = fitTemperature(labels, probabilities);
    expectClose(temperature, data.temperature, 1e-6);
    expect(logLoss(labels, applyTemperature(probabilities, temperature))).toBeLessThan(data.logLoss);
  });

  it('perfect separation has no slope and the lowest temperature', () => {
    expect(logisticCalibration([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9]).slope).toBeNull();
    expect(fitTemperature([0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9])).toBe(0.05);
    expect(logisticCalibration([0, 1, 1], [0, 1, 1])).toMatchObject({ slope: null });
  });

  it('logits instead of probabilities are refused', () => {
    expect(() => brierScore([0, 1], [-0.3, 2.1])).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_EVIDENCE_PROBABILITY' }),
    );
  });
});

describe('use of the probabilities', () => {
  it('net benefit agrees with its definition computed by numpy', () => {
    const curve = decisionCurve(
      labels,
      probabilities,
      data.netBenefit.map(([threshold]) => threshold),
    );
    expectAllClose(
      curve.map((point) => point.model),
      data.netBenefit.map(([, benefit]) => benefit),
      1e-12,
    );
  });

  it("Cohen's kappa agrees with scikit-learn, its interval with statsmodels", () => {
    const { kappa, interval } = cohenKappa(labels, data.otherCalls);
    expectAllClose([kappa!, interval!.lower, interval!.upper], [data.kappa, ...data.kappaInterval]);
    expect(cohenKappa([1, 1], [1, 1]).kappa).toBeNull();
    expect(cohenKappa([1, 0, 1, 0], [1, 0, 1, 0]).kappa).toBe(1);
  });
});
