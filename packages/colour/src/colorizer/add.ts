import { constants, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { nearest, sha256File, temporaryName, writeError } from '@chromaray/base';
import { trainedNameOf } from '@chromaray/contracts';
import { colorizerError } from '../errors/colorizer-error.js';
import type { TensorNames } from './colorizer.js';
import { type ContractName, contractNames, contracts } from './contract.js';
import {
  defaultColorizerFolder,
  describe,
  type InstalledColorizer,
  installedColorizer,
  installedNames,
  installedState,
  modelPath,
} from './installed.js';
import { probeColorizer } from './probe.js';
import { knownColorizers } from './registry.js';
import { shippedNames } from './shipped.js';

export interface AddOptions {
  /** The file's contract, a name of `contractNames`. */
  readonly contract: string;
  /** Default: the file's own name. */
  readonly name?: string;
  /** Names of its tensors where they are not the contract's. */
  readonly tensors?: Partial<TensorNames>;
  /** The hash it must have; else that of the file as it is now is pinned, or the published one of a known name. */
  readonly sha256?: string;
  readonly folder?: string;
  readonly origin?: string;
  readonly licence?: string;
}

const names = /^[a-z0-9][a-z0-9_-]{0,63}$/i;

/**
 * Installs a colorizing network from a file: checks its hash, runs it at several sizes under its contract, copies it into
 * the colorizers' folder and pins its hash. A file that fails leaves nothing behind. Adding the same file again
 * does nothing.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_` + `CONTRACT`, `NAME`, `EXISTS`, `MISSING`, `HASH`, and those of
 *   opening and running it: `MODEL`, `TENSOR`, `SIZE`, `RUN`, `RANGE`; `CHROMARAY_FILE_WRITE`
 */
export async function addColorizer(file: string, options: AddOptions): Promise<InstalledColorizer> {
  const folder = options.folder ?? defaultColorizerFolder();
  const contract = checkContract(options.contract);
  const name = checkName(options.name ?? path.basename(file).replace(/\.onnx$/i, ''));
  const bytes = sizeOf(file);
  const sha256 = await sha256File(file);
  checkHash(file, sha256, options.sha256 ?? publishedHash(name));
  const description = {
    name,
    contract,
    sha256,
    bytes,
    tensors: { ...contracts[contract].tensors, ...options.tensors },
    origin: options.origin ?? path.resolve(file),
    licence: options.licence ?? null,
  };
  const target = modelPath(name, folder);
  const there = await alreadyThere(name, folder, description);
  if (there !== undefined) return there;

  const copy = copyInto(file, target);
  let renderFactors: readonly number[];
  try {
    renderFactors = await probeColorizer({ ...description, file: copy });
    renameSync(copy, target);
    // What was installed is what will be run: its hash, not that of the file it came from, is what counts.
    checkHash(target, await sha256File(target), sha256);
  } finally {
    rmSync(copy, { force: true });
  }
  const added = { ...description, renderFactors, file: target };
  describe(added);
  return added;
}

/** @throws ChromarayError `CHROMARAY_COLORIZER_CONTRACT`, with the nearest name */
function checkContract(contract: string): ContractName {
  const found = contractNames.find((name) => name === contract);
  if (found !== undefined) return found;
  const guess = nearest(contract, contractNames);
  throw colorizerError('CONTRACT', {
    message: `There is no colorizer contract "${contract}"; the contracts are ${contractNames.join(', ')}.`,
    remedy: guess === undefined ? 'See docs/colour.md for what each means.' : `Did you mean ${guess}?`,
    details: { contract, contracts: contractNames },
  });
}

/**
 * @returns the name
 * @throws ChromarayError `CHROMARAY_COLORIZER_NAME`; `_EXISTS` for that of a colorizer that comes with the program
 */
export function checkName(name: string): string {
  const trained = trainedNameOf(name.toLowerCase());
  if (trained !== undefined) {
    throw colorizerError('NAME', {
      message: `"${name}" is the name of the untrained twin of a colorizer "${trained}"; no file is installed under such a name.`,
      remedy: 'Choose another --name.',
      details: { name },
    });
  }
  if (shippedNames().includes(name.toLowerCase())) {
    throw colorizerError('EXISTS', {
      message: `A colorizer "${name}" comes with the program; nothing else is installed under its name.`,
      remedy: 'Choose another --name.',
      details: { name },
    });
  }
  if (names.test(name)) return name;
  throw colorizerError('NAME', {
    message: `"${name}" cannot be the name of a colorizer.`,
    remedy: 'Choose a --name of up to 64 letters (a-z), digits, "-" and "_", beginning with a letter or digit.',
    details: { name },
  });
}

function sizeOf(file: string): number {
  if (existsSync(file) && statSync(file).isFile()) return statSync(file).size;
  throw colorizerError('MISSING', {
    message: `There is no file ${file}.`,
    remedy: 'Check the path.',
    details: { file },
  });
}

function publishedHash(name: string): string | undefined {
  return knownColorizers().find((known) => known.name === name)?.sha256 ?? undefined;
}

function checkHash(file: string, found: string, expected: string | undefined): void {
  if (expected === undefined || expected.toLowerCase() === found) return;
  throw colorizerError('HASH', {
    message: `${file} is another file than expected: its SHA-256 is ${found}, expected ${expected.toLowerCase()}.`,
    remedy: 'Get the file again; to add a file of your own making, choose another --name.',
    details: { file, found, expected },
  });
}

async function alreadyThere(
  name: string,
  folder: string,
  wanted: Omit<InstalledColorizer, 'file'>,
): Promise<InstalledColorizer | undefined> {
  // Names that differ in case only would be one file on Windows and macOS.
  const taken = installedNames(folder).find((other) => other.toLowerCase() === name.toLowerCase());
  if (taken === undefined) return undefined;
  const found = installedColorizer(taken, folder)!;
  const same =
    taken === name &&
    found.sha256 === wanted.sha256 &&
    found.contract === wanted.contract &&
    JSON.stringify(found.tensors) === JSON.stringify(wanted.tensors);
  // A file that is gone or damaged is installed again.
  const state = taken === name ? await installedState(found) : 'intact';
  if (same) return state === 'intact' ? found : undefined;
  if (state === 'missing') return undefined;
  throw colorizerError('EXISTS', {
    message: `There is another colorizer "${taken}" in ${folder} (${found.contract}, SHA-256 ${found.sha256.slice(0, 12)}…).`,
    remedy: `Choose another --name, or remove ${taken}.onnx and ${taken}.json from that folder first.`,
    details: { name: taken, folder },
  });
}

function copyInto(file: string, target: string): string {
  const copy = temporaryName(target);
  try {
    mkdirSync(path.dirname(target), { recursive: true });
    copyFileSync(file, copy, constants.COPYFILE_FICLONE);
    return copy;
  } catch (error) {
    rmSync(copy, { force: true });
    throw writeError(target, error);
  }
}
