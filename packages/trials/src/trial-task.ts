import type { SerializedError } from '@chromaray/base';
import type { ModelSection, Part, TrainingSection, TrialEpoch } from '@chromaray/contracts';
import type { InputTransform } from '@chromaray/engine';

/** The rows of one part as a trial reads them: a pack of pixels and, for each image in it, its label. */
export interface PartRows {
  /** File of the pixel pack. */
  readonly pack: string;
  /** 1 for the positive class, 0 for the other, in the pack's order. */
  readonly labels: Uint8Array;
}

/** One trial, arm x seed, complete enough to be run by a process that knows nothing else of the study. */
export interface TrialTask {
  readonly arm: string;
  readonly seed: number;
  readonly transform: InputTransform;
  readonly imageSize: number;
  readonly model: ModelSection;
  /** SHA-256 of the file of weights; absent without one. */
  readonly weights?: string;
  readonly training: TrainingSection;
  /** Weight of an example of each class in the loss. */
  readonly classWeights: { readonly positive: number; readonly negative: number };
  readonly parts: Readonly<Record<Part, PartRows>>;
  readonly threads: number;
  /** Checkpoints; removed by the parent when the trial's results are stored. */
  readonly checkpoints: string;
  /** Where the trained model goes. */
  readonly modelFile: string;
  /** Names for the model file: `predict` and its reader need them. */
  readonly names: { readonly positive: string; readonly negative: string; readonly transform: string };
  /** Parent and child agree on what is trained by this hash of everything above that can change a number. */
  readonly fingerprint: string;
}

export interface TrialResult {
  readonly epochs: readonly TrialEpoch[];
  readonly selectedEpoch: number;
  readonly stoppedBy: string;
  /** Probability of the positive class, in the order of the part's rows. */
  readonly probabilities: { readonly validation: Float32Array; readonly test: Float32Array };
  /** Seconds of training in this process; a resumed trial counts its last process only. */
  readonly seconds: number;
  readonly imagesPerSecond: number;
  /** Share of the training time in which the trainer waited for data. */
  readonly idleShare: number;
  /** Largest resident set of the process, in bytes. */
  readonly peakMemoryBytes: number;
}

/** What a trial's process tells its parent. */
export type TrialMessage =
  | { readonly kind: 'started'; readonly resumedAtEpoch: number; readonly backend: string; readonly parameters: number }
  | { readonly kind: 'warning'; readonly message: string }
  | { readonly kind: 'step'; readonly epoch: number; readonly step: number; readonly steps: number }
  | { readonly kind: 'epoch'; readonly epoch: TrialEpoch }
  | { readonly kind: 'done'; readonly result: TrialResult }
  | { readonly kind: 'failed'; readonly error: SerializedError }
  | { readonly kind: 'crashed'; readonly message: string; readonly stack: string };

/** What the parent tells a trial's process. */
export type TrialCommand = { readonly kind: 'run'; readonly task: TrialTask } | { readonly kind: 'cancel' };
