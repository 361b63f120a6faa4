import { z } from 'zod';

const count = z.number().int();

/** Where a study's trials were given, and the workers that have announced themselves; null for a study that keeps them here. */
export const fleetSchema = z
  .object({
    on: z.enum(['queue', 'slurm']),
    exchange: z.string(),
    givenOut: count,
    withResult: count,
    workers: z.array(
      z.object({
        worker: z.string(),
        processor: z.string(),
        threads: count,
        version: z.string(),
        freeMemoryBytes: z.number(),
        doing: z.array(z.object({ study: z.string(), arm: z.string(), seed: count, epoch: count })),
      }),
    ),
    /** Why nothing is known of results and workers. */
    problem: z.string().nullable(),
  })
  .nullable();

export type Fleet = z.infer<typeof fleetSchema>;
