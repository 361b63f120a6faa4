import { z } from 'zod';
import { count, interval, measured, number, text } from './common.js';

const share = { mean: number, interval: interval.nullable(), area: number };
const outcomes = ['true positive', 'true negative', 'false positive', 'false negative'] as const;

const arm = z.object({
  arm: text,
  control: z.boolean(),
  seed: number,
  featureMap: z.object({ channels: count, height: count, width: count }),
  energy: z.object({
    n: count,
    flat: count,
    border: z.object(share).nullable(),
    centre: z.object(share).nullable(),
    lungs: z.object({ ...share, n: count }).nullable(),
  }),
  randomisation: z.object({
    n: count,
    draws: count,
    stages: z.array(
      z.object({
        layers: count,
        of: count,
        lowest: text,
        rankCorrelation: measured,
        similarity: measured,
        flat: number,
      }),
    ),
    passed: z.boolean().nullable(),
    limit: number,
  }),
  cases: z.array(
    z.object({
      record: text,
      label: text,
      outcome: z.enum(outcomes),
      called: text,
      probability: number,
      shares: z.object({ border: measured, centre: measured, lungs: measured }),
      picture: text,
    }),
  ),
});

export const explanationSchema = z.object({
  key: text,
  notice: text,
  sample: z.array(text),
  arms: z.array(arm),
  missing: z.array(z.object({ arm: text, reason: text })),
});
