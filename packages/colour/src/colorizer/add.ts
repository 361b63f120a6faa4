import path from 'node:path';
import { nearest } from '@chromaray/base';
import { trainedNameOf } from '@chromaray/contracts';
import { checkInstallName, installFile } from '@chromaray/installed';
import { colorizerError } from '../errors/colorizer-error.js';
import type { TensorNames } from './colorizer.js';
import { type ContractName, contractNames, contracts } from './contract.js';
import { defaultColorizerFolder, type InstalledColorizer } from './installed.js';
import { colorizerKind } from './kind.js';
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

/**
 * Installs a colorizing network from a file: checks its hash, runs it at several sizes under its contract, copies it into
 * the colorizers' folder and pins its hash. A file that fails leaves nothing behind. Adding the same file again
 * does nothing.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_` + `CONTRACT`, `NAME`, `EXISTS`, `MISSING`, `HASH`, and those of
 *   opening and running it: `MODEL`, `TENSOR`, `SIZE`, `RUN`, `RANGE`; `CHROMARAY_FILE_WRITE`
 */
export async function addColorizer(file: string, options: AddOptions): Promise<InstalledColorizer> {
  const contract = checkContract(options.contract);
  const name = checkName(options.name ?? path.basename(file).replace(/\.onnx$/i, ''));
  return installFile(colorizerKind, file, {
    folder: options.folder ?? defaultColorizerFolder(),
    name,
    sha256: options.sha256 ?? publishedHash(name),
    describe: (facts) => ({
      ...{ name, contract, ...facts },
      tensors: { ...contracts[contract].tensors, ...options.tensors },
      origin: options.origin ?? path.resolve(file),
      licence: options.licence ?? null,
    }),
    same: (found, wanted) =>
      found.contract === wanted.contract && JSON.stringify(found.tensors) === JSON.stringify(wanted.tensors),
    summary: (found) => `Another colorizer, of the contract ${found.contract},`,
    probe: async ({ file: copy, ...description }) => ({
      ...description,
      renderFactors: await probeColorizer({ ...description, file: copy }),
    }),
  });
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
  return checkInstallName(colorizerKind, name);
}

function publishedHash(name: string): string | undefined {
  return knownColorizers().find((known) => known.name === name)?.sha256 ?? undefined;
}
