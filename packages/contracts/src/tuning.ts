import type { Rung } from './study-file/tune-rungs.js';
import type { TuneSettings } from './study-file/tune-settings.js';

/**
 * The content of `tuning.json`: which hyperparameters every arm was given, and how they were found, on the training and
 * validation parts alone. Written once, before the trials that are tested.
 */
export interface TuningRecord {
  /** Hash of what decides the choices: data, split, arms, search and versions. */
  readonly identity: string;
  readonly method: 'random' | 'halving';
  readonly seed: number;
  /** The same for every arm; the first has no settings: it is the arm as the study file has it. */
  readonly candidates: readonly TunedCandidate[];
  /** The same for every arm. */
  readonly rungs: readonly Rung[];
  /** X-rays that the choices rest on. */
  readonly validation: { readonly records: number; readonly positives: number };
  /** ISO 8601, UTC, when the choices were made. */
  readonly at: string;
  /** Trials of the study that were finished by then; above 0, results on the test part could be known. */
  readonly finishedTrials: number;
  readonly arms: readonly TunedArm[];
}

export interface TunedCandidate {
  /** From 1. */
  readonly candidate: number;
  readonly settings: TuneSettings;
}

export interface TunedArm {
  readonly arm: string;
  /** Number of the candidate whose settings the arm is trained with. */
  readonly chosen: number;
  /** Epochs that were trained for the choice, those that were trained twice included. */
  readonly epochs: number;
  /** True where every later stage went on from checkpoints; false where one was trained again from its start. */
  readonly continued: boolean;
  /** In the order of the candidates. */
  readonly candidates: readonly CandidateResult[];
}

/** What a candidate reached on the validation part. */
export interface CandidateResult {
  readonly candidate: number;
  /** `failed`: its loss was no number any more. */
  readonly state: 'chosen' | 'not chosen' | 'failed';
  /** Epochs that it was allowed when it was last ranked. */
  readonly epochs: number;
  /** AUROC at the epoch whose weights would be tested; null where it failed. */
  readonly auroc: number | null;
  /** Loss at that epoch: decides between equal AUROCs. */
  readonly loss: number | null;
  readonly selectedEpoch: number | null;
}
