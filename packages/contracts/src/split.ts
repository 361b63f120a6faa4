import type { Part } from './part.js';
import type { SplitChoice } from './split-notes.js';

export const splitMethods = ['patient', 'provided', 'sklearn'] as const;
export type SplitMethod = (typeof splitMethods)[number];

/** How many records, patients and classes a part holds. */
export interface PartCounts {
  readonly records: number;
  /** Null when patients are unknown. */
  readonly patients: number | null;
  readonly positives: number;
  readonly negatives: number;
  /** Records of each of several classes; absent in studies of two. */
  readonly classes?: Readonly<Record<string, number>>;
}

/** How far a split is from what was asked for; all numbers are shares between 0 and 1. */
export interface Imbalance {
  /** Share of positives in the whole data set. */
  readonly prevalence: number;
  /** Share of positives in each part; 0 for a part without records. */
  readonly prevalenceByPart: Readonly<Record<Part, number>>;
  /** Largest distance of a part's prevalence from the data set's. */
  readonly largestPrevalenceGap: number;
  /** Largest distance of a part's share of the records from the fraction asked for; 0 when none was asked for. */
  readonly largestSizeGap: number;
}

/** Which record serves for what. */
export interface Split {
  readonly method: SplitMethod;
  readonly seed: number;
  /** Record id to part; holds every record of the data set. */
  readonly part: ReadonlyMap<string, Part>;
  readonly counts: Readonly<Record<Part, PartCounts>>;
  readonly imbalance: Imbalance;
  /** How it came about, where the method alone does not say so. */
  readonly choice?: SplitChoice;
  /** Sentences the report repeats: what was changed or given up while splitting. */
  readonly notes: readonly string[];
}
