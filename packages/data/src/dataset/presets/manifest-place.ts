import path from 'node:path';
import { csvError } from '../csv-table.js';
import type { FileTree } from '../file-tree.js';

/** A preset's manifest and the folder that everything else is found from. */
export interface ManifestPlace {
  readonly root: string;
  readonly manifests: readonly string[];
}

/**
 * Finds the manifests of a published data set.
 *
 * @param location one of them, or the folder that holds them
 * @param names file names that it is published under, the one that counts first
 * @param all take all that are there, not only the first
 * @throws ChromarayError `CHROMARAY_DATASET_CSV`, `CHROMARAY_DATASET_MISSING`
 */
export function findPresetManifests(
  tree: FileTree,
  location: string,
  names: readonly string[],
  all = false,
): ManifestPlace {
  if (tree.isFile(location)) return { root: path.dirname(location), manifests: [location] };
  const there = new Set(tree.entriesOf(location).flatMap(({ name, isFolder }) => (isFolder ? [] : [name])));
  const found = names.filter((name) => there.has(name));
  if (found.length === 0) {
    throw csvError(location, `holds none of ${names.join(', ')}`, 'Give the folder that does, or the file itself.');
  }
  return { root: location, manifests: (all ? found : found.slice(0, 1)).map((name) => path.join(location, name)) };
}

/** What to say of a column that the published file has. */
export function asPublished(preset: string): (guess: string) => string {
  return (guess) => `Use the file as published, or leave \`dataset.preset: ${preset}\` out and name columns${guess}.`;
}
