import { meanOf, varianceOf } from './summary.js';

/** Where the uncertainty of a mean over seeds comes from. */
export interface SeedsAndPatients {
  readonly mean: number;
  /** patients + seeds */
  readonly variance: number;
  readonly standardError: number;
  /** Satterthwaite's, for Student's t. */
  readonly degreesOfFreedom: number;
  /** Part due to the choice of patients; more seeds do not lower it. */
  readonly patientVariance: number;
  /** Part due to the seeds, divided by their number; 0 with one seed, where it cannot be seen. */
  readonly seedVariance: number;
}

/** Variance over seeds of the statistic at one seed, on these patients, with its degrees of freedom. */
export interface SeedSpread {
  readonly variance: number;
  readonly degrees: number;
}

/**
 * Variance of a mean over seeds on one set of patients, for statements about new patients and new seeds.
 *
 * Seeds are to a trained network what readers are to a reading study: every seed reads every case. The
 * estimate is that of Obuchowski & Rockette (1995) with the degrees of freedom in the manner of Hillis
 * (2007), seeds standing for readers:
 *
 *     variance = mean covariance between seeds over patients + s²/k
 *
 * where s² is the variance of the statistic over the k seeds. The covariance between seeds carries the
 * patients' part alone; s² carries the seeds' part and the interplay of seed and patient, so nothing counts
 * twice. For a difference s² is the sum of both arms' variances over seeds with 2 (k - 1) degrees of
 * freedom: a seed is a name, and gives two architectures no common fate worth half the degrees of freedom.
 * With few seeds s² may come out too small by luck; what the patients alone make the seeds differ (mean
 * variance - mean covariance) is known with many degrees of freedom and serves as its lower limit.
 *
 * A bootstrap over seeds would use s²(k - 1)/k, half of it for two seeds, and so finds differences that
 * are not there: docs/evidence.md gives measured error rates.
 *
 * @param perSeed the statistic at each seed
 * @param covariance over patients, between seeds: k x k
 * @param patientDegrees degrees of freedom of the covariance: independent patients in the smaller class - 1
 * @param overSeeds s² and its degrees of freedom; by default those of `perSeed`
 */
export function seedsAndPatients(
  perSeed: readonly number[],
  covariance: readonly (readonly number[])[],
  patientDegrees: number,
  overSeeds: SeedSpread = { variance: varianceOf(perSeed), degrees: perSeed.length - 1 },
): SeedsAndPatients {
  const k = perSeed.length;
  const mean = meanOf(perSeed);
  const own = meanOf(covariance.map((row, s) => row[s]!));
  if (k === 1) {
    const variance = Math.max(0, own);
    return {
      mean,
      variance,
      standardError: Math.sqrt(variance),
      degreesOfFreedom: patientDegrees,
      patientVariance: variance,
      seedVariance: 0,
    };
  }
  const shared = Math.max(0, meanOf(covariance.flatMap((row, a) => row.filter((_, b) => a !== b))));
  const floor = Math.max(0, own - shared);
  const seedVariance = Math.max(overSeeds.variance, floor) / k;
  const variance = shared + seedVariance;
  const seedDegrees = overSeeds.variance >= floor ? overSeeds.degrees : patientDegrees;
  const spread = shared ** 2 / patientDegrees + seedVariance ** 2 / seedDegrees;
  return {
    mean,
    variance,
    standardError: Math.sqrt(variance),
    degreesOfFreedom: spread === 0 ? patientDegrees : variance ** 2 / spread,
    patientVariance: shared,
    seedVariance,
  };
}
