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
import { asPair } from '../comparison/metric-summary.js';
import type { PartScores } from '../comparison/study-scores.js';
import { chosenByRecord, mean, type TrialMaterial } from './material.js';

/** Bins of equal numbers of records. */
const bins = 10;

/** Calibration of one trial on the test part; its temperature is fitted on its validation part. */
export function trialCalibration(
  { labels, patients }: PartScores,
  trial: TrialMaterial,
  level: number,
): TrialCalibration {
  const { test, seed } = trial;
  const { slope, intercept } = logisticCalibration(labels, test, { patients, level });
  const temperature = chosenByRecord(trial, (on) => fitTemperature(on.labels, on.probabilities));
  return {
    seed,
    ...probabilityScores(labels, test),
    slope: estimate(slope),
    intercept: estimate(intercept),
    temperature: temperature.mean,
    atTemperature: probabilityScores(labels, tempered(trial, temperature.perRecord)),
  };
}

/** Each record at the temperature of its fold. */
function tempered({ choices, test }: TrialMaterial, temperatures: Float64Array): Float64Array {
  return Float64Array.from(
    choices.flatMap(({ rows: [from, to] }) => [...applyTemperature(test.subarray(from, to), temperatures[from]!)]),
  );
}

/**
 * Bins of each seed, averaged by their position. Ties may leave a seed without some bin; the mean is then over the
 * seeds that have it.
 */
export function reliability(labels: Uint8Array, trials: readonly TrialMaterial[]): readonly ReliabilityPoint[] {
  const points = trials.flatMap(({ seed, test }) =>
    reliabilityBins(labels, test, bins).map(({ bin, meanProbability, observed }) => ({
      bin,
      point: { seed, probability: meanProbability, observed: observed.value! },
    })),
  );
  return Array.from({ length: bins }, (_, bin) => points.filter((of) => of.bin === bin).map(({ point }) => point))
    .filter((perSeed) => perSeed.length > 0)
    .map((perSeed) => ({
      probability: mean(perSeed.map(({ probability }) => probability)),
      observed: mean(perSeed.map(({ observed }) => observed)),
      perSeed,
    }));
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
