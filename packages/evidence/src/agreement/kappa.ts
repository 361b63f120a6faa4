import { normalQuantile } from '../distributions/normal.js';
import { lengthError } from '../input/errors.js';
import { checkLabels, type Labels } from '../input/scored.js';
import { boundedInterval, type Interval, requireOpenUnit } from '../interval.js';

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
 * Cohen's kappa of two lists of calls (1960), with the large-sample interval of Fleiss, Cohen & Everitt (1969).
 *
 * @throws ChromarayError `CHROMARAY_EVIDENCE_EMPTY`, `_LENGTH`, `_LABEL`
 */
export function cohenKappa(first: Labels, second: Labels, level = 0.95): Agreement {
  requireOpenUnit(level, 'The confidence level');
  if (first.length !== second.length) throw lengthError('first calls', first.length, 'second calls', second.length);
  const a = checkLabels(first);
  const b = checkLabels(second);
  const n = a.labels.length;
  const cells = [
    [0, 0],
    [0, 0],
  ] as [[number, number], [number, number]];
  for (let i = 0; i < n; i++) cells[a.labels[i] as 0 | 1][b.labels[i] as 0 | 1] += 1 / n;
  const rows = [a.negatives / n, a.positives / n] as const;
  const columns = [b.negatives / n, b.positives / n] as const;
  const observed = Math.min(1, cells[0][0] + cells[1][1]);
  const expected = rows[0] * columns[0] + rows[1] * columns[1];
  if (expected === 1) return { n, observed, expected, kappa: null, interval: null };
  const kappa = (observed - expected) / (1 - expected);

  let spread = -((kappa - expected * (1 - kappa)) ** 2);
  for (const i of [0, 1] as const) {
    for (const j of [0, 1] as const) {
      const factor = i === j ? 1 - (rows[i] + columns[i]) * (1 - kappa) : (1 - kappa) * (columns[i] + rows[j]);
      spread += cells[i][j] * factor ** 2;
    }
  }
  const standardError = Math.sqrt(Math.max(0, spread) / n) / (1 - expected);
  const half = normalQuantile((1 + level) / 2) * standardError;
  return { n, observed, expected, kappa, interval: boundedInterval(kappa - half, kappa + half, level, -1, 1) };
}
