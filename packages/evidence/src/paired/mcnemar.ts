import { binomialCdf, binomialMass } from '../distributions/binomial.js';
import { type Patients, toClusters } from '../input/clusters.js';
import { argumentError, lengthError } from '../input/errors.js';
import { checkLabels, type Labels } from '../input/scored.js';
import { signFlipP } from './sign-flip.js';

/** McNemar's test of two arms on the same records. */
export interface McNemar {
  readonly bothRight: number;
  /** The arm is right, the control wrong. */
  readonly onlyArmRight: number;
  readonly onlyControlRight: number;
  readonly bothWrong: number;
  /** Exact, two-sided: no record is discordant means 1. */
  readonly p: number;
  /** Mid-p: less conservative, close to the nominal level (Fagerland 2013). */
  readonly midP: number;
}

/**
 * McNemar's exact test: given how many records the arms disagree on, either arm is right on half of them
 * under the null hypothesis (binomial).
 *
 * With patients of several records it is the exact permutation test by patient: under the null hypothesis the arms may
 * change places within a patient, so every patient's surplus of one arm may take either sign. With one record a patient
 * both are the same.
 *
 * @param armRight for each record whether the arm was right (1) or wrong (0)
 * @param patients the patient of each record; without it every record counts as an independent patient
 * @throws ChromarayError `CHROMARAY_EVIDENCE_EMPTY`, `_LENGTH`, `_LABEL`
 */
export function mcNemar(armRight: Labels, controlRight: Labels, patients?: Patients): McNemar {
  if (armRight.length !== controlRight.length) {
    throw lengthError('outcomes of the arm', armRight.length, 'outcomes of the control', controlRight.length);
  }
  const arm = checkLabels(armRight).labels;
  const control = checkLabels(controlRight).labels;
  const clusters = toClusters(patients, arm.length);
  const counts = [0, 0, 0, 0];
  const surplus = new Int32Array(clusters.count);
  for (let i = 0; i < arm.length; i++) {
    counts[2 * arm[i]! + control[i]!]!++;
    surplus[clusters.ofRecord[i]!]! += arm[i]! - control[i]!;
  }
  const [bothWrong, onlyControlRight, onlyArmRight, bothRight] = counts as [number, number, number, number];
  const p =
    clusters.count === arm.length ? mcNemarP(onlyArmRight, onlyControlRight) : signFlipP(surplus.filter(Boolean));
  return { bothRight, onlyArmRight, onlyControlRight, bothWrong, ...p };
}

/**
 * p values of McNemar's exact test from the two counts of discordant records.
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function mcNemarP(onlyFirst: number, onlySecond: number): { readonly p: number; readonly midP: number } {
  for (const count of [onlyFirst, onlySecond]) {
    if (!Number.isInteger(count) || count < 0) {
      throw argumentError('A count of discordant records', count, 'a whole number from 0');
    }
  }
  const discordant = onlyFirst + onlySecond;
  if (discordant === 0) return { p: 1, midP: 1 };
  const fewer = Math.min(onlyFirst, onlySecond);
  const twice = 2 * binomialCdf(fewer, discordant, 0.5);
  return {
    p: Math.min(1, twice),
    midP: Math.min(1, twice - binomialMass(fewer, discordant, 0.5)),
  };
}
