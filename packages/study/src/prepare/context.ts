import type { ChromarayError } from '@chromaray/base';
import type { Dataset, OnStudyEvent } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { type DescribeOptions, describeDataset } from '@chromaray/data';

/** Where preparing keeps what it need not do twice, and how it is watched and stopped. */
export interface PrepareContext {
  /** Folder for packs and for what is known of files; shared by all studies of a folder. */
  readonly cache: string;
  readonly onEvent: OnStudyEvent;
  readonly signal: AbortSignal;
}

/** Reads a data set. @throws ChromarayError as `describeDataset` does; `CHROMARAY_INTERRUPTED` after the signal */
export function describeIn(
  { cache, onEvent, signal }: PrepareContext,
  options: Omit<DescribeOptions, 'cacheDirectory' | 'signal' | 'onProgress'>,
): Promise<Dataset> {
  return interruptible(signal, () =>
    describeDataset({
      ...options,
      cacheDirectory: cache,
      signal,
      onProgress: ({ done, total }) => onEvent({ kind: 'progress', phase: 'reading', done, total, unit: 'images' }),
    }),
  );
}

/** Work that throws the signal's own reason when aborted becomes the study's error for it. */
export async function interruptible<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) throw interrupted(error);
    throw error;
  }
}

function interrupted(cause: unknown): ChromarayError {
  return codedError('CHROMARAY_INTERRUPTED', {
    message: 'The study was interrupted before training.',
    remedy: 'Run the same command again: it resumes where it stopped.',
    cause,
  });
}
