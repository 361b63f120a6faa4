import { z } from 'zod';

const digits = z.string().regex(/^[0-9a-f]{64}$/);

/** A result as an exchange keeps it. */
export const resultDocumentSchema = z.strictObject({
  format: z.literal(1),
  /** Tells a writing whose answer was lost from that of another worker. */
  attempt: z.uuid(),
  trial: digits,
  numbers: z.string(),
  notes: z.string(),
  model: z.strictObject({ sha256: digits, bytes: z.number().int().min(0) }),
});

export type ResultDocument = z.infer<typeof resultDocumentSchema>;
