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
  /** Of the picture, in pixels; null until its file is read, as are the next two. */
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
  colour: z.boolean().nullable(),
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
  /** Null while only names are known: files that cannot be read are still among the records. */
  readonly hash: string | null;
  readonly records: readonly KnownRecord[];
  readonly unreadable: readonly { readonly id: string; readonly code: string; readonly reason: string }[];
  readonly leftOut: NonNullable<Dataset['leftOut']>;
}

export interface DatasetProgress {
  readonly phase: 'reading' | 'drawing' | 'comparing' | 'auditing';
  readonly done: number;
  readonly total: number;
}

/** What the process tells, in this order; progress between. */
export type DatasetMessage =
  | { readonly progress: DatasetProgress }
  /** Told twice: of the names, so that pictures can be seen at once, and again when every file is read. */
  | { readonly facts: DatasetFacts }
  /** File of the pack that holds a thumbnail of every record. */
  | { readonly thumbnails: string }
  /** Where one was ordered: it takes longest, and nobody need wait for it to look at pictures. */
  | { readonly audit: Audit }
  | { readonly error: SerializedError };
