import { studentQuantile } from '../distributions/student-t.js';
import { type Patients, toClusters } from '../input/clusters.js';
import { emptyError, lengthError, tooFewError } from '../input/errors.js';
import { checkLabels, type Labels } from '../input/scored.js';
import { boundedInterval, type Interval, requireOpenUnit } from '../interval.js';
import { wilsonInterval } from '../threshold/wilson.js';

/** How far two arms call the same records positive, beyond chance. */
export interface Agreement {
  readonly n: number;
  /** Share of records called alike. */
  readonly observed: number;
  /** Share expected by chance from how often each calls positive. */
  readonly expected: number;
  /** Cohen's kappa in [-1, 1]; null where both call everything alike and the same, so that chance explains all. */
  readonly kappa: number | null;
  readonly interval: Interval | null;
}

/**
 * Cohen's kappa of two lists of calls (1960). The interval is the large-sample one of Fleiss, Cohen & Everitt (1969)
 * where every record counts as independent. With patients the same linearised variance is summed by patient, times
 * G/(G - 1) for G patients, and Student's t with G - 1 degrees of freedom replaces the normal distribution. Where all
 * calls agree that variance is 0; the interval then follows from Wilson's of the share of patients called alike.
 *
 * @param options.patients the patient of each record; without it every record counts as an independent patient
 * @throws ChromarayError `CHROMARAY_EVIDENCE_EMPTY`, `_LENGTH`, `_LABEL`; `_TOO_FEW` for a single patient
 */
export function cohenKappa(
  first: Labels,
  second: Labels,
  options: { readonly patients?: Patients; readonly level?: number } = {},
): Agreement {
  if (first.length !== second.length) throw lengthError('first calls', first.length, 'second calls', second.length);
  return classKappa(checkLabels(first).labels, checkLabels(second).labels, 2, options);
}

/**
 * The same for calls of several classes, by their indices from 0; every class counts as far from every other.
 *
 * @throws ChromarayError as {@link cohenKappa} does
 */
export function classKappa(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  classes: number,
  options: { readonly patients?: Patients; readonly level?: number } = {},
): Agreement {
  const { level = 0.95, patients } = options;
  requireOpenUnit(level, 'The confidence level');
  const { n, observed, expected, kappa, pulls, clusters } = kappaPulls(first, second, classes, patients);
  if (kappa === null) return { n, observed, expected, kappa, interval: null };
  const alike = Math.round(observed * n);
  const scale = patients === undefined ? 1 : clusters.count / (clusters.count - 1);
  const standardError = Math.sqrt(scale * pulls.reduce((sum, pull) => sum + pull * pull, 0));
  const interval =
    alike === n
      ? fromAgreement(wilsonInterval(clusters.count, clusters.count, level), expected)
      : symmetric(kappa, standardError, patients === undefined ? Number.POSITIVE_INFINITY : clusters.count - 1, level);
  return { n, observed, expected, kappa, interval };
}

/** Kappa and what each patient adds to how it varies, linearised; null where chance explains everything. */
export function kappaPulls(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  classes: number,
  patients: Patients | undefined,
) {
  const n = first.length;
  if (n !== second.length) throw lengthError('first calls', n, 'second calls', second.length);
  if (n === 0) throw emptyError('records');
  const shares = (calls: ArrayLike<number>): readonly number[] => {
    const counts = new Array<number>(classes).fill(0);
    for (let i = 0; i < n; i++) counts[calls[i]!]!++;
    return counts.map((count) => count / n);
  };
  const [rows, columns] = [shares(first), shares(second)];
  let alike = 0;
  for (let i = 0; i < n; i++) alike += Number(first[i] === second[i]);
  const observed = alike / n;
  const expected = rows.reduce((sum, share, index) => sum + share * columns[index]!, 0);
  const clusters = toClusters(patients, n);
  const pulls = new Float64Array(clusters.count);
  if (expected === 1) return { n, observed, expected, kappa: null, pulls, clusters };
  if (patients !== undefined && clusters.count < 2) throw tooFewError('patients', clusters.count, 2);
  for (let i = 0; i < n; i++) {
    const agrees = Number(first[i] === second[i]) - observed;
    const byChance = columns[first[i]!]! + rows[second[i]!]! - 2 * expected;
    pulls[clusters.ofRecord[i]!]! += (agrees * (1 - expected) - (1 - observed) * byChance) / (1 - expected) ** 2 / n;
  }
  return { n, observed, expected, kappa: (observed - expected) / (1 - expected), pulls, clusters };
}

function fromAgreement({ lower, upper, level }: Interval, expected: number): Interval {
  const kappaOf = (observed: number): number => (observed - expected) / (1 - expected);
  return boundedInterval(kappaOf(lower), kappaOf(upper), level, -1, 1);
}

function symmetric(kappa: number, standardError: number, degreesOfFreedom: number, level: number): Interval {
  const half = studentQuantile((1 + level) / 2, degreesOfFreedom) * standardError;
  return boundedInterval(kappa - half, kappa + half, level, -1, 1);
}
