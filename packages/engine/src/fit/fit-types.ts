import type { BackendOptions } from '../backends/backend.js';
import type { Model } from '../graph/types.js';
import type { Loss } from '../training/loss/types.js';
import type { ExampleSource, Optimizer, Schedule, TrainableModel } from '../training/types.js';

/** How a network is trained: loss, optimizer, batches, epochs, seed, backend and checkpoints. */
export interface FitOptions {
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  /** Default: constant. */
  readonly schedule?: Schedule;
  /** Examples in a step. The last step of an epoch takes what is left. */
  readonly batch: number;
  readonly epochs: number;
  /**
   * Leave the training after this epoch, as far as it has come; learning rates stay those of a training of `epochs`. A
   * later request with the same checkpoint folder goes on from there.
   */
  readonly until?: number;
  /** Seed of the order of examples and of dropout; the initial weights carry their own. */
  readonly seed: number;
  readonly clipNorm?: number;
  /** Factor on the learning rate by tensor, 1 where none is named. */
  readonly learningRateFactors?: ReadonlyMap<string, number>;
  /** What decides which epoch is best. Default: the lowest `validationLoss`. */
  readonly monitor?: Monitor;
  readonly earlyStopping?: EarlyStopping;
  /** Weights handed back: those of the best epoch or of the last. Best when there is validation, else last. */
  readonly select?: 'best' | 'last';
  /** Default: `auto`; see `createBackend`. */
  readonly backend?: string;
  /** These as in `BackendOptions`. */
  readonly threads?: number;
  readonly provider?: BackendOptions['provider'];
  readonly providerOptions?: BackendOptions['providerOptions'];
  readonly precision?: BackendOptions['precision'];
  readonly checkpoint?: CheckpointOptions;
}

/** The metric that decides which epoch is best, and in which direction. */
export interface Monitor {
  /** `loss`, `accuracy`, `validationLoss`, `validationAccuracy`, or a name that `evaluate` returns. */
  readonly metric: string;
  readonly mode: 'min' | 'max';
}

/** When training ends before its last epoch because the monitored metric no longer improves. */
export interface EarlyStopping {
  /** Epochs without improvement after which training stops. */
  readonly patience: number;
  /** Smallest change that counts as one. Default: 0. */
  readonly minDelta?: number;
}

/** Where the state of a training is kept, so that an interrupted one goes on to the same bits. */
export interface CheckpointOptions {
  /** Folder that holds `last`, `previous` and the best weights; one training a folder. */
  readonly folder: string;
  /** Resume from what is there (default: true), or begin anew. */
  readonly resume?: boolean;
  /** Anything else that must be the same for a checkpoint to fit, such as a hash of the data. */
  readonly identity?: string;
  /**
   * What computes, in words. A checkpoint that something else computed is not continued, because sums are added in other orders there: training begins
   * anew, and a `fallback` says so. One that does not say what computed it is.
   */
  readonly profile?: string;
}

/** One epoch, as it is in the history. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** Mean training loss over the epoch's steps as they were met, dropout and L2 included, as Keras shows it. */
  readonly loss: number;
  /** Training accuracy averaged over the epoch's batches; NaN for a loss without classes, see `Loss`. */
  readonly accuracy: number;
  /** Mean loss on validation after the epoch, plus the L2 penalty as Keras shows it; absent without validation. */
  readonly validationLoss?: number;
  readonly validationAccuracy?: number;
  /** What `evaluate` returned. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Learning rate of the epoch's last step. */
  readonly learningRate: number;
  /** Seconds of training and validation. */
  readonly seconds: number;
  /** Training examples a second, validation not counted. */
  readonly examplesPerSecond: number;
  /** Share of the training time in which the backend waited for examples, 0 to 1. */
  readonly idleShare: number;
}

/** What `fit` reports while it trains: its start, each step, each epoch, and the use of an older checkpoint. */
export type FitEvent =
  | {
      readonly kind: 'start';
      readonly epochs: number;
      readonly stepsPerEpoch: number;
      /** Epochs done before, found in a checkpoint. */
      readonly resumedFrom: number;
      readonly backend: string;
    }
  | {
      readonly kind: 'step';
      readonly epoch: number;
      /** Step within the epoch, from 1. */
      readonly step: number;
      readonly steps: number;
      /** Loss of this step. */
      readonly loss: number;
      readonly learningRate: number;
      /** Training examples done in this epoch. */
      readonly examples: number;
      readonly examplesPerSecond: number;
    }
  | { readonly kind: 'epoch'; readonly record: EpochRecord; readonly best: boolean }
  | {
      /**
       * The newest checkpoint is not used, for this reason: it is damaged, and the one before it is used, or another profile computed it, and training
       * begins anew.
       */
      readonly kind: 'fallback';
      readonly code: 'CHROMARAY_CHECKPOINT_CORRUPT' | 'CHROMARAY_CHECKPOINT_MISMATCH';
      readonly reason: string;
    };

/** A training: the network, its examples, the options, and who is informed. */
export interface FitRequest {
  readonly model: TrainableModel;
  readonly train: ExampleSource;
  readonly validation?: ExampleSource;
  readonly options: FitOptions;
  /** More figures on validation after each epoch, from its probabilities in the source's order. */
  readonly evaluate?: (probabilities: Float32Array) => Readonly<Record<string, number>>;
  /** Called as things happen, on the training thread: be brief. */
  readonly onEvent?: (event: FitEvent) => void;
  /** Stops after the current step; what the last epoch's checkpoint holds is kept. */
  readonly signal?: AbortSignal;
}

/** A trained network with the record of its training. */
export interface FitResult {
  /** The model with the selected weights. */
  readonly model: Model;
  readonly history: readonly EpochRecord[];
  /** The best epoch by `monitor`, from 1; the last one when nothing is monitored. */
  readonly bestEpoch: number;
  /** The epoch whose weights the model has. */
  readonly selectedEpoch: number;
  readonly stopped: 'epochs' | 'early' | 'left';
  /** Epochs that a checkpoint spared. */
  readonly resumedFrom: number;
}
