import type { SerializedError } from '@chromaray/base';
import type { Part } from '@chromaray/contracts';

/** `interrupted`: was running when its process went away; it resumes from its last checkpoint. */
export const trialStatuses = ['waiting', 'running', 'interrupted', 'done', 'failed'] as const;
export type TrialStatus = (typeof trialStatuses)[number];

/** Names one trial of a study. */
export interface TrialKey {
  readonly arm: string;
  readonly seed: number;
}

/** A trial that a study is to run. */
export interface PlannedTrial extends TrialKey {
  /** Hash of everything that determines the trial's numbers; a changed one starts the trial afresh. */
  readonly fingerprint: string;
}

/** What a trial runs on, known at its start. */
export interface TrialStart {
  readonly backend: string;
  readonly precision: string;
  readonly threads: number;
  /** Trainable numbers in the network. */
  readonly parameters?: number;
}

/** What a finished trial reports about itself. */
export interface TrialSummary {
  /** Seconds of work over all its sittings. */
  readonly seconds: number;
  readonly epochsRun: number;
  /** Epoch whose weights were tested, counted from 1. */
  readonly bestEpoch: number;
  /** Training images a second, over the training steps alone. */
  readonly imagesPerSecond: number;
  readonly peakMemoryBytes: number;
  /** Further plain data for the report. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A trial as the store knows it; numbers not known yet are null. */
export interface StoredTrial extends PlannedTrial {
  readonly status: TrialStatus;
  /** ISO 8601, UTC. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly seconds: number | null;
  readonly backend: string | null;
  readonly precision: string | null;
  readonly threads: number | null;
  readonly parameters: number | null;
  readonly epochsRun: number | null;
  readonly bestEpoch: number | null;
  readonly imagesPerSecond: number | null;
  readonly peakMemoryBytes: number | null;
  readonly error: SerializedError | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** One epoch's measures; what was not measured is null. */
export interface StoredEpoch {
  /** Counted from 1. */
  readonly epoch: number;
  readonly trainLoss: number;
  readonly trainAccuracy: number | null;
  readonly validationLoss: number | null;
  readonly validationAccuracy: number | null;
  readonly validationAuroc: number | null;
  readonly learningRate: number | null;
  readonly seconds: number;
}

/** Probability of each class, by its name. */
export type ClassProbabilities = Readonly<Record<string, number>>;

/** What a trial's network said of one record. */
export interface TrialPrediction {
  readonly part: Part;
  readonly record: string;
  readonly patient: string | null;
  /** Class name: the truth. */
  readonly label: string;
  readonly positive: boolean;
  /** Probability of the positive class, 0 to 1; of several classes that of all but the reference together. */
  readonly probability: number;
  /** Of each of several classes, by its name, the reference first; absent where there are two. */
  readonly probabilities?: ClassProbabilities;
}

export interface StoredPrediction extends TrialPrediction, TrialKey {}

/** What a frozen network said of one record of another data set. */
export type EvaluationPrediction = Omit<StoredPrediction, 'part'>;

/** One look of the frozen models at another data set; each look is kept, because looking again has a price. */
export interface StoredEvaluation {
  readonly id: number;
  /** Content hash of the data set. */
  readonly dataset: string;
  /** Its folder's name. */
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly evaluatedAt: string;
}
