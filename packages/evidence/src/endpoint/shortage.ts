import { type EndpointMeasure, requireAt, requireRange } from './measure.js';

/** Independent patients of each class. */
export interface ClassPatients {
  readonly positives: number;
  readonly negatives: number;
}

/** Too few patients for an endpoint's interval to hold its level. */
export interface EndpointShortage {
  readonly part: 'test' | 'validation';
  readonly of: keyof ClassPatients;
  readonly found: number;
  readonly needed: number;
  /** What they are needed for: any variance, a threshold, or the range of false positive rates. */
  readonly for: 'variance' | 'threshold' | 'range';
}

/** Fewest patients of a class; from here on the simulations of docs/evidence.md keep the type I error below 7 %. */
const fewest = 10;
/** Fewest expected beyond the threshold, or within the range: below, one patient decides where it lies. */
const fewestBeyond = 2;

/**
 * Whether a study has the patients that its endpoint's interval needs, by counts alone: the first that is missing, or null. The AUROC
 * has an interval that holds with any (`nearLimit`).
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` for an endpoint without the number that defines it
 */
export function endpointShortage(
  measure: EndpointMeasure,
  patients: { readonly test: ClassPatients; readonly validation: ClassPatients },
): EndpointShortage | null {
  const needs = needsOf(measure).map((need) => ({ ...need, found: patients[need.part][need.of] }));
  return needs.find(({ found, needed }) => found < needed) ?? null;
}

function needsOf(measure: EndpointMeasure): readonly Omit<EndpointShortage, 'found'>[] {
  const [positives, negatives] = (['positives', 'negatives'] as const).map(
    (of) => ({ part: 'test', of, needed: fewest, for: 'variance' }) as const,
  );
  const both = [positives!, negatives!];
  switch (measure.metric) {
    case 'auroc':
      return [];
    case 'auprc':
    case 'brier':
      return both;
    case 'partial-auroc': {
      const [from, to] = requireRange(measure);
      return [...both, { part: 'test', of: 'negatives', needed: patientsFor(to - from), for: 'range' }];
    }
    case 'sensitivity':
      return [positives!, threshold('negatives', 1 - requireAt(measure))];
    case 'specificity':
      return [negatives!, threshold('positives', 1 - requireAt(measure))];
    case 'balanced-accuracy':
      return [...both, threshold('positives', 1), threshold('negatives', 1)];
  }
}

/** @param beyond share of the class that lies beyond the threshold */
function threshold(of: keyof ClassPatients, beyond: number) {
  return { part: 'validation', of, needed: Math.max(fewest, patientsFor(beyond)), for: 'threshold' } as const;
}

function patientsFor(share: number): number {
  // A hair, so that 2 / 0.1 is 20 however 0.1 was computed.
  return Math.ceil(fewestBeyond / share - 1e-9);
}
