import { studentQuantile } from '../distributions/student-t.js';
import { type Patients, toClusters } from '../input/clusters.js';
import { lengthError, tooFewError } from '../input/errors.js';
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
  const { level = 0.95, patients } = options;
  requireOpenUnit(level, 'The confidence level');
  if (first.length !== second.length) throw lengthError('first calls', first.length, 'second calls', second.length);
  const a = checkLabels(first);
  const b = checkLabels(second);
  const n = a.labels.length;
  const alike = a.labels.reduce((sum, call, i) => sum + Number(call === b.labels[i]), 0);
  const rows = [a.negatives / n, a.positives / n] as const;
  const columns = [b.negatives / n, b.positives / n] as const;
  const observed = alike / n;
  const expected = rows[0] * columns[0] + rows[1] * columns[1];
  if (expected === 1) return { n, observed, expected, kappa: null, interval: null };
  const kappa = (observed - expected) / (1 - expected);
  const clusters = toClusters(patients, n);
  if (patients !== undefined && clusters.count < 2) throw tooFewError('patients', clusters.count, 2);

  const pulls = new Float64Array(clusters.count);
  for (let i = 0; i < n; i++) {
    const [x, y] = [a.labels[i] as 0 | 1, b.labels[i] as 0 | 1];
    const agrees = Number(x === y) - observed;
    const byChance = columns[x] + rows[y] - 2 * expected;
    pulls[clusters.ofRecord[i]!]! += (agrees * (1 - expected) - (1 - observed) * byChance) / (1 - expected) ** 2 / n;
  }
  const scale = patients === undefined ? 1 : clusters.count / (clusters.count - 1);
  const standardError = Math.sqrt(scale * pulls.reduce((sum, pull) => sum + pull * pull, 0));
  const interval =
    alike === n
      ? fromAgreement(wilsonInterval(clusters.count, clusters.count, level), expected)
      : symmetric(kappa, standardError, patients === undefined ? Number.POSITIVE_INFINITY : clusters.count - 1, level);
  return { n, observed, expected, kappa, interval };
}

function fromAgreement({ lower, upper, level }: Interval, expected: number): Interval {
  const kappaOf = (observed: number): number => (observed - expected) / (1 - expected);
  return boundedInterval(kappaOf(lower), kappaOf(upper), level, -1, 1);
}

function symmetric(kappa: number, standardError: number, degreesOfFreedom: number, level: number): Interval {
  const half = studentQuantile((1 + level) / 2, degreesOfFreedom) * standardError;
  return boundedInterval(kappa - half, kappa + half, level, -1, 1);
}
