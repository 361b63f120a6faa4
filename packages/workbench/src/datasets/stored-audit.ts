import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { canonicalJson, programVersion, sha256, writeFileAtomic } from '@chromaray/base';
import { type Audit, artefactTable, type Dataset } from '@chromaray/contracts';

/**
 * The audit of a data set as it was made before; undefined where there is none of exactly this data set by this version.
 *
 * @param folder for what is known of data sets
 */
export function readStoredAudit(folder: string, dataset: Dataset): Audit | undefined {
  const file = fileOf(folder, dataset);
  if (!existsSync(file)) return undefined;
  try {
    return artefactTable.audit.schema.parse(JSON.parse(readFileSync(file, 'utf8'))) as Audit;
  } catch {
    // A file that was cut off is made anew.
    return undefined;
  }
}

/** Keeps an audit for {@link readStoredAudit}. */
export function storeAudit(folder: string, dataset: Dataset, audit: Audit): void {
  writeFileAtomic(fileOf(folder, dataset), JSON.stringify(audit));
}

/** Named by all that an audit depends on: what is known of the files, and the program. Thumbnails follow from pixels. */
function fileOf(folder: string, { root: _, records, ...facts }: Dataset): string {
  const known = records.map(({ file: _file, fingerprint: _fingerprint, ...record }) => record);
  return path.join(
    folder,
    `audit-${sha256(canonicalJson({ program: programVersion(), known, facts })).slice(0, 32)}.json`,
  );
}
