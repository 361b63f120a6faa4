import type { Estimate, ProbabilityScores, ReliabilityPoint, TrialCalibration } from '@chromaray/contracts';
import {
  applyTemperature,
  brierScore,
  type Coefficient,
  expectedCalibrationError,
  fitTemperature,
  logisticCalibration,
  logLoss,
  reliabilityBins,
  type Scores,
} from '@chromaray/evidence';
import { asPair } from '../comparison/arm-results.js';
import { mean, type TrialMaterial } from './material.js';

/** Bins of equal numbers of records. */
const bins = 10;

/** Calibration of one trial on the test part; its temperature is fitted on its validation part. */
export function trialCalibration(labels: Uint8Array, trial: TrialMaterial, level: number): TrialCalibration {
  const { validation, test, seed } = trial;
  const { slope, intercept } = logisticCalibration(labels, test, level);
  const temperature = fitTemperature(validation.labels, validation.probabilities);
  return {
    seed,
    ...probabilityScores(labels, test),
    slope: estimate(slope),
    intercept: estimate(intercept),
    temperature,
    atTemperature: probabilityScores(labels, applyTemperature(test, temperature)),
  };
}

/** Bins of each seed, averaged by their order. */
export function reliability(labels: Uint8Array, trials: readonly TrialMaterial[]): readonly ReliabilityPoint[] {
  const perTrial = trials.map(({ seed, test }) =>
    reliabilityBins(labels, test, bins).map(({ meanProbability, observed }) => ({
      seed,
      probability: meanProbability,
      observed: observed.value!,
    })),
  );
  return (perTrial[0] ?? []).map((_, bin) => {
    const perSeed = perTrial.map((ofTrial) => ofTrial[bin]!);
    return {
      probability: mean(perSeed.map(({ probability }) => probability)),
      observed: mean(perSeed.map(({ observed }) => observed)),
      perSeed,
    };
  });
}

function probabilityScores(labels: Uint8Array, probabilities: Scores): ProbabilityScores {
  return {
    brier: brierScore(labels, probabilities),
    logLoss: logLoss(labels, probabilities),
    calibrationError: expectedCalibrationError(labels, probabilities, bins),
  };
}

function estimate(coefficient: Coefficient | null): Estimate | null {
  return coefficient === null ? null : { value: coefficient.value, interval: asPair(coefficient.interval) };
}
