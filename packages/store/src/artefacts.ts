import { existsSync } from 'node:fs';
import { readRegularFileSync, writeFileAtomic } from '@chromaray/base';
import { type ArtefactKind, type Artefacts, decodeArtefact, encodeArtefact } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';

/**
 * Reads an artefact of a study's folder, of this version or one before.
 *
 * @throws ChromarayError `CHROMARAY_STUDY_FOLDER_DAMAGED` when it is missing or damaged;
 *   `CHROMARAY_STUDY_FOLDER_NEWER` when a later version wrote it
 */
export function readArtefact<Kind extends ArtefactKind>(kind: Kind, file: string): Artefacts[Kind] {
  return decodeArtefact(kind, textOf(file), file);
}

/** The same, or undefined when there is no such file. */
export function readArtefactIfAny<Kind extends ArtefactKind>(kind: Kind, file: string): Artefacts[Kind] | undefined {
  return existsSync(file) ? readArtefact(kind, file) : undefined;
}

/** @throws ChromarayError `CHROMARAY_FILE_WRITE` */
export function writeArtefact<Kind extends ArtefactKind>(kind: Kind, file: string, value: Artefacts[Kind]): void {
  writeFileAtomic(file, encodeArtefact(kind, value));
}

function textOf(file: string): string {
  try {
    return readRegularFileSync(file).toString('utf8');
  } catch (cause) {
    throw codedError('CHROMARAY_STUDY_FOLDER_DAMAGED', {
      message: `${file} is missing or damaged (${(cause as Error).message}).`,
      cause,
      details: { file },
    });
  }
}
