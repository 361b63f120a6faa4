import { z } from 'zod';
import { caseSelection, readerSections } from '../../readers-file/schema.js';
import { count, moment, sha256, text } from './common.js';

const readerCase = z.object({ name: text, file: text, sha256, truth: z.union([z.literal(0), z.literal(1)]) });

export const readerCasesSchema = z.object({
  positive: text,
  negative: text,
  cases: z.array(readerCase),
  training: z.array(readerCase),
  hash: sha256,
});

const plan = z.object({
  ...readerSections,
  question: text,
  cases: z.object({
    hash: sha256,
    count,
    positives: count,
    positive: text,
    negative: text,
    training: count,
    selection: caseSelection,
    withdrawn: z.array(text),
  }),
});

export const readerRegistrationSchema = z.object({
  study: text,
  registered: moment,
  program: text,
  checked: moment,
  plan,
  hash: sha256,
  amendments: z.array(
    z.object({
      at: moment,
      program: text,
      reason: text,
      changes: z.array(z.object({ key: text, from: z.unknown().exactOptional(), to: z.unknown().exactOptional() })),
      readings: count,
      plan,
      hash: sha256,
    }),
  ),
});
