import type { TrialEpoch } from '@chromaray/contracts';
import type { ExecutionProfile } from './execution-profile.js';
import type { TrialTask } from './trial-task.js';

/** What a trial reports while it runs. */
export type TrialMessage =
  | {
      readonly kind: 'started';
      readonly resumedAtEpoch: number;
      readonly backend: string;
      readonly parameters: number;
      /** The worker or node that computes it; absent: this machine. */
      readonly worker?: string;
    }
  /** The newest checkpoint is damaged, for this reason; the one before it is used. */
  | { readonly kind: 'fallback'; readonly reason: string }
  | { readonly kind: 'step'; readonly epoch: number; readonly step: number; readonly steps: number }
  | { readonly kind: 'epoch'; readonly epoch: TrialEpoch };

export interface TrialResult {
  readonly epochs: readonly TrialEpoch[];
  readonly selectedEpoch: number;
  readonly stoppedBy: string;
  /** Probability of the positive class, in the order of the part's rows; of several classes one each, row by row. */
  readonly probabilities: { readonly validation: Float32Array; readonly test: Float32Array };
  /** Seconds of training in this process; a resumed trial counts its last process only. */
  readonly seconds: number;
  readonly imagesPerSecond: number;
  /** Share of the training time in which the trainer waited for data. */
  readonly idleShare: number;
  /** Largest resident set of the process, in bytes. */
  readonly peakMemoryBytes: number;
  /** SHA-256 of the model that was written. */
  readonly modelHash: string;
  /** What computed it. */
  readonly profile: ExecutionProfile;
  /** The worker or node that computed it; absent: this machine. */
  readonly worker?: string;
}

/**
 * Who executes trials: this process, a process of its own, or another machine. Every runner passes the same
 * conformance suite (`@chromaray/testing/trial-runner-conformance`): same task, same profile, same bits.
 */
export interface TrialRunner {
  /**
   * @param onMessage called in the order of what happened; what it throws ends the trial and is thrown
   * @throws ChromarayError the trial's own error; `CHROMARAY_TRAINING_CANCELLED` after `signal`, with checkpoints kept;
   *   `CHROMARAY_TRIAL_CRASHED` when what executed it died
   */
  run(task: TrialTask, onMessage: (message: TrialMessage) => void, signal: AbortSignal): Promise<TrialResult>;
}
