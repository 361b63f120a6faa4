import path from 'node:path';
import { writeFileAtomic } from '@chromaray/base';
import { type Audit, type Dataset, encodeArtefact } from '@chromaray/contracts';
import { auditPage } from './page/audit-page.js';

/** Where an audit was written. */
export interface AuditFiles {
  readonly json: string;
  readonly page: string;
}

/**
 * Writes `audit.json`, which docs/audit.md describes, and `audit.html`, which shows the pictures behind the findings.
 *
 * @param dataset the one that was audited; its files must still be there for their pictures to be shown
 * @throws ChromarayError `CHROMARAY_FILE_WRITE`
 */
export async function writeAudit(audit: Audit, dataset: Dataset, directory: string): Promise<AuditFiles> {
  const files = { json: path.resolve(directory, 'audit.json'), page: path.resolve(directory, 'audit.html') };
  writeFileAtomic(files.json, encodeArtefact('audit', audit));
  writeFileAtomic(files.page, await auditPage(audit, dataset));
  return files;
}
