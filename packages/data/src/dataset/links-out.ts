import { lstatSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { ChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import type { ListedRecord } from './listing.js';

/**
 * Refuses records that lie below the root by their path and elsewhere in fact: a link in a folder that somebody else
 * packed could file any picture of this machine under the data set. A link as the root itself, and paths of a manifest
 * that lead out of its folder in plain sight, are their owner's choice.
 *
 * @throws ChromarayError `CHROMARAY_DATASET_LINK`
 */
export function refuseLinksOut(root: string, records: readonly Pick<ListedRecord, 'file'>[]): void {
  const top = realOf(root);
  if (top === undefined) return;
  const folders = new Map<string, string | undefined>();
  for (const { file } of records) {
    if (!isBelow(root, file)) continue;
    const folder = path.dirname(file);
    if (!folders.has(folder)) folders.set(folder, realOf(folder));
    const real = folders.get(folder);
    if (real !== undefined && real !== top && !isBelow(top, real)) throw leadsOut(file, real);
    const target = isLink(file) ? realOf(file) : undefined;
    if (target !== undefined && !isBelow(top, target)) throw leadsOut(file, target);
  }
}

function isBelow(folder: string, file: string): boolean {
  const prefix = folder.endsWith(path.sep) ? folder : folder + path.sep;
  return file.startsWith(prefix);
}

/** Undefined for a link that leads nowhere: opening the file will say so. */
function realOf(file: string): string | undefined {
  try {
    return realpathSync.native(file);
  } catch {
    return undefined;
  }
}

/** False for what is not there, or lies in an archive: opening the file will say so. */
function isLink(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  } catch {
    return false;
  }
}

function leadsOut(file: string, target: string): ChromarayError {
  return codedError('CHROMARAY_DATASET_LINK', {
    message: `${file} is reached through a link that leads out of the data set, to ${target}.`,
    details: { file, target },
  });
}
