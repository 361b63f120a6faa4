import { colorizerError } from '../colorizer/colorizer-error.js';
import { sideUnit } from '../network/colour-unet.js';

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

/**
 * The stages of a training. Batches shrink with the pictures' area, learning rates with each stage.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_TRAINING_OPTION`
 */
export function planStages(
  sizes: readonly number[] = defaultSizes,
  epochs: readonly number[] = defaultEpochs.slice(0, sizes.length),
): readonly TrainingStage[] {
  if (sizes.length === 0 || sizes.length !== epochs.length) {
    throw optionError(
      `There are ${sizes.length} sizes and ${epochs.length} numbers of epochs.`,
      'Give one for each size.',
    );
  }
  return sizes.map((side, i) => {
    if (side % sideUnit !== 0 || side < 2 * sideUnit || side > 512) {
      throw optionError(
        `Photographs of ${side} pixels a side cannot be trained on.`,
        `Give multiples of ${sideUnit} from ${2 * sideUnit} to 512.`,
      );
    }
    const batch = Math.max(4, Math.min(32, Math.round((32 * 64) / side)));
    return { side, epochs: epochs[i]!, batch, learningRate: 2e-3 * 2 ** -i };
  });
}

function optionError(message: string, remedy: string) {
  return colorizerError('TRAINING_OPTION', { message, remedy });
}
