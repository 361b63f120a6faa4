import { readFileSync } from 'node:fs';
import path from 'node:path';
import { writeFileAtomic } from '@chromaray/base';
import { z } from 'zod';
import { hash } from '../task/fields.js';

/** File in a study's folder that remembers which arrays were submitted. */
export function arrayRecordIn(studyFolder: string): string {
  return path.join(studyFolder, 'slurm.json');
}

/** One array that was submitted, or was about to be when the coordinator was killed. */
const arraySchema = z.strictObject({
  /** Name of the job, unique: by it an array is found whose number was not written down. */
  name: z.string().regex(/^chromaray-[0-9a-f]{12}$/),
  /** Slurm's number of it; null before `sbatch` has answered. */
  job: z.number().int().min(1).nullable(),
  /** Ids of its trials; a task's number is the place of its trial. */
  trials: z.array(hash).max(100_000),
});
export type SubmittedArray = z.infer<typeof arraySchema>;

const recordSchema = z.strictObject({
  format: z.literal(1),
  /** The folder that is shared with the nodes. */
  folder: z.string().max(4096),
  arrays: z.array(arraySchema).max(100_000),
});
export type ArrayRecord = z.infer<typeof recordSchema>;

/** What the study's folder knows of its arrays; null when it has none, or none that can be read: results are found without it. */
export function readArrayRecord(file: string): ArrayRecord | null {
  try {
    return recordSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

export function writeArrayRecord(file: string, record: ArrayRecord): void {
  writeFileAtomic(file, `${JSON.stringify(record, null, 2)}\n`);
}
