import { readFileSync } from 'node:fs';
import { ChromarayError } from '@chromaray/base';

/**
 * Reads a JSON file that this program wrote into a study's folder.
 *
 * @throws ChromarayError `CHROMARAY_STUDY_FOLDER_DAMAGED` when it is missing or damaged
 */
export function readJson<T>(file: string): T {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (cause) {
    throw new ChromarayError({
      code: 'CHROMARAY_STUDY_FOLDER_DAMAGED',
      message: `${file} is missing or damaged (${(cause as Error).message}).`,
      remedy: 'Restore it from a copy, or run the study again with `chromaray study run`; what is finished is kept.',
      cause,
      details: { file },
    });
  }
}
