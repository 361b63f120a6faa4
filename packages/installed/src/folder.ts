/**
 * A folder of installed files, two for each: the file itself and `<name>.json`, which says what it is and which hash it
 * must have. One folder for all studies, since the files are large.
 */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { readRegularFileSync, sha256File, writeFileAtomic } from '@chromaray/base';
import { installError } from './fault.js';
import type { Description, Installed, InstallKind, KindWords } from './kind.js';

/** Default folder of a kind: one in `CHROMARAY_HOME`, else in `.chromaray` of the home folder. */
export function defaultFolder({ folder }: KindWords): string {
  return path.join(process.env.CHROMARAY_HOME ?? path.join(homedir(), '.chromaray'), folder);
}

/** The names in a folder, in order. A folder that does not exist holds none. */
export function namesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && !file.startsWith('.'));
  return files.map((file) => file.slice(0, -'.json'.length)).sort();
}

/**
 * Every file of a folder, by name.
 *
 * @throws ChromarayError `_DESCRIPTION` of the kind's area for a description that cannot be read
 */
export function allIn<D extends Description>(kind: InstallKind<D>, folder: string): readonly Installed<D>[] {
  return namesIn(folder).map((name) => readDescription(kind, folder, name));
}

/** One file, or undefined when it is not installed. Throws as {@link allIn}. */
export function findIn<D extends Description>(
  kind: InstallKind<D>,
  folder: string,
  name: string,
): Installed<D> | undefined {
  return namesIn(folder).includes(name) ? readDescription(kind, folder, name) : undefined;
}

/**
 * - `intact`: the file is there and has the hash it was pinned to;
 * - `changed`: it has another, and will not be used;
 * - `missing`: it cannot be read.
 */
export type InstalledState = 'intact' | 'changed' | 'missing';

/** Whether an installed file is still the one that was installed; reads all of it. */
export async function installedState({
  file,
  sha256,
}: {
  readonly file: string;
  readonly sha256: string;
}): Promise<InstalledState> {
  try {
    return (await sha256File(file)) === sha256 ? 'intact' : 'changed';
  } catch {
    return 'missing';
  }
}

/** Where a file of this description lies, or will. */
export function placeOf<D extends Description>(kind: InstallKind<D>, folder: string, description: D): string {
  return path.join(folder, `${description.name}${kind.extension(description)}`);
}

export function descriptionFile(folder: string, name: string): string {
  return path.join(folder, `${name}.json`);
}

export function writeDescription(folder: string, description: Description): void {
  writeFileAtomic(descriptionFile(folder, description.name), `${JSON.stringify(description, null, 2)}\n`);
}

function readDescription<D extends Description>(kind: InstallKind<D>, folder: string, name: string): Installed<D> {
  const file = descriptionFile(folder, name);
  try {
    const description = { ...kind.schema.parse(JSON.parse(readRegularFileSync(file).toString('utf8'))), name };
    return { ...description, file: placeOf(kind, folder, description) };
  } catch (cause) {
    throw installError(kind.area, 'DESCRIPTION', {
      message: `${file} does not describe ${kind.noun} as chromaray writes it.`,
      remedy: 'Remove it and add the file again.',
      cause,
      details: { file },
    });
  }
}
