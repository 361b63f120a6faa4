import type { IntervalEnds } from './verdict.js';

/** The content of `explanation.json`: where the models of a study look, and whether that can be believed. */
export interface StudyExplanation {
  /** Equal keys mean equal models and options, so that maps need not be made again. */
  readonly key: string;
  readonly notice: string;
  /** Records of the test part whose maps are measured, the same for all arms: drawn, one a patient, half of each class. */
  readonly sample: readonly string[];
  readonly arms: readonly ArmExplanation[];
  /** Arms without maps, and why. */
  readonly missing: readonly { readonly arm: string; readonly reason: string }[];
}

export interface ArmExplanation {
  readonly arm: string;
  readonly control: boolean;
  /** The seed whose model is explained: the first that is finished. */
  readonly seed: number;
  readonly featureMap: { readonly channels: number; readonly height: number; readonly width: number };
  readonly energy: EnergySummary;
  readonly randomisation: Randomisation;
  /** The surest right and wrong answers. */
  readonly cases: readonly ExplainedCase[];
}

/** Mean shares of a map's evidence over the sample. */
export interface EnergySummary {
  /** Maps measured. */
  readonly n: number;
  /** Maps without any evidence for what was called; in no mean. */
  readonly flat: number;
  /** In the outer sixteenth of the picture on every side. */
  readonly border: EnergyShare | null;
  /** In the middle half of the picture in each direction. */
  readonly centre: EnergyShare | null;
  /** Inside the lung masks; null where none were given. */
  readonly lungs: (EnergyShare & { readonly n: number }) | null;
}

export interface EnergyShare {
  readonly mean: number;
  /** 95 %, Student's t over records; null for a single one. */
  readonly interval: IntervalEnds | null;
  /** The region's share of the picture: what a map without preference would have. */
  readonly area: number;
}

/** What becomes of the maps when weights are shuffled, layer by layer from the head down (Adebayo et al. 2018). */
export interface Randomisation {
  /** Maps compared; those that are flat to begin with are not. */
  readonly n: number;
  /** Random networks drawn at each stage. */
  readonly draws: number;
  readonly stages: readonly RandomisationStage[];
  /** True when maps of a network without what it learned are no longer those of the trained one; null when none was to be compared. */
  readonly passed: boolean | null;
  /** Mean rank correlation with all layers shuffled above which the check fails. */
  readonly limit: number;
}

export interface RandomisationStage {
  /** Layers shuffled, counted from the head. */
  readonly layers: number;
  /** Layers in all. */
  readonly of: number;
  /** The last of them. */
  readonly lowest: string;
  /** Spearman's, over the places of a map, mean over maps and draws; null where no map has any. */
  readonly rankCorrelation: number | null;
  /** Structural similarity of the maps as shown, mean over maps and draws; null for pictures smaller than its window. */
  readonly similarity: number | null;
  /** Maps that have become flat, mean over draws. */
  readonly flat: number;
}

export type Outcome = 'true positive' | 'true negative' | 'false positive' | 'false negative';

/** One record with its map. */
export interface ExplainedCase {
  readonly record: string;
  readonly label: string;
  readonly outcome: Outcome;
  /** The class the map speaks for: the one that was called. */
  readonly called: string;
  /** Of the positive class, as in `predictions.csv`. */
  readonly probability: number;
  readonly shares: RegionShares;
  /** Original and overlay side by side, relative to the study's folder. */
  readonly picture: string;
}

/** Shares of one map's evidence; null for a flat map. */
export interface RegionShares {
  readonly border: number | null;
  readonly centre: number | null;
  readonly lungs: number | null;
}
