import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { writeFileAtomic } from '@chromaray/base';
import { z } from 'zod';

const record = z.strictObject({ id: z.string().regex(/^[0-9a-f]{16}$/) });

/** The file of a study's folder that says under which name its trials are queued. */
const fileName = 'queue.json';

/** The name of a study among the queues of a server; undefined when none of its trials was ever queued. */
export function knownQueueId(studyFolder: string): string | undefined {
  const file = path.join(studyFolder, fileName);
  try {
    return record.parse(JSON.parse(readFileSync(file, 'utf8'))).id;
  } catch {
    return undefined;
  }
}

/** Whether trials of a study were ever given to a queue. */
export function isQueued(studyFolder: string): boolean {
  return knownQueueId(studyFolder) !== undefined;
}

/**
 * The name of a study among the queues of a server: random, and kept in the study's folder, so that studies of one name
 * stay apart, and whoever has the folder goes on with the same queue.
 *
 * @throws ChromarayError `CHROMARAY_FILE_WRITE`
 */
export function studyQueueId(studyFolder: string): string {
  const known = knownQueueId(studyFolder);
  if (known !== undefined) return known;
  const id = randomBytes(8).toString('hex');
  writeFileAtomic(path.join(studyFolder, fileName), `${JSON.stringify({ id })}\n`);
  return id;
}
