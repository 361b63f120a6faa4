import path from 'node:path';
import { readRegularFileSync, writeFileAtomic } from '@chromaray/base';
import type { InstanceAddress } from './client.js';

/** The list's name in the folder of an import. */
export const instanceListName = 'instances.csv';
const header = 'path,study,series,instance';

/** A fetched file, relative to the folder, and what the archive calls it. */
export interface ListedInstance extends InstanceAddress {
  readonly file: string;
}

/**
 * Adds files to the list that leads from their pseudonymous names back to the archive's UIDs. A column `label`
 * makes it a manifest for the layout `csv`; rows that are there already, and what was added to them, are kept.
 *
 * @throws ChromarayError `CHROMARAY_FILE_WRITE`
 */
export function addToInstanceList(folder: string, instances: readonly ListedInstance[]): void {
  const file = path.join(folder, instanceListName);
  const [first = header, ...rows] = read(file);
  const known = new Set(rows.map((row) => row.split(',', 1)[0]));
  // Columns that somebody added stay empty in new rows.
  const added = ','.repeat(Math.max(0, first.split(',').length - header.split(',').length));
  const fresh = instances
    .map((instance) => ({ ...instance, name: instance.file.split(path.sep).join('/') }))
    .filter(({ name }) => !known.has(name))
    .map(({ name, study, series, instance }) => `${name},${study},${series},${instance}${added}`);
  if (fresh.length > 0) writeFileAtomic(file, `${[first, ...rows, ...fresh].join('\n')}\n`);
}

function read(file: string): readonly string[] {
  try {
    return readRegularFileSync(file)
      .toString('utf8')
      .split(/\r?\n/)
      .filter((line) => line !== '');
  } catch {
    return [];
  }
}
