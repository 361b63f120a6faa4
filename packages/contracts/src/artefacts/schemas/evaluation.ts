import { z } from 'zod';
import { count, partCounts, text } from './common.js';
import { armResult, comparison } from './verdict.js';

export const evaluationSchema = z.object({
  study: text,
  dataset: z.object({ name: text, hash: text, positive: text, negative: text, counts: partCounts }),
  timesEvaluated: count,
  evaluationsInAll: count,
  arms: z.array(armResult),
  comparisons: z.array(comparison),
  unfinishedTrials: count,
  pictures: z.array(text).exactOptional(),
  leftOut: z
    .array(z.object({ record: text, known: text, why: z.enum(['same-picture', 'altered-copy', 'same-patient']) }))
    .exactOptional(),
  notes: z.array(text),
  file: text,
});
