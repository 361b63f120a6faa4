import { z } from 'zod';

const text = z.string().min(1).max(200);

/** A worker's name in an exchange: letters of file names and addresses. */
export const workerNamePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;

const doing = z.strictObject({
  trial: z.string().regex(/^[0-9a-f]{64}$/),
  study: text,
  arm: text,
  seed: z.number().int(),
  /** The last that is done; 0 before the first. */
  epoch: z.number().int().min(0),
});

/** What a worker says of itself: what it can compute, and what it does. */
export const workerNoteSchema = z.strictObject({
  worker: z.string().regex(workerNamePattern),
  host: text,
  /** Of Chromaray. */
  version: text,
  /** Major version of Node.js. */
  node: z.number().int().min(1).max(1000),
  /** Family of the processor, as execution profiles name it. */
  processor: text,
  /** That its trials may use together. */
  threads: z.number().int().min(1).max(100_000),
  memoryBytes: z.number().min(0),
  /** What its trials leave of that. */
  freeMemoryBytes: z.number().min(0),
  /** Backends that it has, by what executes their operators. */
  offers: z
    .array(
      z.strictObject({
        backend: text,
        /** Of the library behind the backend. */
        version: text,
        provider: text,
        precisions: z.array(text).max(20),
      }),
    )
    .max(100),
  /** Trials that it computes now. */
  doing: z.array(doing).max(1000),
  /** Seconds for which the note holds after it arrived. */
  validSeconds: z.number().min(1).max(3600),
});

export type WorkerNote = z.infer<typeof workerNoteSchema>;

/** A note, and how old it is by the exchange's clock. */
export type SeenWorker = WorkerNote & { readonly ageSeconds: number };
