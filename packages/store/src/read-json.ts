import { readRegularFileSync } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';

/**
 * Reads a JSON file that this program wrote into a study's folder.
 *
 * @throws ChromarayError `CHROMARAY_STUDY_FOLDER_DAMAGED` when it is missing or damaged
 */
export function readJson<T>(file: string): T {
  try {
    return JSON.parse(readRegularFileSync(file).toString('utf8')) as T;
  } catch (cause) {
    throw codedError('CHROMARAY_STUDY_FOLDER_DAMAGED', {
      message: `${file} is missing or damaged (${(cause as Error).message}).`,
      cause,
      details: { file },
    });
  }
}
