import { type ReaderDesign, TYPICAL_SHARES } from '@chromaray/evidence';
import type { SeriesLimits } from './limits.js';

/** One kind of study whose truth is known, simulated again and again. */
export interface CalibrationSeries {
  /** A few words for a table; unique. */
  readonly name: string;
  readonly design: ReaderDesign;
  /** Arms in addition to the control; 1 by default. */
  readonly arms?: number;
  /** Differences below it are not meaningful; what the verdict's words are chosen with. */
  readonly margin: number;
  readonly limits: SeriesLimits;
}

const margin = 0.01;

/** What a test with alpha 0.05 and intervals of 95 % should keep to. */
const nominal: SeriesLimits = { significant: [0.02, 0.07], coverage: [0.93, 0.98], variance: [0.85, 1.3] };
/** The same where the test is known to err on the safe side: correlated seeds, several arms, failed networks. */
const cautious: SeriesLimits = { significant: [0, 0.07], coverage: [0.93, 1] };

const planted: SeriesLimits = { coverage: [0.93, 0.98] };
const plantedNearOne: SeriesLimits = { coverage: [0.92, 0.98] };

const typical: ReaderDesign = {
  positivePatients: 150,
  negativePatients: 150,
  mostRecordsPerPatient: 3,
  seeds: 3,
  auroc: 0.95,
  effect: 0,
  seedDeviation: 0.004,
  shares: TYPICAL_SHARES,
};
const few: ReaderDesign = { ...typical, mostRecordsPerPatient: 1, positivePatients: 30, negativePatients: 30 };
const uneven: ReaderDesign = { ...typical, auroc: 0.9, seedDeviation: 0.001, armSeedDeviation: 0.03 };

/** Two identical arms: every significant result is an error. One seed is left out: it says nothing about others. */
export const aaSeries: readonly CalibrationSeries[] = [
  { name: 'A/A, 300 patients, 3 seeds', design: typical, margin, limits: nominal },
  { name: 'A/A, 300 patients, 5 seeds', design: { ...typical, seeds: 5 }, margin, limits: nominal },
  {
    name: 'A/A, 3 seeds that vary much',
    design: { ...typical, seedDeviation: 0.02 },
    margin,
    limits: { significant: [0.03, 0.08], coverage: [0.92, 0.97] },
  },
  {
    name: 'A/A, 2 seeds that vary far more than patients',
    design: {
      ...typical,
      mostRecordsPerPatient: 1,
      positivePatients: 200,
      negativePatients: 200,
      seeds: 2,
      auroc: 0.85,
      seedDeviation: 0.06,
    },
    margin,
    limits: { significant: [0.03, 0.08], coverage: [0.92, 0.97], variance: [0.8, 1.25] },
  },
  {
    name: 'A/A, 65 patients, 3 seeds',
    design: { ...typical, positivePatients: 40, negativePatients: 25, auroc: 0.9 },
    margin,
    limits: nominal,
  },
  {
    name: 'A/A, up to 12 X-rays a patient',
    design: {
      ...typical,
      mostRecordsPerPatient: 12,
      positivePatients: 40,
      negativePatients: 40,
      auroc: 0.85,
      shares: { patient: 0.3, record: 0.1, armPatient: 0.4, armRecord: 0.1, seedRecord: 0.1 },
    },
    margin,
    limits: nominal,
  },
  {
    name: 'A/A, 2 seeds that differ by their X-rays alone',
    design: {
      ...few,
      positivePatients: 40,
      negativePatients: 40,
      seeds: 2,
      auroc: 0.8,
      seedDeviation: 0,
      shares: { patient: 0, record: 0, armPatient: 0, armRecord: 0.25, seedRecord: 0.75 },
    },
    margin,
    // What patients alone explain is the lower limit of the seeds' variance: meant to be on the safe side.
    limits: { significant: [0.015, 0.05], coverage: [0.95, 0.985], variance: [1.2, 1.6] },
  },
  {
    name: 'A/A, spread of seeds 0.03 and 0.001, 2 seeds',
    design: { ...uneven, seeds: 2 },
    margin,
    // Known to err (docs/evidence.md): five seeds cure it.
    limits: { significant: [0.05, 0.15], coverage: [0.85, 0.95] },
  },
  {
    name: 'A/A, spread of seeds 0.03 and 0.001, 5 seeds',
    design: { ...uneven, seeds: 5 },
    margin,
    limits: { significant: [0.03, 0.08], coverage: [0.92, 0.97] },
  },
  {
    name: 'A/A, AUROC 0.99, 60 patients',
    design: { ...few, auroc: 0.99 },
    margin,
    limits: { significant: [0.01, 0.07], coverage: [0.93, 0.985] },
  },
  {
    name: 'A/A, equal seeds correlated at 0.6',
    design: { ...typical, seedDeviation: 0.02, seedCorrelation: 0.6 },
    margin,
    limits: cautious,
  },
  {
    name: 'A/A, every fifth network learns nothing',
    design: { ...typical, collapse: 0.2 },
    margin,
    limits: cautious,
  },
  {
    name: 'A/A, six arms, Holm',
    design: { ...few, auroc: 0.85, seedDeviation: 0.01 },
    arms: 6,
    margin,
    limits: cautious,
  },
];

/** An arm that is better by a known amount: what is not found is a miss. One is better by just the margin. */
export const plantedSeries: readonly CalibrationSeries[] = [
  {
    name: 'planted +0.02, 300 patients, 3 seeds',
    design: { ...typical, auroc: 0.93, effect: 0.02 },
    margin,
    limits: planted,
  },
  {
    name: 'planted +0.03, 300 patients, 3 seeds',
    design: { ...typical, auroc: 0.92, effect: 0.03 },
    margin,
    limits: planted,
  },
  {
    name: 'planted +0.05, 65 patients, 5 seeds',
    design: { ...typical, positivePatients: 40, negativePatients: 25, seeds: 5, auroc: 0.88, effect: 0.05 },
    margin,
    limits: planted,
  },
  {
    name: 'planted +0.03, the margin, 300 patients, 3 seeds',
    design: { ...typical, auroc: 0.92, effect: 0.03 },
    margin: 0.03,
    limits: planted,
  },
  {
    name: 'planted 0.975 and 0.990, 60 patients',
    design: { ...few, auroc: 0.975, effect: 0.015 },
    margin,
    limits: plantedNearOne,
  },
  {
    name: 'planted 0.95 and 0.98, 15 positives of 300',
    design: { ...few, positivePatients: 15, negativePatients: 285, auroc: 0.95, effect: 0.03 },
    margin,
    limits: plantedNearOne,
  },
];
