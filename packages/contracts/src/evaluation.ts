import type { PartCounts } from './split.js';
import type { ArmResult, Comparison } from './verdict.js';

/** A picture of another data set that was not evaluated, since the models have learned from it. */
export interface LeftOutOverlap {
  readonly record: string;
  /** The study's record that shows the same, or the same patient. */
  readonly known: string;
  readonly why: 'same-picture' | 'altered-copy' | 'same-patient';
}

/** What the frozen models of a study reached on another data set. */
export interface ExternalEvaluation {
  readonly study: string;
  readonly dataset: {
    readonly name: string;
    readonly hash: string;
    readonly positive: string;
    readonly negative: string;
    readonly counts: PartCounts;
  };
  /** How often this study's models were evaluated on this data set, this time included. */
  readonly timesEvaluated: number;
  /** How often they have looked at any other data set. */
  readonly evaluationsInAll: number;
  /** At thresholds chosen on the study's validation part; intervals for new patients and new seeds. */
  readonly arms: readonly ArmResult[];
  /** Exploratory: the endpoint was declared for the study's own test part. */
  readonly comparisons: readonly Comparison[];
  readonly unfinishedTrials: number;
  /** Hashes of the pictures' pixels, sorted: a later look at any of them is a second look. Absent before they were kept. */
  readonly pictures?: readonly string[];
  /** Pictures left out because the models have learned from them; absent where nobody asked for it. */
  readonly leftOut?: readonly LeftOutOverlap[];
  readonly notes: readonly string[];
  /** The file with these results. */
  readonly file: string;
}
