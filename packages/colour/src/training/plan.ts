import type { Optimizer } from '@chromaray/engine';
import { colorizerError } from '../errors/colorizer-error.js';
import type { ColorizerNetwork } from '../network/colorizer-network.js';
import type { NetworkName } from '../network/network-names.js';

/** One pass of a training at one size. */
export interface TrainingStage {
  /** Side of the examples in pixels. */
  readonly side: number;
  readonly epochs: number;
  /** Examples in a step. */
  readonly batch: number;
  /** Highest learning rate of the stage. */
  readonly learningRate: number;
}

/** Defaults: many small pictures first, where a step costs little, then fewer and larger ones. */
export const defaultSizes = [64, 128, 192] as const;
export const defaultEpochs = [12, 4, 1] as const;

/** How the generator of each network learns. */
interface Recipe {
  readonly optimizer: Optimizer;
  readonly batch: (side: number) => number;
  readonly learningRate: (stage: number) => number;
}

/** Highest rates of DeOldify's generator: its new layers' first, then those at 128 and 192 pixels. */
const deoldifyRates = [1e-3, 1e-4, 5e-5] as const;

export const recipes: Readonly<Record<NetworkName, Recipe>> = {
  'colour-unet': {
    optimizer: { kind: 'adam' },
    batch: (side) => Math.max(4, Math.min(32, Math.round((32 * 64) / side))),
    learningRate: (stage) => 2e-3 * 2 ** -stage,
  },
  // ColorizeTrainingArtistic.ipynb: batches of 88, 22 and 11 at 64, 128 and 192 pixels, nearly as their areas; weight decay
  // 1e-3 (unet_learner_deep), betas 0.9 and 0.99 (fastai 1.0's Learner).
  deoldify: {
    optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.99, weightDecay: 1e-3 },
    batch: (side) => Math.max(4, Math.min(88, Math.round(88 * (64 / side) ** 2))),
    learningRate: (stage) => deoldifyRates[Math.min(stage, deoldifyRates.length - 1)]!,
  },
};

/**
 * The stages of a training. Batches shrink with the pictures' area, learning rates with each stage.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_TRAINING_OPTION`
 */
export function planStages(
  sizes: readonly number[] = defaultSizes,
  epochs: readonly number[] = defaultEpochs.slice(0, sizes.length),
  { name, sideUnit }: Pick<ColorizerNetwork, 'name' | 'sideUnit'>,
): readonly TrainingStage[] {
  if (sizes.length === 0 || sizes.length !== epochs.length) {
    throw optionError(
      `There are ${sizes.length} sizes and ${epochs.length} numbers of epochs.`,
      'Give one for each size.',
    );
  }
  const least = Math.max(32, sideUnit);
  return sizes.map((side, i) => {
    if (side % sideUnit !== 0 || side < least || side > 512) {
      throw optionError(
        `Photographs of ${side} pixels a side cannot be trained on with ${name}.`,
        `Give multiples of ${sideUnit} from ${least} to 512.`,
      );
    }
    const { batch, learningRate } = recipes[name];
    return { side, epochs: epochs[i]!, batch: batch(side), learningRate: learningRate(i) };
  });
}

/** For an option that cannot be. */
export function optionError(message: string, remedy: string) {
  return colorizerError('TRAINING_OPTION', { message, remedy });
}
