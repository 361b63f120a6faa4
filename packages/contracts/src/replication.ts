import type { Finding } from './audit.js';
import type { IntervalEnds, Machine, StudyVerdict } from './verdict.js';

/** The content of `replicate.json`: the original study, done again, and what becomes of its claims. */
export interface ReplicationResult {
  readonly notice: string;
  readonly dataset: { readonly name: string; readonly hash: string; readonly records: number };
  /** What positive means here, and what it meant in the original study. */
  readonly labels: { readonly positive: string; readonly negative: string; readonly note: string };
  readonly plan: ReplicationPlan;
  /** What was left out to be quick, in sentences; empty for a full replication. */
  readonly cuts: readonly string[];
  readonly colour: { readonly name: string; readonly note: string };
  /** A, as it was done. */
  readonly original: { readonly gray: OriginalResult; readonly colour: OriginalResult };
  /** B, A's colour network on X-rays it has not copied: the official test part, in the same colours. */
  readonly unseen: Measured;
  /** C, the controlled protocol. */
  readonly controlled: {
    readonly folder: string;
    readonly verdict: StudyVerdict;
    readonly arms: readonly ControlledArm[];
  };
  readonly claims: readonly Claim[];
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: Machine;
  /** Training and everything else, of this run alone. */
  readonly seconds: number;
}

/** How one network of the original study is trained again. */
export interface NetworkPlan {
  /** Side of the square input in pixels. */
  readonly size: number;
  readonly epochs: number;
  readonly batch: number;
}

/** How large a replication is. Everything else about it is fixed. */
export interface ReplicationPlan {
  /** The colour set: X-rays copied in each class, and pictures they become altogether. */
  readonly copies: { readonly negatives: number; readonly positives: number; readonly pictures: number };
  readonly colour: NetworkPlan;
  readonly gray: NetworkPlan & {
    /** Pictures of each class in the training part; null raises the smaller class to the larger. */
    readonly perClass: number | null;
  };
  readonly controlled: NetworkPlan & { readonly seeds: readonly number[]; readonly patience: number };
}

/** One network of the original study: what was reported, and what came out when it was done again. */
export interface OriginalResult {
  readonly published: PublishedResult;
  /** Side of the input in pixels. */
  readonly size: number;
  /** X-rays behind the pictures, copies left out. */
  readonly sources: { readonly train: number; readonly test: number; readonly inBoth: number };
  readonly counts: StudyVerdict['counts'];
  /** X-rays that were copied. */
  readonly copied: readonly string[];
  readonly parameters: number | null;
  readonly epochs: number;
  /** The epoch whose weights were tested, with its training loss and accuracy. */
  readonly selectedEpoch: number | null;
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly test: Measured;
  readonly speed: Speed;
  /** Always `invalid`: findings that block were accepted. */
  readonly verdict: 'invalid' | 'not blocked';
  readonly findings: readonly ReplicatedFinding[];
  readonly folder: string;
}

/** What the original study reports of a network; docs/original-study.md explains where the numbers come from. */
export interface PublishedResult {
  readonly network: 'gray-final' | 'color-final';
  /** Side of the square input in pixels. */
  readonly size: number;
  readonly epochs: number;
  readonly batch: number;
  /** Pictures of an epoch, copies included. */
  readonly trainedOn: number;
  readonly parameters: number;
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  /** On the pictures the study evaluated on. */
  readonly loss: number;
  readonly accuracy: number;
  readonly evaluatedOn: number;
  /** What those pictures are. */
  readonly evaluation: string;
}

/** A finding of the audit; its records are counted here and listed in the study's `audit.json`. */
export interface ReplicatedFinding extends Omit<Finding, 'records' | 'evidence'> {
  readonly records: number;
}

/** How often a network is right, decided at a probability of 0.5 as in the original study. */
export interface Measured {
  readonly records: number;
  readonly errors: number;
  readonly accuracy: number;
  /** Wilson's, at 95 %; it takes records for independent, which copies are not. */
  readonly interval: IntervalEnds;
  /** Mean binary cross-entropy, in nats. */
  readonly loss: number;
  readonly auroc: number;
  /** Share of the PNEUMONIA (positive) records called positive; null without any. */
  readonly sensitivity: number | null;
  /** Share of the others called negative; null without any. */
  readonly specificity: number | null;
  readonly confusion: ConfusionCounts;
}

/** Records by truth and decision. */
export interface ConfusionCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

/** How fast a network trained. */
export interface Speed {
  /** Pictures a second, training alone; null when no step was timed. */
  readonly imagesPerSecond: number | null;
  readonly secondsPerEpoch: number;
  /** Pictures seen until an epoch's training accuracy reached 0.9; null when it never did. */
  readonly imagesUntilLearned: number | null;
  /** All pictures seen. */
  readonly imagesSeen: number;
}

/** One arm of the controlled study, over its seeds; decisions at the threshold chosen on validation. */
export interface ControlledArm {
  readonly arm: string;
  readonly control: boolean;
  readonly seeds: number;
  readonly parameters: number | null;
  readonly accuracy: number;
  readonly accuracyInterval: IntervalEnds | null;
  readonly auroc: number;
  readonly sensitivity: number;
  readonly specificity: number;
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly loss: number;
  readonly speed: Speed;
  /** While training, of each seed's trial. */
  readonly imagesPerSecond: readonly number[];
}

export const claimOutcomes = ['reproduced', 'not reproduced', 'reproduced, and shown to come from copies'] as const;
export type ClaimOutcome = (typeof claimOutcomes)[number];

export const claimIds = ['colour-is-better', 'trains-faster', 'near-perfect'] as const;

/** A claim of the original study, and what becomes of it. */
export interface Claim {
  readonly id: (typeof claimIds)[number];
  readonly claim: string;
  readonly outcome: ClaimOutcome;
  /** The numbers the outcome rests on, in sentences. */
  readonly paragraph: string;
  /** How the outcome was chosen. */
  readonly rule: string;
}
