import { ChromarayError } from '@chromaray/base';
import type { TrainingState } from '../backends/backend.js';

/** True when no element is NaN or infinite. */
export function allFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/**
 * Checks the weights at the end of an epoch: the last step's loss may have been finite while its update was not.
 *
 * @throws ChromarayError `CHROMARAY_TRAINING_NOT_FINITE`
 */
export function checkFinite({ weights }: TrainingState, epoch: number): void {
  for (const [tensor, values] of weights) {
    if (!allFinite(values)) {
      throw new ChromarayError({
        code: 'CHROMARAY_TRAINING_NOT_FINITE',
        message: `After the last step of epoch ${epoch} the tensor "${tensor}" is not finite.`,
        remedy: 'Lower the learning rate or clip the gradients (clipNorm).',
        details: { epoch, tensor },
      });
    }
  }
}
