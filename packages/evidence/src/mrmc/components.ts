import type { CovarianceMethod } from './covariance.js';
import { cellCovariances } from './covariance.js';
import { sumOfSquares } from './hillis.js';
import { type MeasuredCell, type Merit, measureCell, neededClasses, requireCases } from './merit.js';
import type { ReaderTable } from './readings.js';

/** Mean squares and covariances of a study in which every reader read in every arm. */
export interface MrmcComponents {
  readonly treatments: number;
  readonly readers: number;
  /** Cases of the whole study. */
  readonly cases: number;
  /** `values[treatment][reader]` */
  readonly values: readonly (readonly number[])[];
  /** Mean square of arms: r / (t - 1) times the sum of squared deviations of the arms' means. */
  readonly msT: number;
  readonly msR: number;
  readonly msTR: number;
  /** Mean variance of a cell over new cases. */
  readonly variance: number;
  /** Mean covariance between arms, of one reader. */
  readonly cov1: number;
  /** Mean covariance between readers, in one arm; 0 with one reader. */
  readonly cov2: number;
  /** Mean covariance between readers in different arms; 0 with one reader. */
  readonly cov3: number;
  /** The same within each arm alone. */
  readonly perTreatment: readonly {
    readonly mean: number;
    readonly msR: number;
    readonly variance: number;
    readonly cov2: number;
    /** Of each reader's value. */
    readonly variances: readonly number[];
  }[];
}

/**
 * Mean squares and averaged covariances (Obuchowski and Rockette 1995; Hillis 2014). Averages run over all pairs of cells,
 * also those that share no case and have covariance 0: so cases nested in readers, in arms, or in blocks of readers need no
 * formula of their own.
 *
 * @param table every reader has read in every arm
 * @throws ChromarayError `CHROMARAY_MRMC_TOO_FEW`; `CHROMARAY_EVIDENCE_ARGUMENT`
 */
export function mrmcComponents(table: ReaderTable, merit: Merit, method: CovarianceMethod): MrmcComponents {
  const measured = table.cells.map((row) =>
    row.map((cell) => {
      requireCases(cell!, merit, table);
      return measureCell(cell!, merit);
    }),
  );
  return componentsOf(measured, countedCases(table, merit), method);
}

/** Cases of a study, and those of them that count for a merit. */
export interface CountedCases {
  readonly all: number;
  readonly counting: number;
}

/** Only cases that somebody read count. */
export function countedCases({ cells, truth }: ReaderTable, merit: Merit): CountedCases {
  const read = new Uint8Array(truth.length);
  for (const cell of cells.flat()) for (const number of cell?.cases ?? []) read[number] = 1;
  const classes = neededClasses(merit);
  return {
    all: truth.length,
    counting: truth.filter((label, k) => read[k] === 1 && classes.includes(label as 0 | 1)).length,
  };
}

/** The same from measured cells, `measured[treatment][reader]`. */
export function componentsOf(
  measured: readonly (readonly MeasuredCell[])[],
  { all, counting }: CountedCases,
  method: CovarianceMethod,
): MrmcComponents {
  const matrix = cellCovariances(measured.flat(), all, counting, method);
  const treatments = measured.length;
  const readers = measured[0]!.length;
  const values = measured.map((row) => row.map(({ value }) => value));
  const covariance = (i: number, j: number, k: number, l: number): number => matrix[i * readers + j]![k * readers + l]!;
  const average = meanCovariances(treatments, readers, covariance);
  return {
    treatments,
    readers,
    cases: all,
    values,
    ...meanSquares(values),
    ...average,
    perTreatment: values.map((row, i) => {
      const own = meanCovariances(1, readers, (_, j, __, l) => covariance(i, j, i, l));
      return {
        mean: mean(row),
        msR: sumOfSquares(row.map((value) => value - mean(row))) / Math.max(1, readers - 1),
        variance: own.variance,
        cov2: own.cov2,
        variances: row.map((_, j) => covariance(i, j, i, j)),
      };
    }),
  };
}

function meanSquares(values: readonly (readonly number[])[]): { msT: number; msR: number; msTR: number } {
  const t = values.length;
  const r = values[0]!.length;
  const ofTreatment = values.map(mean);
  const ofReader = values[0]!.map((_, j) => mean(values.map((row) => row[j]!)));
  const whole = mean(ofTreatment);
  const cells = values.flatMap((row, i) => row.map((value, j) => value - ofTreatment[i]! - ofReader[j]! + whole));
  return {
    msT: (r * sumOfSquares(ofTreatment.map((value) => value - whole))) / Math.max(1, t - 1),
    msR: (t * sumOfSquares(ofReader.map((value) => value - whole))) / Math.max(1, r - 1),
    msTR: sumOfSquares(cells) / Math.max(1, (t - 1) * (r - 1)),
  };
}

function meanCovariances(
  treatments: number,
  readers: number,
  covariance: (i: number, j: number, k: number, l: number) => number,
): { variance: number; cov1: number; cov2: number; cov3: number } {
  const sums = { variance: [0, 0], cov1: [0, 0], cov2: [0, 0], cov3: [0, 0] };
  for (let i = 0; i < treatments; i++) {
    for (let j = 0; j < readers; j++) {
      for (let k = 0; k < treatments; k++) {
        for (let l = 0; l < readers; l++) {
          const of = sums[i === k ? (j === l ? 'variance' : 'cov2') : j === l ? 'cov1' : 'cov3'];
          of[0]! += covariance(i, j, k, l);
          of[1]! += 1;
        }
      }
    }
  }
  const average = ([sum, count]: number[]): number => (count === 0 ? 0 : sum! / count!);
  return {
    variance: average(sums.variance),
    cov1: average(sums.cov1),
    cov2: average(sums.cov2),
    cov3: average(sums.cov3),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
