import { fUpperTail } from '../distributions/f.js';
import { meanOf } from '../seeds/summary.js';
import { hillisDegrees } from './hillis.js';
import { type Merit, measureCell, requireCases } from './merit.js';
import type { MrmcTest } from './obuchowski-rockette.js';
import type { ReaderTable } from './readings.js';

/**
 * Dorfman, Berbaum and Metz's test (1992): analysis of variance of the jackknife's pseudovalues, with Hillis's changes to
 * the model and its degrees of freedom (2008), readers and cases random. Equal to Obuchowski and Rockette's with jackknife
 * covariances; computed in its own way, it checks them.
 *
 * @param table every reader read every case in every arm
 * @returns null where nothing varies
 */
export function dbmTest(table: ReaderTable, merit: Merit): MrmcTest | null {
  const pseudo = table.cells.map((row) =>
    row.map((cell) => {
      requireCases(cell!, merit, table);
      const { value, without } = measureCell(cell!, merit);
      const n = without.length;
      const raw = without.map((left) => n * value - (n - 1) * left);
      // Shifted so that their mean is the value itself (Hillis, Obuchowski, Schartz and Berbaum 2005).
      const shift = value - meanOf(raw);
      return raw.map((one) => one + shift);
    }),
  );
  const { t, tr, tc, trc } = meanSquares(pseudo);
  const added = Math.max(tc - trc, 0);
  const [treatments, readers] = [pseudo.length, pseudo[0]!.length];
  const degreesOfFreedom = hillisDegrees(tr, added, (treatments - 1) * (readers - 1));
  const meanSquare = tr + added;
  if (meanSquare === 0) return null;
  const f = t / meanSquare;
  return {
    f,
    meanSquare,
    degreesOfFreedom,
    numeratorDegrees: treatments - 1,
    p: fUpperTail(f, treatments - 1, degreesOfFreedom),
  };
}

type Three = readonly (readonly Float64Array[])[];

/** Of arms, arms x readers, arms x cases and all three, in a balanced layout. */
function meanSquares(pseudo: Three): { t: number; tr: number; tc: number; trc: number } {
  const [a, b, c] = [pseudo.length, pseudo[0]!.length, pseudo[0]![0]!.length];
  const over = (i: number | null, j: number | null, k: number | null): number => {
    let [sum, count] = [0, 0];
    for (let x = i ?? 0; x < (i === null ? a : i + 1); x++) {
      for (let y = j ?? 0; y < (j === null ? b : j + 1); y++) {
        const row = pseudo[x]![y]!;
        for (let z = k ?? 0; z < (k === null ? c : k + 1); z++) sum += row[z]!;
        count += k === null ? c : 1;
      }
    }
    return sum / count;
  };
  const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
  const [I, J, K] = [range(a), range(b), range(c)];
  const whole = over(null, null, null);
  const ofT = I.map((i) => over(i, null, null));
  const ofR = J.map((j) => over(null, j, null));
  const ofC = K.map((k) => over(null, null, k));
  const ofTR = I.map((i) => J.map((j) => over(i, j, null)));
  const ofTC = I.map((i) => K.map((k) => over(i, null, k)));
  const ofRC = J.map((j) => K.map((k) => over(null, j, k)));
  let [t, tr, tc, trc] = [0, 0, 0, 0];
  for (const i of I) {
    t += b * c * (ofT[i]! - whole) ** 2;
    for (const j of J) tr += c * (ofTR[i]![j]! - ofT[i]! - ofR[j]! + whole) ** 2;
    for (const k of K) tc += b * (ofTC[i]![k]! - ofT[i]! - ofC[k]! + whole) ** 2;
    for (const j of J) {
      for (const k of K) {
        const main = ofT[i]! + ofR[j]! + ofC[k]! - whole;
        trc += (pseudo[i]![j]![k]! - ofTR[i]![j]! - ofTC[i]![k]! - ofRC[j]![k]! + main) ** 2;
      }
    }
  }
  return {
    t: t / (a - 1),
    tr: tr / ((a - 1) * (b - 1)),
    tc: tc / ((a - 1) * (c - 1)),
    trc: trc / ((a - 1) * (b - 1) * (c - 1)),
  };
}
