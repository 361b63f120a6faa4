import { statSync } from 'node:fs';
import { type ChromarayError, isChromarayError, readRegularFileSync } from '@chromaray/base';
import type { StudyFile, Vocabulary } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { parseStudyFile } from './parse.js';
import { studyVocabulary } from './vocabulary.js';

const largestBytes = 1_000_000;

/**
 * Reads a study file.
 *
 * @param limit most arms that factors are expanded to. Default: 64
 * @throws ChromarayError `CHROMARAY_STUDY_FILE_MISSING`, `CHROMARAY_STUDY_FILE_UNREADABLE`, and all that
 *   `parseStudyFile` throws.
 */
export function readStudyFile(file: string, vocabulary: Vocabulary = studyVocabulary, limit?: number): StudyFile {
  return parseStudyFile(readText(file), file, vocabulary, limit);
}

function readText(file: string): string {
  let bytes: Buffer;
  try {
    const status = statSync(file);
    if (!status.isFile()) throw unreadable(file, 'is not a file');
    if (status.size > largestBytes)
      throw unreadable(file, `is ${status.size} bytes long, far too long for a study file`);
    bytes = readRegularFileSync(file, largestBytes);
  } catch (error) {
    if (isChromarayError(error)) throw error;
    const system = (error as NodeJS.ErrnoException).code ?? 'unknown';
    if (system !== 'ENOENT' && system !== 'ENOTDIR') throw unreadable(file, `cannot be read (${system})`, error);
    throw codedError('CHROMARAY_STUDY_FILE_MISSING', {
      message: `There is no study file ${file}.`,
      cause: error,
      details: { file },
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(file, 'is not text in UTF-8', cause);
  }
}

function unreadable(file: string, what: string, cause?: unknown): ChromarayError {
  return codedError('CHROMARAY_STUDY_FILE_UNREADABLE', {
    message: `${file} ${what}.`,
    cause,
    details: { file },
  });
}
