import type { Random } from '@chromaray/base';
import { normalQuantile } from '../distributions/normal.js';
import { toClusters } from '../input/clusters.js';
import { checkTwoClasses } from '../input/scored.js';
import { meanOf } from '../seeds/summary.js';
import { type ReaderDesign, type SimulatedStudy, simulateStudy } from '../simulate/readers.js';
import { utilityOf } from './at-threshold.js';
import { compareEndpoint, type PairedParts } from './compare-endpoint.js';
import { type EndpointMeasure, needsThreshold } from './measure.js';
import { partsOf } from './measure-scorings.js';
import { WeightedThreshold } from './weighted-threshold.js';

/** A reader design whose patients are those of the test part, with a validation part read by the same networks. */
export interface EndpointDesign extends ReaderDesign {
  readonly validation: { readonly positivePatients: number; readonly negativePatients: number };
}

/** Draws one study with a validation part; scores are probabilities that are calibrated for the design's AUROC. */
export function simulateParts(design: EndpointDesign, random: Random): PairedParts {
  const { validation, ...ofTest } = design;
  const all = simulateStudy(
    {
      ...ofTest,
      positivePatients: ofTest.positivePatients + validation.positivePatients,
      negativePatients: ofTest.negativePatients + validation.negativePatients,
    },
    random,
  );
  const firstNegative = ofTest.positivePatients + validation.positivePatients;
  const inTest = (patient: number): boolean =>
    patient < firstNegative ? patient < ofTest.positivePatients : patient - firstNegative < ofTest.negativePatients;
  return {
    ...part(all, inTest, design),
    validation: part(all, (patient) => !inTest(patient), design),
  };
}

function part(all: SimulatedStudy, belongs: (patient: number) => boolean, design: ReaderDesign): SimulatedStudy {
  const rows = [...all.patients.keys()].filter((row) => belongs(all.patients[row]!));
  const take = (auroc: number) => (scores: ArrayLike<number>) =>
    Float64Array.from(rows, (row) => probability(scores[row]!, auroc, design));
  return {
    labels: Uint8Array.from(rows, (row) => Number(all.labels[row])),
    patients: Int32Array.from(rows, (row) => all.patients[row]!),
    arm: all.arm.map(take(design.auroc + design.effect)),
    control: all.control.map(take(design.auroc)),
  };
}

/** The probability of the positive class given a score of a binormal reader of that AUROC. */
function probability(score: number, auroc: number, { positivePatients, negativePatients }: ReaderDesign): number {
  const distance = Math.SQRT2 * normalQuantile(auroc);
  const logit = distance * (score - distance / 2) + Math.log(positivePatients / negativePatients);
  return 1 / (1 + Math.exp(-logit));
}

export interface EndpointErrors {
  /** Share of studies with p <= 0.05: type I error where the effect is 0. */
  readonly significant: number;
  readonly coverage: number;
  readonly width: number;
  /** Mean of the estimated variances over the variance of the differences. */
  readonly varianceRatio: number;
}

/** @param truth of the difference; `trueEndpointDifference` gives it */
export function measureEndpointErrors(
  design: EndpointDesign,
  measure: EndpointMeasure,
  studies: number,
  random: Random,
  truth: number,
): EndpointErrors {
  const found = Array.from({ length: studies }, (_, s) =>
    compareEndpoint(simulateParts(design, random.fork(s)), measure),
  );
  const share = (holds: (one: (typeof found)[number]) => boolean) => found.filter(holds).length / studies;
  const mean = meanOf(found.map(({ difference }) => difference));
  const variance = meanOf(found.map(({ difference }) => (difference - mean) ** 2));
  return {
    significant: share(({ p }) => p <= 0.05),
    coverage: share(({ interval }) => interval.lower <= truth && truth <= interval.upper),
    width: meanOf(found.map(({ interval }) => interval.upper - interval.lower)),
    varianceRatio: meanOf(found.map((one) => one.variance)) / variance,
  };
}

/** The difference over very many records, seeds and thresholds; the error is near 0.0005. */
export function trueEndpointDifference(design: EndpointDesign, measure: EndpointMeasure, random: Random): number {
  if (design.effect === 0) return 0;
  const share = design.positivePatients / (design.positivePatients + design.negativePatients);
  const patients = { positivePatients: Math.round(20_000 * share), negativePatients: Math.round(20_000 * (1 - share)) };
  const large = { ...design, ...patients, mostRecordsPerPatient: 1, seeds: 20, validation: patients };
  const { arm, control, labels, validation } = simulateParts(large, random);
  const everybody = new Int32Array(validation!.labels.length).fill(1);
  const value = (of: 'arm' | 'control', scores: typeof arm) =>
    meanOf(
      scores.map((ofSeed, s) => {
        const checked = checkTwoClasses(labels, ofSeed);
        if (!needsThreshold(measure)) return partsOf(measure, checked).value;
        const onValidation = checkTwoClasses(validation!.labels, validation![of][s]!);
        const chooser = new WeightedThreshold(onValidation, toClusters(undefined, onValidation.labels.length));
        return partsOf(measure, checked, chooser.choose(everybody, utilityOf(measure))).value;
      }),
    );
  return value('arm', arm) - value('control', control);
}
