import type { Random } from '@chromaray/base';
import { normalDensity, normalQuantile } from '../distributions/normal.js';
import { argumentError } from '../input/errors.js';
import { requireOpenUnit } from '../interval.js';
import type { PairedScores } from '../seeds/compare-auroc.js';

/**
 * A study without training: arms as binormal readers of the same clustered records. A score is
 *
 *     separation(arm, seed) · label + patient + record + arm·patient + arm·record + arm·seed·record
 *
 * all parts normal and independent; the shares say how much of the score's variance each part has. The
 * seeds vary the separation, independently in all arms unless `seedCorrelation` is given.
 */
export interface ReaderDesign {
  readonly positivePatients: number;
  readonly negativePatients: number;
  /** Records a patient, drawn uniformly from 1 to this. */
  readonly mostRecordsPerPatient: number;
  readonly seeds: number;
  /** True AUROC of the control over all patients and seeds, inside (0, 1). */
  readonly auroc: number;
  /** True AUROC of the arm minus that of the control; 0 for an A/A study. */
  readonly effect: number;
  /** Standard deviation of an arm's true AUROC over seeds. */
  readonly seedDeviation: number;
  /** The same of the arm alone, where it differs from the control's. */
  readonly armSeedDeviation?: number;
  /** Correlation of the true AUROCs of equal seeds in arm and control; 0 by default, the hardest on a test. */
  readonly seedCorrelation?: number;
  /** The chance that a network learns nothing, in every arm; 0 by default. `auroc` and `effect` hold for the others. */
  readonly collapse?: number;
  readonly shares: VarianceShares;
}

/** Shares of the variance of a score within a class; they sum to 1. */
export interface VarianceShares {
  /** Shared by all records of a patient, all arms and seeds. */
  readonly patient: number;
  /** How hard a record is, for all arms and seeds. */
  readonly record: number;
  readonly armPatient: number;
  readonly armRecord: number;
  readonly seedRecord: number;
}

/**
 * Shares for simulations without better knowledge: an assumption, under which the AUROCs of two arms are
 * correlated at 0.57 for one seed and 0.75 averaged over three.
 */
export const TYPICAL_SHARES: VarianceShares = {
  patient: 0.3,
  record: 0.35,
  armPatient: 0.05,
  armRecord: 0.1,
  seedRecord: 0.2,
};

/** A simulated study and its truth. */
export interface SimulatedStudy extends PairedScores {
  readonly patients: Int32Array;
}

/** As a study with one arm and its control, with several arms. */
export interface SimulatedArms {
  readonly labels: Uint8Array;
  readonly patients: Int32Array;
  readonly control: readonly Float64Array[];
  /** One list of seeds an arm. */
  readonly arms: readonly (readonly Float64Array[])[];
}

/**
 * Draws one study of an arm and its control.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` for a design that cannot be
 */
export function simulateStudy(design: ReaderDesign, random: Random): SimulatedStudy {
  const { labels, patients, control, arms } = simulateArms(design, 1, random);
  return { labels, patients, control, arm: arms[0]! };
}

/**
 * Draws one study of several arms with the same effect and one control.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` for a design that cannot be
 */
export function simulateArms(design: ReaderDesign, arms: number, random: Random): SimulatedArms {
  const { auroc, effect, seedDeviation, armSeedDeviation = seedDeviation } = design;
  const others = Array.from({ length: arms }, () => ({ auroc: auroc + effect, seedDeviation: armSeedDeviation }));
  const { networks, ...records } = simulateReaders(design, [{ auroc, seedDeviation }, ...others], random);
  const [control, ...ofArms] = networks as [Float64Array[], ...Float64Array[][]];
  return { ...records, control, arms: ofArms };
}

/** What one arm's networks are over all patients and seeds. */
export interface SimulatedReader {
  /** Inside (0, 1). */
  readonly auroc: number;
  readonly seedDeviation: number;
}

/**
 * Draws one study of arms that each have an AUROC and a spread of their own in place of the design's: the cells of a factorial.
 *
 * @returns `networks`: one list of seeds an arm
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` for a design that cannot be
 */
export function simulateReaders(
  design: ReaderDesign,
  readers: readonly SimulatedReader[],
  random: Random,
): Omit<SimulatedArms, 'control' | 'arms'> & { readonly networks: readonly (readonly Float64Array[])[] } {
  requireDesign(design);
  const { patients, labels } = drawPatients(design, random);
  const patientCount = design.positivePatients + design.negativePatients;
  const { shares, seedCorrelation = 0, collapse = 0 } = design;
  const common = addNormals(new Float64Array(labels.length), shares.record, random);
  addPatients(common, patients, patientCount, shares.patient, random);
  // Nothing is drawn for what is not asked for, so that designs without it stay the same numbers.
  const fates = seedCorrelation === 0 ? null : Array.from({ length: design.seeds }, () => random.normal());
  const drawArm = (auroc: number, seedDeviation: number): Float64Array[] => {
    const ofArm = addNormals(common.slice(), shares.armRecord, random);
    addPatients(ofArm, patients, patientCount, shares.armPatient, random);
    const { mean, deviation } = separation(auroc, seedDeviation);
    return Array.from({ length: design.seeds }, (_, seed) => {
      const own = random.normal();
      const luck =
        fates === null ? own : Math.sqrt(seedCorrelation) * fates[seed]! + Math.sqrt(1 - seedCorrelation) * own;
      const distance = collapse > 0 && random.float() < collapse ? 0 : mean + deviation * luck;
      const scores = addNormals(ofArm.slice(), shares.seedRecord, random);
      for (let i = 0; i < scores.length; i++) scores[i]! += distance * labels[i]!;
      return scores;
    });
  };
  return { labels, patients, networks: readers.map(({ auroc, seedDeviation }) => drawArm(auroc, seedDeviation)) };
}

/** The true difference of mean AUROCs: a network that learns nothing has 0.5 in every arm. */
export function trueDifference({ effect, collapse = 0 }: ReaderDesign): number {
  return (1 - collapse) * effect;
}

/**
 * Mean and standard deviation over seeds of the distance between the classes, so that the AUROC averages
 * to `auroc`: E[Φ((μ + σZ)/√2)] = Φ(μ/√(2 + σ²)).
 */
function separation(auroc: number, seedDeviation: number): { mean: number; deviation: number } {
  const z = normalQuantile(auroc);
  const deviation = (seedDeviation * Math.SQRT2) / normalDensity(z);
  return { mean: z * Math.sqrt(2 + deviation ** 2), deviation };
}

function drawPatients(design: ReaderDesign, random: Random): { patients: Int32Array; labels: Uint8Array } {
  const patients: number[] = [];
  const labels: number[] = [];
  for (let patient = 0; patient < design.positivePatients + design.negativePatients; patient++) {
    const records = 1 + random.int(design.mostRecordsPerPatient);
    for (let r = 0; r < records; r++) {
      patients.push(patient);
      labels.push(patient < design.positivePatients ? 1 : 0);
    }
  }
  return { patients: Int32Array.from(patients), labels: Uint8Array.from(labels) };
}

function addNormals(scores: Float64Array, variance: number, random: Random): Float64Array {
  const deviation = Math.sqrt(variance);
  for (let i = 0; i < scores.length; i++) scores[i]! += deviation * random.normal();
  return scores;
}

function addPatients(scores: Float64Array, patients: Int32Array, count: number, variance: number, random: Random) {
  const effects = addNormals(new Float64Array(count), variance, random);
  for (let i = 0; i < scores.length; i++) scores[i]! += effects[patients[i]!]!;
}

function requireDesign(design: ReaderDesign): void {
  requireOpenUnit(design.auroc, 'auroc of the control');
  requireOpenUnit(design.auroc + design.effect, 'auroc of the arm');
  for (const name of ['positivePatients', 'negativePatients', 'mostRecordsPerPatient', 'seeds'] as const) {
    if (!Number.isInteger(design[name]) || design[name] < 1)
      throw argumentError(name, design[name], 'a whole number from 1');
  }
  for (const name of ['seedDeviation', 'armSeedDeviation'] as const) {
    if (!((design[name] ?? 0) >= 0)) throw argumentError(name, design[name], 'at least 0');
  }
  for (const name of ['seedCorrelation', 'collapse'] as const) {
    const share = design[name] ?? 0;
    if (!(share >= 0 && share < 1)) throw argumentError(name, share, 'from 0 to below 1');
  }
  const shares = Object.values(design.shares) as number[];
  const sum = shares.reduce((total, share) => total + share, 0);
  if (shares.some((share) => !(share >= 0)) || Math.abs(sum - 1) > 1e-9) {
    throw argumentError('The sum of the variance shares', sum, '1, of shares that are at least 0');
  }
}
