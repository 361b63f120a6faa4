import path from 'node:path';
import { isChromarayError, readRegularFileSync } from '@chromaray/base';
import { decodeReadersFile, type ReaderStudyFile } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { studyVocabulary } from '@chromaray/study';

const largestBytes = 1_000_000;

/** Reads the file of a reader study. @throws ChromarayError `CHROMARAY_READERS_FILE` */
export function readReadersFile(file: string): ReaderStudyFile {
  return parseReadersFile(textOf(file), file);
}

/**
 * Parses the text of a reader-study file, checks it, fills in the defaults and makes its paths absolute.
 *
 * @param file named in errors, and relative paths start from its folder
 * @throws ChromarayError `CHROMARAY_READERS_FILE`
 */
export function parseReadersFile(text: string, file: string): ReaderStudyFile {
  const study = decodeReadersFile(text, file, studyVocabulary);
  const { cases } = study;
  const place = path.resolve(path.dirname(path.resolve(file)), cases.dataset.path);
  return { ...study, cases: { ...cases, dataset: { ...cases.dataset, path: place } } };
}

function textOf(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readRegularFileSync(file, largestBytes));
  } catch (cause) {
    if (isChromarayError(cause)) throw cause;
    throw codedError('CHROMARAY_READERS_FILE', {
      message: `${file} cannot be read as text: ${(cause as Error).message}.`,
      remedy: 'Check the path, or write a file with `chromaray readers init`.',
      cause,
      details: { file },
    });
  }
}
