import type { CheckpointOptions, FitOptions } from '../fit/fit-types.js';
import type { Model } from '../graph/types.js';
import type { Loss, ShownAs } from '../training/loss/types.js';
import type { ExampleSource, Optimizer, TrainableModel } from '../training/types.js';

/** How one of the two networks learns. The learning rate is constant. */
export interface PlayerOptions {
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  readonly clipNorm?: number;
  readonly learningRateFactors?: ReadonlyMap<string, number>;
}

/**
 * Whose turn it is; every step trains one of the two on one batch.
 *
 * - `threshold`: the critic learns until its loss on a batch is below `criticLoss`, then the generator takes one step
 *   (fastai's `AdaptiveGANSwitcher`, DeOldify's 0.65).
 * - `fixed`: so many steps of the critic, then so many of the generator (fastai's `FixedGANSwitcher`).
 * - `critic`: the critic alone, on what the generator makes; NoGAN's stage between the two.
 */
export type Switching =
  | { readonly kind: 'threshold'; readonly criticLoss: number }
  | { readonly kind: 'fixed'; readonly criticSteps: number; readonly generatorSteps: number }
  | { readonly kind: 'critic' };

/** How two networks are trained against each other. */
export interface AdversarialOptions
  extends Pick<FitOptions, 'batch' | 'seed' | 'backend' | 'threads' | 'provider' | 'providerOptions' | 'precision'> {
  /** Steps of both together. */
  readonly steps: number;
  /** What the generator minimises beside what the critic says. */
  readonly loss: Loss;
  /** Weight of the critic's judgement in the generator's loss. */
  readonly criticWeight: number;
  /** How pictures are shown to the critic, made and real ones alike. Default: as they are. */
  readonly shownAs?: ShownAs;
  readonly generator: PlayerOptions;
  readonly critic: PlayerOptions;
  readonly switching: Switching;
  /** Steps of a stretch, at whose end losses are recorded and a checkpoint is written. Default: 100. */
  readonly every?: number;
  /** See `CollapseRule`. Default: the rule's own numbers; `false` to look for none. */
  readonly collapse?: Partial<CollapseRule> | false;
  readonly checkpoint?: CheckpointOptions;
}

/**
 * When a critic counts as collapsed, so that the generator has nothing to learn from it:
 *
 * - it `overpowers`: over its last `window` steps its mean loss is below `overpowers`, so that its judgement is flat;
 * - it is `blind`: in as many steps in a row its mean loss is above `blind`, the loss of guessing being ln 2 = 0.693;
 * - it is `not finite`: its loss is no number, or its weights are none.
 *
 * Only the last is looked for while the critic learns alone.
 */
export interface CollapseRule {
  /** Default: 200 steps of the critic. */
  readonly window: number;
  /** Default: 0.02. */
  readonly overpowers: number;
  /** Default: 0.69. */
  readonly blind: number;
}

/** That a critic has collapsed, and the numbers that say so. */
export interface Collapse {
  readonly reason: 'overpowers' | 'blind' | 'not finite';
  /** Step of both together, from 1. */
  readonly step: number;
  /** Mean loss of the critic over `window` of its steps. */
  readonly criticLoss: number;
  readonly window: number;
  /** What it was compared with. */
  readonly limit: number;
}

/** A stretch of steps, as it is in the history. */
export interface StretchRecord {
  /** From 1. */
  readonly stretch: number;
  /** Steps of both done at its end. */
  readonly step: number;
  /** Steps of each within it. */
  readonly criticSteps: number;
  readonly generatorSteps: number;
  /** Mean over the steps of the critic; NaN without any. */
  readonly criticLoss: number;
  /** Share of pictures that the critic told rightly, real and made ones. */
  readonly criticAccuracy: number;
  /** Mean of the generator's own loss, and of the critic's judgement of it, over its steps; NaN without any. */
  readonly generatorLoss: number;
  readonly judgement: number;
  /** The generator's own loss on validation, as it predicts; absent without validation. */
  readonly validationLoss?: number;
  /** What `judge` gave. */
  readonly score?: number;
  readonly seconds: number;
}

/** What `fitAdversarial` reports. */
export type AdversarialEvent =
  | { readonly kind: 'start'; readonly steps: number; readonly resumedFrom: number; readonly backend: string }
  | {
      readonly kind: 'step';
      /** Of both together, from 1. */
      readonly step: number;
      readonly steps: number;
      readonly trained: 'generator' | 'critic';
      /** Of the one trained. */
      readonly loss: number;
      readonly examplesPerSecond: number;
    }
  | { readonly kind: 'stretch'; readonly record: StretchRecord; readonly best: boolean }
  | { readonly kind: 'collapse'; readonly collapse: Collapse; readonly message: string }
  | { readonly kind: 'fallback'; readonly code: 'CHROMARAY_CHECKPOINT_CORRUPT'; readonly reason: string };

/** Two networks to be trained against each other. */
export interface AdversarialRequest {
  /** Makes pictures: the loss is taken on a value [batch, channels, height, width]. */
  readonly generator: TrainableModel;
  /** Takes float32 [batch, channels, height, width] and gives logits, above 0 for "real"; one or many a picture. */
  readonly critic: TrainableModel;
  /** What the generator is given as pixels, and real pictures as targets. */
  readonly train: ExampleSource;
  readonly validation?: ExampleSource;
  readonly options: AdversarialOptions;
  /**
   * Judges the generator at the end of each stretch; lower is better. Default, also where it only looks and gives
   * nothing back: its own loss on validation, without validation that in training.
   *
   * @param generate - the generator as it is now
   */
  readonly judge?: (
    generate: (pixels: Uint8Array, count: number) => Promise<Float32Array>,
  ) => number | undefined | Promise<number | undefined>;
  /** Called as things happen, on the training thread: be brief. */
  readonly onEvent?: (event: AdversarialEvent) => void;
  /** Stops after the current step; what the last checkpoint holds is kept. */
  readonly signal?: AbortSignal;
}

/** Two trained networks with the record of their training. */
export interface AdversarialResult {
  readonly generator: Model;
  readonly critic: Model;
  readonly history: readonly StretchRecord[];
  /** The stretch with the lowest score, from 1; 0 where none was finished. */
  readonly bestStretch: number;
  /** The stretch at whose end the networks were as they are handed back; that of `bestStretch` after a collapse. */
  readonly selectedStretch: number;
  readonly stopped: 'steps' | 'collapse';
  readonly collapse?: Collapse;
  /** Steps that a checkpoint spared. */
  readonly resumedFrom: number;
}
