import type { Random } from '@chromaray/base';
import { argumentError } from '../input/errors.js';
import type { Interval } from '../interval.js';
import { compareAuroc } from '../seeds/compare-auroc.js';
import { meanOf, varianceOf } from '../seeds/summary.js';
import { type ReaderDesign, type SimulatedStudy, simulateStudy, trueDifference } from './readers.js';

/** A rate counted over simulated studies. */
export interface MeasuredRate {
  readonly rate: number;
  /** Monte Carlo standard error, sqrt(rate (1 - rate) / studies). */
  readonly standardError: number;
}

/** How often a test erred over simulated studies. */
export interface ErrorRates {
  readonly studies: number;
  /** Share of studies with p <= alpha: the type I error where the effect is 0, otherwise the power. */
  readonly significant: MeasuredRate;
  /** Share of intervals that hold the true difference. */
  readonly coverage: MeasuredRate;
  readonly meanDifference: number;
  /** Standard deviation of the estimated differences over studies: what a standard error should be. */
  readonly deviation: number;
  /** Mean width of the intervals. */
  readonly meanWidth: number;
}

/** A test of arm against control that gives an interval; `compareAuroc` at 1 - alpha by default. */
export type StudyTest = (
  study: SimulatedStudy,
  level: number,
  random: Random,
) => { readonly difference: number; readonly p: number; readonly interval: Interval };

/**
 * Measures how often a test errs, on studies whose truth is known: the harness under its own test.
 *
 * @param studies how many to draw; 2000 give a Monte Carlo error of 0.005 for a rate of 0.05
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function measureErrorRates(
  design: ReaderDesign,
  studies: number,
  random: Random,
  options: { readonly alpha?: number; readonly test?: StudyTest } = {},
): ErrorRates {
  const { alpha = 0.05, test = compareAuroc } = options;
  if (!Number.isInteger(studies) || studies < 2) throw argumentError('studies', studies, 'a whole number from 2');
  const differences = new Float64Array(studies);
  const widths = new Float64Array(studies);
  let significant = 0;
  let covered = 0;
  for (let s = 0; s < studies; s++) {
    const ofStudy = random.fork(s);
    const { difference, p, interval } = test(simulateStudy(design, ofStudy), 1 - alpha, ofStudy);
    differences[s] = difference;
    widths[s] = interval.upper - interval.lower;
    if (p <= alpha) significant++;
    const truth = trueDifference(design);
    if (interval.lower <= truth && truth <= interval.upper) covered++;
  }
  return {
    studies,
    significant: measured(significant, studies),
    coverage: measured(covered, studies),
    meanDifference: meanOf(differences),
    deviation: Math.sqrt(varianceOf(differences)),
    meanWidth: meanOf(widths),
  };
}

function measured(count: number, of: number): MeasuredRate {
  const rate = count / of;
  return { rate, standardError: Math.sqrt((rate * (1 - rate)) / of) };
}
