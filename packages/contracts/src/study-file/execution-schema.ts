import { z } from 'zod';
import { executions, profileChoices } from './choices.js';

const line = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}]*$/u, 'must be one line');
/** A word that stands behind an option of sbatch. */
const word = line.regex(/^[^\s-]\S*$/, 'must be one word');

/** What Slurm is asked for; each is an option of sbatch, and what is absent is left to the cluster. */
const slurm = z.strictObject({
  partition: word.exactOptional(),
  account: word.exactOptional(),
  qos: word.exactOptional(),
  constraint: word.exactOptional(),
  gres: word.exactOptional(),
  cpus: z.number().int().min(1).max(4096).exactOptional(),
  mem: z
    .string()
    .regex(/^\d+[KMGT]?$/, 'must be a number with K, M, G or T')
    .exactOptional(),
  time: z
    .string()
    .regex(/^(\d+-)?\d+(:\d+){0,2}$/, 'must be a time of Slurm, for example "2:00:00"')
    .exactOptional(),
  notice: z.number().int().min(10).max(86_400).exactOptional(),
  atOnce: z.number().int().min(1).max(10_000).exactOptional(),
  modules: z.array(word).max(50).exactOptional(),
  setup: z.array(line).max(100).exactOptional(),
  options: z.array(line.regex(/^-/, 'must begin with "-"')).max(50).exactOptional(),
});

/**
 * Who executes the trials. Beyond the choice of an execution profile, which is recorded with each trial, it decides no number: trials ask
 * for a profile wherever they run.
 */
export const execution = z.strictObject({
  on: z.enum(executions).default('local'),
  queue: z.string().min(1).max(2000).exactOptional(),
  exchange: z.string().min(1).max(4096).exactOptional(),
  slurm: slurm.exactOptional(),
  /** Default: `own`. */
  profiles: z.enum(profileChoices).exactOptional(),
  /** Whether an arm and its control of the same seed may be computed by different profiles. Default: no. */
  mix: z.boolean().exactOptional(),
});

/** Whether an exchange is named by an address, `https://host` or `s3://bucket`, and not by its folder. */
export function isAddress(exchange: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(exchange);
}

/** As a study file has it. */
export type ExecutionSection = z.infer<typeof execution>;
