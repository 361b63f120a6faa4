import { constants, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { sha256File, temporaryName, writeError } from '@chromaray/base';
import { installCommands, installError } from './fault.js';
import { findIn, installedState, namesIn, placeOf, writeDescription } from './folder.js';
import type { Description, Installed, InstallKind, KindWords } from './kind.js';

export interface InstallRequest<D extends Description> {
  readonly folder: string;
  /** One that `checkInstallName` has passed. */
  readonly name: string;
  /** The hash the file must have; undefined: the one it has is pinned. */
  readonly sha256: string | undefined;
  /** Of a file with this hash and size. */
  readonly describe: (facts: Pick<Description, 'sha256' | 'bytes'>) => D;
  /** Whether what is installed already is what is wanted, the hash aside. */
  readonly same: (installed: D, wanted: D) => boolean;
  /** How errors tell what is installed under a name from something else. */
  readonly summary: (installed: D) => string;
  /** Tries the copy before it is installed, and adds what it finds to its description. */
  readonly probe: (file: Installed<D>) => D | Promise<D>;
}

/**
 * Installs a file: checks its hash, copies it, tries the copy, and pins its hash. A file that fails leaves nothing behind.
 * Installing the same file again does nothing.
 *
 * @throws ChromarayError of the kind's area: `_MISSING`, `_HASH`, `_EXISTS`; what `probe` throws; `CHROMARAY_FILE_WRITE`
 */
export async function installFile<D extends Description>(
  kind: InstallKind<D>,
  file: string,
  request: InstallRequest<D>,
): Promise<Installed<D>> {
  const { folder } = request;
  const bytes = sizeOf(kind, file);
  const sha256 = await sha256File(file);
  checkHash(kind, file, sha256, request.sha256);
  const wanted = request.describe({ sha256, bytes });
  const there = await alreadyThere(kind, request, wanted);
  if (there !== undefined) return there;

  const target = placeOf(kind, folder, wanted);
  const copy = copyInto(file, target);
  let description: D;
  try {
    description = await request.probe({ ...wanted, file: copy });
    renameSync(copy, target);
    // What was installed is what will be used: its hash, not that of the file it came from, is what counts.
    checkHash(kind, target, await sha256File(target), sha256);
  } finally {
    rmSync(copy, { force: true });
  }
  writeDescription(folder, description);
  return { ...description, file: target };
}

function sizeOf({ area }: KindWords, file: string): number {
  if (existsSync(file) && statSync(file).isFile()) return statSync(file).size;
  throw installError(area, 'MISSING', {
    message: `There is no file ${file}.`,
    remedy: 'Check the path.',
    details: { file },
  });
}

function checkHash({ area }: KindWords, file: string, found: string, expected: string | undefined): void {
  if (expected === undefined || expected.toLowerCase() === found) return;
  throw installError(area, 'HASH', {
    message: `${file} is another file than expected: its SHA-256 is ${found}, expected ${expected.toLowerCase()}.`,
    remedy: 'Get the file again; to add a file of your own making, choose another --name.',
    details: { file, found, expected },
  });
}

async function alreadyThere<D extends Description>(
  kind: InstallKind<D>,
  { folder, name, same, summary }: InstallRequest<D>,
  wanted: D,
): Promise<Installed<D> | undefined> {
  // Names that differ in case only would be one file on Windows and macOS.
  const taken = namesIn(folder).find((other) => other.toLowerCase() === name.toLowerCase());
  if (taken === undefined) return undefined;
  const found = findIn(kind, folder, taken)!;
  const equal = taken === name && found.sha256 === wanted.sha256 && same(found, wanted);
  // A file that is gone or damaged is installed again.
  const state = taken === name ? await installedState(found) : 'intact';
  if (equal) return state === 'intact' ? found : undefined;
  if (state === 'missing') return undefined;
  throw installError(kind.area, 'EXISTS', {
    message: `${summary(found)} is installed as "${taken}" in ${folder} (SHA-256 ${found.sha256.slice(0, 12)}…).`,
    remedy: `Choose another --name, or first run ${installCommands[kind.area]} remove ${taken}.`,
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
