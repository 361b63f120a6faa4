import type { PatientCounts } from '../seeds/near-limit.js';
import type { EndpointMeasure } from './measure.js';
import { type MeasuredScorings, measureScorings, type ScoredPart } from './measure-scorings.js';

/** One test part, or several that share no patient and are measured each by itself: the folds of a cross-validation. */
export type Strata<Part> = Part | readonly Part[];

export function strataOf<Part>(strata: Strata<Part>): readonly Part[] {
  return Array.isArray(strata) ? (strata as readonly Part[]) : [strata as Part];
}

/** A test part with the validation part that thresholds are chosen on. */
export interface MeasuredPart {
  readonly test: ScoredPart;
  readonly validation?: ScoredPart | undefined;
}

/**
 * The endpoint of several scorings, averaged over strata: scores of different folds come from different networks and are
 * never ranked among each other. Patients of different strata are independent, so the variance of the mean is the sum of
 * theirs over the square of their number.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_*` as `measureScorings` does
 */
export function measureStrata(measure: EndpointMeasure, strata: readonly MeasuredPart[]): MeasuredScorings {
  return overStrata(strata.map(({ test, validation }) => measureScorings(measure, test, validation)));
}

/** The mean of what each stratum gives. */
export function overStrata(measured: readonly MeasuredScorings[]): MeasuredScorings {
  const [first] = measured;
  if (measured.length === 1) return first!;
  const count = measured.length;
  const sum = (of: (one: MeasuredScorings) => number): number => measured.reduce((total, one) => total + of(one), 0);
  return {
    values: first!.values.map((_, s) => sum(({ values }) => values[s]!) / count),
    covariance: first!.covariance.map((row, a) =>
      row.map((_, b) => sum(({ covariance }) => covariance[a]![b]!) / count ** 2),
    ),
    // Each stratum's smallest class less 1, and what is lost by their number.
    patientDegrees: sum(({ patientDegrees }) => patientDegrees),
    counts: summed(measured.map(({ counts }) => counts)),
  };
}

function summed(counts: readonly PatientCounts[]): PatientCounts {
  return counts.reduce((total, one) => {
    if (total.of === 'auroc' && one.of === 'auroc') {
      return {
        of: 'auroc',
        positives: total.positives + one.positives,
        negatives: total.negatives + one.negatives,
      };
    }
    if (total.of === 'share' && one.of === 'share') return { of: 'share', patients: total.patients + one.patients };
    throw new Error('Strata of one endpoint are counted alike.');
  });
}
