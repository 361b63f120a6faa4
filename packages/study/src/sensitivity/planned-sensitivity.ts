import {
  type Part,
  type PartCounts,
  type PlannedPrecision,
  type StudyFile,
  twoClassMeasure,
} from '@chromaray/contracts';
import {
  expectedPrecision,
  plannedDetectableDifference,
  power,
  requiredRecords,
  type StudyDesign,
} from '@chromaray/evidence';

/** What a study will be able to show, worked out from counts and assumptions before anything is trained. */
export interface PlannedSensitivity extends PlannedPrecision {
  /** Arms that are compared with the control: they share alpha. */
  readonly comparisons: number;
  readonly power: number;
  /** The chance to find a true difference that is just the margin. */
  readonly powerAtMargin: number;
  /** The test part that finds the margin with that power; null where no test part does, because seeds vary too much. */
  readonly requiredForMargin: { readonly records: number; readonly patients: number } | null;
  /** The same were the spread of seeds, the AUROC or the number of seeds others. */
  readonly alternatives: readonly SensitivityAlternative[];
}

export interface SensitivityAlternative {
  readonly seedDeviation: number;
  readonly auroc: number;
  readonly seeds: number;
  readonly smallestDetectable: number;
  readonly powerAtMargin: number;
  /** Records of a test part that finds the margin; null where none does. */
  readonly recordsForMargin: number | null;
}

/** What a plan rests on besides counts: assumed, or observed in a pilot. */
export type Assumptions = Pick<PlannedPrecision, 'auroc' | 'seedDeviation' | 'correlationBetweenArms' | 'from'>;

/** What small networks reach on this kind of set; docs/evidence.md has the published numbers. */
export const expectedAuroc = 0.95;
/** Those of `plannedDetectableDifference`, named so that a plan can print them. */
const assumed: Assumptions = {
  auroc: expectedAuroc,
  seedDeviation: 0.004,
  correlationBetweenArms: 0.7,
  from: 'assumptions',
};
export const wantedPower = 0.8;

/** Of the assumed spread of seeds, which matters most and is known least. */
const otherSpreads = [0.5, 1, 2.5, 5];
const otherAurocs = [0.9, 0.95, 0.98];
const otherSeeds = [3, 5, 10];

/** Counts of the parts that an endpoint is measured on. */
export interface PlannedParts {
  readonly test: PartCounts;
  readonly validation: PartCounts;
}

/**
 * The parts that the endpoint of a study is measured on: with folds every record is tested once, and every fold has thresholds
 * of its own validation part.
 */
export function plannedParts(
  { split }: Pick<StudyFile, 'split'>,
  counts: Readonly<Record<Part, PartCounts>>,
): PlannedParts {
  const { train, validation, test } = counts;
  if (split.folds === undefined && split.by === undefined) return { test, validation };
  const all = [train, validation, test];
  const sum = (of: 'records' | 'positives' | 'negatives'): number => all.reduce((total, one) => total + one[of], 0);
  const patients = all.some((one) => one.patients === null)
    ? null
    : all.reduce((total, one) => total + one.patients!, 0);
  const folds = test.records === 0 ? 1 : sum('records') / test.records;
  return {
    test: { records: sum('records'), patients, positives: sum('positives'), negatives: sum('negatives') },
    validation: {
      ...validation,
      positives: folds * validation.positives,
      negatives: folds * validation.negatives,
    },
  };
}

type Planned = Pick<StudyFile, 'arms' | 'seeds' | 'endpoint'>;

/**
 * @param parts counts of the test part, and of the one that thresholds are chosen on
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` for a test part without records of a class
 */
export function plannedSensitivity(
  { test, validation }: PlannedParts,
  { arms, seeds, endpoint }: Planned,
  assumptions = assumed,
): PlannedSensitivity {
  const comparisons = comparisonsOf({ arms, endpoint });
  const alpha = endpoint.alpha / comparisons;
  const design = designOf({ test, validation }, { seeds, endpoint }, assumptions);
  const detectable = (change: Partial<StudyDesign>): number =>
    plannedDetectableDifference({ ...design, ...change }, comparisons, endpoint.alpha, wantedPower);
  const powerAtMargin = (change: Partial<StudyDesign>): number =>
    power(endpoint.margin, expectedPrecision({ ...design, ...change }), alpha);
  const recordsFor = (change: Partial<StudyDesign>): number | null => {
    const required = requiredRecords(endpoint.margin, { ...design, ...change }, alpha, wantedPower);
    return required === null ? null : required.positives + required.negatives;
  };
  const alternative = (change: Pick<StudyDesign, 'auroc' | 'seeds'> & { seedDeviation: number }) => ({
    ...change,
    smallestDetectable: detectable(change),
    powerAtMargin: powerAtMargin(change),
    recordsForMargin: recordsFor(change),
  });
  const { auroc, seedDeviation } = assumptions;
  const required = recordsFor({});
  return {
    ...assumptions,
    comparisons,
    power: wantedPower,
    smallestDetectable: detectable({}),
    powerAtMargin: powerAtMargin({}),
    requiredForMargin:
      required === null ? null : { records: required, patients: Math.ceil(required / recordsPerPatientOf(test)) },
    alternatives: [
      ...otherSpreads.flatMap((factor) =>
        otherSeeds.map((count) => alternative({ seedDeviation: factor * seedDeviation, auroc, seeds: count })),
      ),
      ...otherAurocs
        .filter((other) => other !== auroc)
        .map((other) => alternative({ seedDeviation, auroc: other, seeds: seeds.length })),
    ],
  };
}

/** The precision a study is planned with, to be set beside what it came to. */
export function plannedPrecision(parts: PlannedParts, { arms, seeds, endpoint }: Planned): PlannedPrecision {
  const design = designOf(parts, { seeds, endpoint }, assumed);
  const comparisons = comparisonsOf({ arms, endpoint });
  return {
    ...assumed,
    smallestDetectable: plannedDetectableDifference(design, comparisons, endpoint.alpha, wantedPower),
  };
}

function designOf(
  { test, validation }: PlannedParts,
  { seeds, endpoint }: Pick<StudyFile, 'seeds' | 'endpoint'>,
  assumptions: Assumptions,
): StudyDesign {
  const { positives, negatives } = test;
  const { auroc, seedDeviation, correlationBetweenArms } = assumptions;
  const recordsPerPatient = recordsPerPatientOf(test);
  return {
    ...{ auroc, positives, negatives, recordsPerPatient, seeds: seeds.length, seedDeviation, correlationBetweenArms },
    ...{ endpoint: twoClassMeasure(endpoint), validation },
  };
}

function recordsPerPatientOf({ records, patients }: PartCounts): number {
  return patients === null ? 1 : Math.max(1, records / patients);
}

function comparisonsOf({ arms, endpoint }: Pick<StudyFile, 'arms' | 'endpoint'>): number {
  return endpoint.correction === 'none' ? 1 : arms.length - 1;
}
