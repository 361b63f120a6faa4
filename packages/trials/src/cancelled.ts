import type { ChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';

/** What every runner throws after its signal. */
export function cancelled(): ChromarayError {
  return codedError('CHROMARAY_TRAINING_CANCELLED', {
    message: 'The training was interrupted.',
    remedy: 'Run the same command again: it resumes after the last finished epoch.',
  });
}
