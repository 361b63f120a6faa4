import { z } from 'zod';
import { image, labels } from '../../study-file/image-schema.js';
import { arm, balance, endpoint, model, split, training, tune } from '../../study-file/schema.js';
import { count, moment, number, sha256, text } from './common.js';

const plan = z.object({
  question: text,
  dataset: z.object({ hash: text, records: count, positive: text, negative: text }),
  split,
  image,
  balance,
  labels: labels.exactOptional(),
  arms: z.array(arm),
  model,
  training,
  tune: tune.exactOptional(),
  seeds: z.array(number),
  endpoint,
});

export const registrationSchema = z.object({
  study: text,
  registered: moment,
  program: text,
  origin: z.enum(['register', 'run', 'older version']),
  finishedTrials: count,
  plan,
  hash: sha256,
  amendments: z.array(
    z.object({
      at: moment,
      program: text,
      reason: text,
      changes: z.array(z.object({ key: text, from: z.unknown().exactOptional(), to: z.unknown().exactOptional() })),
      known: z.object({
        finishedTrials: count,
        verdict: z.object({ word: text, statement: text, file: text }).nullable(),
      }),
      plan,
      hash: sha256,
    }),
  ),
});
