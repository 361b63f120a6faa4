import { existsSync } from 'node:fs';
import path from 'node:path';
import { nearest } from '@chromaray/base';
import { loadWeights, type WeightsFile } from '@chromaray/engine';
import { installError } from '../fault.js';
import { findIn } from '../folder.js';
import { isInstallName } from '../name.js';
import { defaultWeightsFolder, type InstalledWeights, weightsKind, weightsNames } from './folder.js';
import { knownWeights } from './known.js';

/**
 * What `weights` of a study file means. A word without a dot or a slash is the name of installed weights, unless there are
 * none of that name and a file is called so; anything else is a path.
 *
 * @returns a name as it is, a path made absolute
 */
export function nameOrPath(text: string, base: string): string {
  const file = path.resolve(base, text);
  if (!isInstallName(text)) return file;
  return !weightsNames().includes(text) && existsSync(file) ? file : text;
}

/**
 * Reads weights that are given as {@link nameOrPath} gives them. Installed ones must still have the hash they were pinned
 * to; the licence that was noted with them counts where their file names none.
 *
 * @throws ChromarayError `CHROMARAY_WEIGHTS_` + `UNKNOWN`, `HASH`; and as `loadWeights`
 */
export function readWeightsAt(nameOrFile: string): WeightsFile {
  const installed = named(nameOrFile);
  if (installed === undefined) return loadWeights(nameOrFile);
  const { file, name, sha256, licence } = installed;
  const weights = loadWeights(file);
  if (weights.sha256 !== sha256) throw changed(file, name, weights.sha256, sha256);
  return weights.licence !== undefined || licence === null ? weights : { ...weights, licence };
}

function named(nameOrFile: string): InstalledWeights | undefined {
  if (!isInstallName(nameOrFile)) return undefined;
  const folder = defaultWeightsFolder();
  const found = findIn(weightsKind, folder, nameOrFile);
  if (found === undefined) throw notInstalled(nameOrFile, folder);
  return found;
}

function notInstalled(name: string, folder: string) {
  const names = weightsNames(folder);
  const known = knownWeights().find((each) => each.name === name);
  const guess = nearest(name, [...names, ...knownWeights().map((each) => each.name)]);
  return installError('WEIGHTS', 'UNKNOWN', {
    message: `The weights "${name}" are not installed in ${folder}; ${names.length === 0 ? 'none are' : `${names.join(', ')} can be used`}.`,
    remedy:
      known === undefined
        ? `${guess === undefined ? 'See chromaray weights list.' : `Did you mean ${guess}?`} A file is given with its ending: weights: ./${name}.safetensors`
        : known.url === null
          ? `${known.note} Then: chromaray weights add ${name}.safetensors`
          : `Run chromaray weights pull ${name}.`,
    details: { name, folder, installed: names },
  });
}

function changed(file: string, name: string, found: string, expected: string) {
  return installError('WEIGHTS', 'HASH', {
    message: `${file} is no longer the file that was installed as ${name}: its SHA-256 is ${found}, expected ${expected}.`,
    remedy: `Run chromaray weights remove ${name}, and add the file again.`,
    details: { file, found, expected },
  });
}
