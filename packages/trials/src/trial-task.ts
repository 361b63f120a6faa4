import type { ImageSection, ModelSection, TrainingSection } from '@chromaray/contracts';
import type { Part } from '@chromaray/contracts/names';
import type { InputTransform } from '@chromaray/engine';
import type { ExecutionProfile } from './execution-profile.js';

/** The rows of one part as a trial reads them: a pack of pixels and, for each image in it, its label. */
export interface PartRows {
  /** Key of the pixel pack, a hash of all that decides its pixels: equal keys mean equal pixels. */
  readonly pack: string;
  /** 1 for the positive class, 0 for the other; of several classes the index of each; in the pack's order. */
  readonly labels: Uint8Array;
}

/** Several classes that a trial tells apart. */
export interface TrialClasses {
  /** In the order of the network's probabilities. */
  readonly names: readonly string[];
  /** Weight of an example of each in the loss. */
  readonly weights: readonly number[];
}

/**
 * One trial, arm x seed, complete enough to be run by a process that knows nothing else of the study. Its inputs are
 * named by hashes, so that it means the same on every machine; where their files lie is in {@link TrialFiles}.
 */
export interface TrialTask {
  readonly arm: string;
  readonly seed: number;
  readonly transform: InputTransform;
  readonly imageSize: number;
  /** What was done to the pictures of the packs beyond stretching; absent: nothing. For the model file. */
  readonly operations?: Omit<ImageSection, 'size'>;
  /** As the study file has it, with SHA-256 hashes in place of paths. */
  readonly model: ModelSection;
  /** SHA-256 of the file of weights; absent without one. */
  readonly weights?: string;
  readonly training: TrainingSection;
  /** Weight of an example of each class in the loss; of several classes, `classes` has theirs. */
  readonly classWeights: { readonly positive: number; readonly negative: number };
  /** Absent in a study of two classes. */
  readonly classes?: TrialClasses;
  readonly parts: Readonly<Record<Part, PartRows>>;
  /** What is to compute it, with how many threads: the bits of its numbers are promised for this profile only. */
  readonly profile: ExecutionProfile;
  /** Names for the model file: `predict` and its reader need them. */
  readonly names: {
    readonly positive: string;
    readonly negative: string;
    readonly transform: string;
    /** The preset, or the file that the network came from. */
    readonly model: string;
    /** Of its weights, as their file or whoever installed them says; absent where none is known. */
    readonly licence?: string;
  };
  /**
   * Leave the trial after this epoch of its training, as far as it has come, with its checkpoints: a stage of a search for
   * hyperparameters. The same trial with a later one, or none, goes on from there.
   */
  readonly until?: number;
  /** Hash of everything above that can change a number; `until` cannot. */
  readonly fingerprint: string;
}
