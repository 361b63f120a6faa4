import { ChromarayError } from '@chromaray/base';
import type { FitRequest } from './fit-types.js';

/** The error with which a training ends that was asked to stop. */
export function cancelled({ options, signal }: FitRequest, epoch: number): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_TRAINING_CANCELLED',
    message: `The training was stopped in epoch ${epoch} of ${options.epochs}.`,
    remedy:
      options.checkpoint === undefined
        ? 'Start it again; give it a checkpoint folder to be able to go on next time.'
        : `Start it again to go on after epoch ${epoch - 1}.`,
    cause: signal?.reason,
    details: { epoch, epochs: options.epochs },
  });
}
