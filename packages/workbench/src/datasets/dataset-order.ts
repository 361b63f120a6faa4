import type { SerializedError } from '@chromaray/base';
import type { Audit, Dataset, DatasetSection } from '@chromaray/contracts';
import { z } from 'zod';

/** What a process is to read. */
export interface DatasetOrder {
  /** How the data set is read, as a study file says it. */
  readonly section: Partial<DatasetSection> & Pick<DatasetSection, 'path'>;
  /** Folder for what is known of files, and for thumbnails. */
  readonly cache: string;
  /** Look for everything that could fool a study, in the parts that the data set comes with. */
  readonly audit: boolean;
  /** Hash of the exclusion list, where one is named. */
  readonly listed?: string;
}

const text = z.string();

/** A record as pages show it. */
export const recordRowSchema = z.strictObject({
  id: text,
  label: text,
  positive: z.boolean(),
  /** A pseudonym. */
  patient: text.nullable(),
  part: z.enum(['train', 'validation', 'test']).nullable(),
  subtype: text.nullable(),
  view: text.nullable(),
  sex: text.nullable(),
  age: text.nullable(),
  device: text.nullable(),
  width: z.number().int(),
  height: z.number().int(),
  bytes: z.number().int(),
  colour: z.boolean(),
});

export type RecordRow = z.infer<typeof recordRowSchema>;

/** A record and where its file is, which is told to nobody. */
export interface KnownRecord extends RecordRow {
  readonly file: string;
}

export interface DatasetFacts {
  readonly root: string;
  readonly positive: string;
  readonly negative: string;
  readonly classes: readonly string[];
  readonly hash: string;
  readonly records: readonly KnownRecord[];
  readonly unreadable: readonly { readonly id: string; readonly code: string; readonly reason: string }[];
  readonly leftOut: NonNullable<Dataset['leftOut']>;
}

export interface DatasetProgress {
  readonly phase: 'reading' | 'comparing' | 'auditing' | 'drawing';
  readonly done: number;
  readonly total: number;
}

/** What the process tells, in this order; progress between. */
export type DatasetMessage =
  | { readonly progress: DatasetProgress }
  | { readonly facts: DatasetFacts }
  | { readonly audit: Audit }
  /** File of the pack that holds a thumbnail of every record. */
  | { readonly thumbnails: string }
  | { readonly error: SerializedError };
