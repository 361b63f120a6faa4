import { z } from 'zod';

const number = z.number().nullable();

/** A trial as pages show it. */
export const trialSchema = z.strictObject({
  arm: z.string(),
  seed: z.number().int(),
  /** 1: the study's own split. */
  split: z.number().int(),
  status: z.enum(['waiting', 'running', 'interrupted', 'done', 'failed']),
  epochsDone: z.number().int(),
  /** Epochs that it may run: arms may differ. Null while the study file is not in the folder. */
  epochs: z.number().int().nullable(),
  validationAuroc: number,
  seconds: number,
  idleShare: number,
  /** The worker or node that computes it; null for the machine that runs the study. */
  worker: z.string().nullable(),
  /** The execution profile that computed it, in a line. */
  profile: z.string().nullable(),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  imagesPerSecond: number,
  peakMemoryBytes: number,
  backend: z.string().nullable(),
  threads: number,
  bestEpoch: number,
});

export type TrialRow = z.infer<typeof trialSchema>;
