import type { ChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';

/** What a run throws after its signal, once trials have begun. */
export function interrupted(): ChromarayError {
  return codedError('CHROMARAY_INTERRUPTED', {
    message: 'The study was interrupted. Everything finished is kept.',
    remedy: 'Run the same command again: it resumes where it stopped.',
  });
}
