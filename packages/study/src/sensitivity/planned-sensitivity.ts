import type { Split, StudyFile } from '@chromaray/contracts';
import {
  expectedPrecision,
  plannedDetectableDifference,
  power,
  requiredRecords,
  type StudyDesign,
} from '@chromaray/evidence';

/** What a study will be able to show, worked out from counts and assumptions before anything is trained. */
export interface PlannedSensitivity {
  /** Expected AUROC of both arms; an assumption. */
  readonly auroc: number;
  /** Standard deviation of an arm's AUROC over seeds; an assumption. */
  readonly seedDeviation: number;
  /** Correlation of the arms' AUROCs over patients; an assumption: arms read the same pictures. */
  readonly correlationBetweenArms: number;
  /** Arms that are compared with the control: they share alpha. */
  readonly comparisons: number;
  readonly power: number;
  /** The smallest true difference found with that power. */
  readonly smallestDetectable: number;
  /** The chance to find a true difference that is just the margin. */
  readonly powerAtMargin: number;
  /** The test part that finds the margin with that power; null where no test part does, because seeds vary too much. */
  readonly requiredForMargin: { readonly records: number; readonly patients: number } | null;
  /** The same were the assumptions, or the number of seeds, others. */
  readonly alternatives: readonly SensitivityAlternative[];
}

export interface SensitivityAlternative {
  readonly auroc: number;
  readonly seeds: number;
  readonly smallestDetectable: number;
  /** Records of a test part that finds the margin; null where none does. */
  readonly recordsForMargin: number | null;
}

/** What small networks reach on this kind of set; docs/evidence.md has the published numbers. */
export const expectedAuroc = 0.95;
/** Assumptions of `plannedDetectableDifference`, named so that a plan can print them. */
const seedDeviation = 0.004;
const correlationBetweenArms = 0.7;
export const wantedPower = 0.8;

const otherAurocs = [0.9, 0.95, 0.98];
const otherSeeds = [3, 5, 10];

/** @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` for a test part without records of a class */
export function plannedSensitivity(split: Split, { arms, seeds, endpoint }: StudyFile): PlannedSensitivity {
  const comparisons = comparisonsOf({ arms, endpoint });
  const alpha = endpoint.alpha / comparisons;
  const design = designOf(split, seeds.length);
  const recordsPerPatient = recordsPerPatientOf(split);
  const detectable = (change: Partial<StudyDesign>): number =>
    plannedDetectableDifference({ ...design, ...change }, comparisons, endpoint.alpha, wantedPower);
  const recordsFor = (change: Partial<StudyDesign>): number | null => {
    const required = requiredRecords(endpoint.margin, { ...design, ...change }, alpha, wantedPower);
    return required === null ? null : required.positives + required.negatives;
  };
  const required = recordsFor({});
  return {
    auroc: expectedAuroc,
    seedDeviation,
    correlationBetweenArms,
    comparisons,
    power: wantedPower,
    smallestDetectable: detectable({}),
    powerAtMargin: power(endpoint.margin, expectedPrecision(design), alpha),
    requiredForMargin:
      required === null ? null : { records: required, patients: Math.ceil(required / recordsPerPatient) },
    alternatives: otherAurocs.flatMap((auroc) =>
      otherSeeds.map((count) => {
        const change = { auroc, seeds: count };
        return { ...change, smallestDetectable: detectable(change), recordsForMargin: recordsFor(change) };
      }),
    ),
  };
}

/** The smallest true difference that the test part is expected to find, as in {@link PlannedSensitivity}. */
export function smallestDetectable(split: Split, { arms, seeds, endpoint }: StudyFile): number {
  const design = designOf(split, seeds.length);
  return plannedDetectableDifference(design, comparisonsOf({ arms, endpoint }), endpoint.alpha, wantedPower);
}

function designOf(split: Split, seeds: number): StudyDesign {
  const { positives, negatives } = split.counts.test;
  return {
    auroc: expectedAuroc,
    positives,
    negatives,
    recordsPerPatient: recordsPerPatientOf(split),
    seeds,
    seedDeviation,
    correlationBetweenArms,
  };
}

function recordsPerPatientOf({ counts }: Split): number {
  const { records, patients } = counts.test;
  return patients === null ? 1 : Math.max(1, records / patients);
}

function comparisonsOf({ arms, endpoint }: Pick<StudyFile, 'arms' | 'endpoint'>): number {
  return endpoint.correction === 'none' ? 1 : arms.length - 1;
}
