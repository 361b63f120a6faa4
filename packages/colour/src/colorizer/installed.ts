/**
 * The colorizers of this machine: a folder with two files for each, `<name>.onnx` and `<name>.json`, which says
 * what the file is and which hash it must have. One folder for all studies, since the files are large.
 */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { readRegularFileSync, sha256File, writeFileAtomic } from '@chromaray/base';
import { z } from 'zod';
import { colorizerError } from '../errors/colorizer-error.js';
import { contractNames } from './contract.js';
import type { ColorizerFile } from './network-colorizer.js';

export interface InstalledColorizer extends ColorizerFile {
  readonly bytes: number;
  /** Where the file came from: an address or a path. */
  readonly origin: string;
  readonly licence: string | null;
}

const schema = z.strictObject({
  name: z.string(),
  contract: z.enum(contractNames),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().nonnegative(),
  tensors: z.strictObject({ input: z.string(), output: z.string() }),
  renderFactors: z.array(z.number().int().positive()).min(1).exactOptional(),
  origin: z.string(),
  licence: z.string().nullable(),
});

/** Default folder of colorizers: `colorizers` in `CHROMARAY_HOME`, else in `.chromaray` of the home folder. */
export function defaultColorizerFolder(): string {
  return path.join(process.env.CHROMARAY_HOME ?? path.join(homedir(), '.chromaray'), 'colorizers');
}

/**
 * Every colorizer of a folder, by name. A folder that does not exist holds none.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_DESCRIPTION` for a description that cannot be read
 */
export function installedColorizers(folder = defaultColorizerFolder()): readonly InstalledColorizer[] {
  return installedNames(folder).map((name) => read(folder, name));
}

/** Their names alone. */
export function installedNames(folder = defaultColorizerFolder()): readonly string[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && !file.startsWith('.'));
  return files.map((file) => file.slice(0, -'.json'.length)).sort();
}

/** One colorizer, or undefined when it is not installed. Throws as {@link installedColorizers}. */
export function installedColorizer(name: string, folder = defaultColorizerFolder()): InstalledColorizer | undefined {
  return installedNames(folder).includes(name) ? read(folder, name) : undefined;
}

/**
 * - `intact`: the file is there and has the hash it was pinned to;
 * - `changed`: it has another, and will not be run;
 * - `missing`: it cannot be read.
 */
export type InstalledState = 'intact' | 'changed' | 'missing';

/** Whether the file of an installed colorizer is still the one that was installed; reads all of it. */
export async function installedState({ file, sha256 }: ColorizerFile): Promise<InstalledState> {
  try {
    return (await sha256File(file)) === sha256 ? 'intact' : 'changed';
  } catch {
    return 'missing';
  }
}

/** Where the file of a colorizer of this name lies, or will. */
export function modelPath(name: string, folder: string): string {
  return path.join(folder, `${name}.onnx`);
}

export function describe({ file, ...description }: InstalledColorizer): void {
  writeFileAtomic(file.replace(/\.onnx$/, '.json'), `${JSON.stringify(description, null, 2)}\n`);
}

function read(folder: string, name: string): InstalledColorizer {
  const file = path.join(folder, `${name}.json`);
  try {
    return {
      ...schema.parse(JSON.parse(readRegularFileSync(file).toString('utf8'))),
      name,
      file: modelPath(name, folder),
    };
  } catch (cause) {
    throw colorizerError('DESCRIPTION', {
      message: `${file} does not describe a colorizer as chromaray writes it.`,
      remedy: 'Remove it and add the colorizer again.',
      cause,
      details: { file },
    });
  }
}
