import type { Random } from '@chromaray/base';
import { normalCdf } from '../distributions/normal.js';
import type { Cell, ReaderTable } from './readings.js';

/**
 * Variances of Roe and Metz's model (1997, Acad Radiol 4:298), the whole of cases scaled to 1. A rating is the sum of
 * independent normal effects, those of readers drawn anew for each class; positives are shifted by `separation`.
 */
export interface RoeMetzModel {
  readonly readers: number;
  readonly positives: number;
  readonly negatives: number;
  /** One an arm: how far positives lie above negatives. */
  readonly separations: readonly number[];
  /** Variance of a reader, and the same of a reader in one arm. */
  readonly reader: number;
  readonly armReader: number;
  /** These four add up to 1. */
  readonly case: number;
  readonly armCase: number;
  readonly readerCase: number;
  readonly rest: number;
}

/** Two of their structures of correlation between ratings of one case: high, low. */
export const caseCorrelations = {
  high: { case: 0.3, armCase: 0.3, readerCase: 0.2, rest: 0.2 },
  low: { case: 0.1, armCase: 0.1, readerCase: 0.2, rest: 0.6 },
} as const;

/** The expected AUC over readers and cases in each arm. */
export function roeMetzAucs(model: RoeMetzModel): readonly number[] {
  const variance = 2 * (1 + model.reader + model.armReader);
  return model.separations.map((separation) => normalCdf(separation / Math.sqrt(variance)));
}

/** The separation that has this expected AUC; the inverse of {@link roeMetzAucs} by bisection. */
export function separationFor(auc: number, { reader, armReader }: Pick<RoeMetzModel, 'reader' | 'armReader'>): number {
  const variance = 2 * (1 + reader + armReader);
  let [low, high] = [-10, 10];
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle / Math.sqrt(variance)) < auc) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Draws one crossed study. */
export function simulateRoeMetz(model: RoeMetzModel, random: Random): ReaderTable {
  const { readers, positives, negatives, separations } = model;
  const total = positives + negatives;
  const truth = Uint8Array.from({ length: total }, (_, k) => Number(k < positives));
  const draw = (variance: number, n: number): Float64Array =>
    Float64Array.from({ length: n }, () => Math.sqrt(variance) * random.normal());
  const perClass = (variance: number): readonly Float64Array[] =>
    Array.from({ length: readers }, () => draw(variance, 2));
  const ofReader = perClass(model.reader);
  const ofCase = draw(model.case, total);
  const ofReaderCase = Array.from({ length: readers }, () => draw(model.readerCase, total));
  const cases = Int32Array.from({ length: total }, (_, k) => k);
  const cells = separations.map((separation, treatment) => {
    const ofArmReader = perClass(model.armReader);
    const ofArmCase = draw(model.armCase, total);
    return Array.from({ length: readers }, (_, reader): Cell => {
      const rest = draw(model.rest, total);
      const ratings = rest.map((noise, k) => {
        const label = truth[k]!;
        const shared = ofReader[reader]![label]! + ofArmReader[reader]![label]! + ofCase[k]! + ofArmCase[k]!;
        return label * separation + shared + ofReaderCase[reader]![k]! + noise;
      });
      return { treatment, reader, cases, labels: truth, ratings, positives, negatives };
    });
  });
  const named = (letter: string, n: number): readonly string[] =>
    Array.from({ length: n }, (_, i) => `${letter}${String(i + 1).padStart(4, '0')}`);
  return {
    treatments: named('arm', separations.length),
    readers: named('reader', readers),
    cases: named('case', total),
    truth,
    cells,
  };
}
