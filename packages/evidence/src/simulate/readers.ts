import type { Random } from '@chromaray/base';
import { normalDensity, normalQuantile } from '../distributions/normal.js';
import { argumentError } from '../input/errors.js';
import { requireOpenUnit } from '../interval.js';
import type { PairedScores } from '../seeds/compare-auroc.js';

/**
 * A study without training: two arms as binormal readers of the same clustered records. A score is
 *
 *     separation(arm, seed) · label + patient + record + arm·patient + arm·record + arm·seed·record
 *
 * all parts normal and independent; the shares say how much of the score's variance each part has. The
 * seeds vary the separation, independently in both arms, which is what is hardest on a test.
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
  readonly shares: VarianceShares;
}

/** Shares of the variance of a score within a class; they sum to 1. */
export interface VarianceShares {
  /** Shared by all records of a patient, both arms and all seeds. */
  readonly patient: number;
  /** How hard a record is, for both arms and all seeds. */
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

/**
 * Draws one study.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT` for a design that cannot be
 */
export function simulateStudy(design: ReaderDesign, random: Random): SimulatedStudy {
  requireDesign(design);
  const { patients, labels } = drawPatients(design, random);
  const patientCount = design.positivePatients + design.negativePatients;
  const { shares } = design;
  const common = addNormals(new Float64Array(labels.length), shares.record, random);
  addPatients(common, patients, patientCount, shares.patient, random);
  const drawArm = (auroc: number): Float64Array[] => {
    const ofArm = addNormals(common.slice(), shares.armRecord, random);
    addPatients(ofArm, patients, patientCount, shares.armPatient, random);
    const { mean, deviation } = separation(auroc, design.seedDeviation);
    return Array.from({ length: design.seeds }, () => {
      const distance = mean + deviation * random.normal();
      const scores = addNormals(ofArm.slice(), shares.seedRecord, random);
      for (let i = 0; i < scores.length; i++) scores[i]! += distance * labels[i]!;
      return scores;
    });
  };
  return { labels, patients, control: drawArm(design.auroc), arm: drawArm(design.auroc + design.effect) };
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
  if (!(design.seedDeviation >= 0)) throw argumentError('seedDeviation', design.seedDeviation, 'at least 0');
  const shares = Object.values(design.shares) as number[];
  const sum = shares.reduce((total, share) => total + share, 0);
  if (shares.some((share) => !(share >= 0)) || Math.abs(sum - 1) > 1e-9) {
    throw argumentError('The sum of the variance shares', sum, '1, of shares that are at least 0');
  }
}
