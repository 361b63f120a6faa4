import type { Network } from '../networks.js';

/** What everybody who races to a target is asked alike. */
export interface TargetTask {
  readonly network: Network;
  /** Folder in Kaggle's layout: `train` and `test`, each with one folder a class. */
  readonly data: string;
  readonly positive: string;
  readonly seed: number;
  /** AUROC on the test part at which training ends. */
  readonly target: number;
  /** Most epochs. */
  readonly epochs: number;
  readonly batch: number;
  readonly threads: number;
}

/** What a racer prints as the last line of its output. */
export interface TargetMeasurement {
  /** AUROC on the test part after each epoch; the last one reaches the target, or all epochs are over. */
  readonly aurocs: readonly number[];
  readonly version: string;
}

/** A measurement and the seconds from the start of the process to its end. */
export interface TargetRun extends TargetMeasurement {
  readonly seed: number;
  readonly seconds: number;
}
