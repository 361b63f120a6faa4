/** The colorizers of this machine: a folder of files that are pinned to their hash. */
import { allIn, defaultFolder, findIn, type Installed, namesIn, removeFile } from '@chromaray/installed';
import { type ColorizerDescription, colorizerKind } from './kind.js';

export type InstalledColorizer = Installed<ColorizerDescription>;

/** Default folder of colorizers: `colorizers` in `CHROMARAY_HOME`, else in `.chromaray` of the home folder. */
export function defaultColorizerFolder(): string {
  return defaultFolder(colorizerKind);
}

/**
 * Every colorizer of a folder, by name. A folder that does not exist holds none.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_DESCRIPTION` for a description that cannot be read
 */
export function installedColorizers(folder = defaultColorizerFolder()): readonly InstalledColorizer[] {
  return allIn(colorizerKind, folder);
}

/** Their names alone. */
export function installedNames(folder = defaultColorizerFolder()): readonly string[] {
  return namesIn(folder);
}

/** One colorizer, or undefined when it is not installed. Throws as {@link installedColorizers}. */
export function installedColorizer(name: string, folder = defaultColorizerFolder()): InstalledColorizer | undefined {
  return findIn(colorizerKind, folder, name);
}

/** Removes an installed colorizer; throws `CHROMARAY_COLORIZER_UNKNOWN` where there is none of this name. */
export function removeColorizer(name: string, folder = defaultColorizerFolder()): InstalledColorizer {
  return removeFile(colorizerKind, folder, name);
}
