import { rmSync } from 'node:fs';
import { nearest } from '@chromaray/base';
import { systemError } from '@chromaray/contracts/errors';
import { installCommands, installError } from './fault.js';
import { descriptionFile, findIn, namesIn } from './folder.js';
import type { Description, Installed, InstallKind } from './kind.js';

/**
 * Removes an installed file and its description. Studies that used it keep their results; to train more of their trials
 * the file has to be added again.
 *
 * @returns what was removed
 * @throws ChromarayError `_UNKNOWN` of the kind's area, with the nearest name; `CHROMARAY_FILE_ACCESS`
 */
export function removeFile<D extends Description>(kind: InstallKind<D>, folder: string, name: string): Installed<D> {
  const found = findIn(kind, folder, name);
  if (found === undefined) {
    const names = namesIn(folder);
    const guess = nearest(name, names);
    throw installError(kind.area, 'UNKNOWN', {
      message: `Nothing is installed as "${name}" in ${folder}; ${names.length === 0 ? 'the folder holds nothing' : `there are ${names.join(', ')}`}.`,
      remedy: guess === undefined ? `See ${installCommands[kind.area]} list.` : `Did you mean ${guess}?`,
      details: { name, folder, installed: names },
    });
  }
  try {
    // The description goes last: what is still described can be removed again.
    rmSync(found.file, { force: true });
    rmSync(descriptionFile(folder, name), { force: true });
  } catch (error) {
    throw systemError(error) ?? error;
  }
  return found;
}
