import { ChromarayError } from '@chromaray/base';

/** What every runner throws after its signal. */
export function cancelled(): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_TRAINING_CANCELLED',
    message: 'The training was interrupted.',
    remedy: 'Run the same command again: it resumes after the last finished epoch.',
  });
}
