import type { Finding, Interval, Machine, StudyVerdict } from '@chromaray/contracts';
import type { Claim } from './claims.js';
import type { Measured } from './measure.js';
import type { ReplicationPlan } from './plan.js';
import type { PublishedResult } from './published.js';
import type { Speed } from './speed.js';

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

/** A finding of the audit; its records are counted here and listed in the study's `audit.json`. */
export interface ReplicatedFinding extends Omit<Finding, 'records' | 'evidence'> {
  readonly records: number;
}

/** One arm of the controlled study, over its seeds; decisions at the threshold chosen on validation. */
export interface ControlledArm {
  readonly arm: string;
  readonly control: boolean;
  readonly seeds: number;
  readonly parameters: number | null;
  readonly accuracy: number;
  readonly accuracyInterval: Interval | null;
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

/** The content of `replicate.json`. */
export interface ReplicationResult {
  readonly format: 1;
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
