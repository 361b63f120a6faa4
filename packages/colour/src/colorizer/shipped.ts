import { packageFile } from '@chromaray/base';
import { untrainedName } from '@chromaray/contracts';
import { type InstalledColorizer, installedColorizer, installedColorizers, installedNames } from './installed.js';

/**
 * The colorizers that come with the program: a folder of this package, laid out as the one of installed colorizers. They
 * need no installation and no network, and their names mean the same on every machine: nothing else is installed under
 * them.
 */
export function shippedColorizers(): readonly InstalledColorizer[] {
  return installedColorizers(shippedFolder());
}

/** Their names alone. */
export function shippedNames(): readonly string[] {
  return installedNames(shippedFolder());
}

/** Names of the colorizers that can be used at once: those that come with the program, and those installed. */
export function availableNames(folder?: string): readonly string[] {
  return [...new Set([...shippedNames(), ...installedNames(folder)])].sort();
}

/** Names of the untrained twins there are: of every colorizer that Chromaray trained, which the contract `uv` tells. */
export function untrainedNames(folder?: string): readonly string[] {
  return availableNames(folder)
    .filter((name) => availableColorizer(name, folder)?.contract === 'uv')
    .map(untrainedName);
}

/**
 * One that can be used at once, or undefined.
 *
 * @throws ChromarayError `CHROMARAY_COLORIZER_DESCRIPTION`
 */
export function availableColorizer(name: string, folder?: string): InstalledColorizer | undefined {
  return installedColorizer(name, shippedFolder()) ?? installedColorizer(name, folder);
}

function shippedFolder(): string {
  return packageFile(import.meta.url, 'shipped-colorizers');
}
