import type { ComparisonVerdict, IntervalEnds } from './verdict.js';

/** What a control arm has in common with a colour arm, and nothing else. */
export const controlKinds = ['three channels', 'learned gray', 'smooth random', 'untrained', 'shuffled'] as const;

export type ControlKind = (typeof controlKinds)[number];

/** A control arm of a study beside the one that the endpoint compares with. */
export interface ControlArm {
  readonly arm: string;
  readonly kind: ControlKind;
  /** What it is a control for, in a sentence. */
  readonly purpose: string;
}

/** A colour arm against one of the control arms: paired as the endpoint is, exploratory, not corrected. */
export interface ControlComparison {
  readonly arm: string;
  /** Name of the control arm. */
  readonly control: string;
  readonly kind: ControlKind;
  /** AUROC of the arm less that of the control arm, mean over the seeds both have. */
  readonly difference: number;
  readonly interval: IntervalEnds;
  readonly intervalLevel: number;
  /** Two-sided. */
  readonly p: number;
  /** By the endpoint's rule and margin. */
  readonly verdict: ComparisonVerdict;
}

/** What the control arms of a study tell about its colour arms; every sentence is chosen by rule from the comparisons. */
export interface ControlReadings {
  /** In the order of the study file. */
  readonly present: readonly ControlArm[];
  readonly comparisons: readonly ControlComparison[];
  /** What explains the effects of the colour arms, and what does not. */
  readonly answers: readonly string[];
  /** The questions that stay open because the study lacks a control arm. */
  readonly open: readonly string[];
}
