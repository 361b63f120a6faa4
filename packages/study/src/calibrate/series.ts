import { type ReaderDesign, TYPICAL_SHARES } from '@chromaray/evidence';

/** One kind of study whose truth is known, simulated again and again. */
export interface CalibrationSeries {
  /** A few words for a table; unique. */
  readonly name: string;
  readonly design: ReaderDesign;
  /** Differences below it are not meaningful; what the verdict's words are chosen with. */
  readonly margin: number;
}

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

const margin = 0.01;

/** Two identical arms: whatever is found significant is an error. One seed is left out: it says nothing about others. */
export const aaSeries: readonly CalibrationSeries[] = [
  { name: 'A/A, 300 patients, 3 seeds', design: typical, margin },
  { name: 'A/A, 300 patients, 5 seeds', design: { ...typical, seeds: 5 }, margin },
  { name: 'A/A, 300 patients, 3 seeds that vary much', design: { ...typical, seedDeviation: 0.02 }, margin },
  {
    name: 'A/A, 65 patients, 3 seeds',
    design: { ...typical, positivePatients: 40, negativePatients: 25, auroc: 0.9 },
    margin,
  },
];

/** An arm that is better by a known amount: what is not found is a miss. The last one is better by just the margin. */
export const plantedSeries: readonly CalibrationSeries[] = [
  { name: 'planted +0.02, 300 patients, 3 seeds', design: { ...typical, auroc: 0.93, effect: 0.02 }, margin },
  { name: 'planted +0.03, 300 patients, 3 seeds', design: { ...typical, auroc: 0.92, effect: 0.03 }, margin },
  {
    name: 'planted +0.05, 65 patients, 5 seeds',
    design: { ...typical, positivePatients: 40, negativePatients: 25, seeds: 5, auroc: 0.88, effect: 0.05 },
    margin,
  },
  {
    name: 'planted +0.03, the margin, 300 patients, 3 seeds',
    design: { ...typical, auroc: 0.92, effect: 0.03 },
    margin: 0.03,
  },
];
