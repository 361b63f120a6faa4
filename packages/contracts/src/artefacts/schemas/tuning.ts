import { z } from 'zod';
import { count, moment, number, sha256, text } from './common.js';

export const tuningSchema = z.object({
  identity: sha256,
  method: z.enum(['random', 'halving']),
  seed: count,
  candidates: z.array(z.object({ candidate: count, settings: z.record(text, z.union([z.number(), text])) })),
  rungs: z.array(z.object({ candidates: count, epochs: count })),
  validation: z.object({ records: count, positives: count }),
  at: moment,
  finishedTrials: count,
  arms: z.array(
    z.object({
      arm: text,
      chosen: count,
      epochs: count,
      continued: z.boolean(),
      candidates: z.array(
        z.object({
          candidate: count,
          state: z.enum(['chosen', 'not chosen', 'failed']),
          epochs: count,
          auroc: number.nullable(),
          loss: number.nullable(),
          selectedEpoch: count.nullable(),
        }),
      ),
    }),
  ),
});
