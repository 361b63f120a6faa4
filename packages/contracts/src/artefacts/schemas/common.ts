import { z } from 'zod';
import { severities } from '../../audit.js';
import { layouts } from '../../dataset.js';
import { parts } from '../../part.js';

export const number = z.number();
/** Null where a number cannot be had. */
export const measured = z.number().nullable();
export const text = z.string();
export const wordOrNull = z.string().nullable();
export const count = z.number().int().min(0);
export const interval = z.tuple([z.number(), z.number()]);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal digits');
/** ISO 8601, UTC. */
export const moment = z.string();
export const layout = z.enum(layouts);
export const part = z.enum(parts);
export const versions = z.record(z.string(), z.string());

export const partCounts = z.object({
  records: count,
  patients: count.nullable(),
  positives: count,
  negatives: count,
  classes: z.record(z.string(), count).exactOptional(),
});
export const countsByPart = z.record(part, partCounts);

/** A finding with the number of its records in place of their names. */
export const countedFinding = z.object({
  id: text,
  severity: z.enum(severities),
  title: text,
  reason: text,
  remedy: text,
  records: count,
});

export const machine = z.object({
  system: text,
  architecture: text,
  processor: text,
  cores: count,
  memoryBytes: count,
  accelerator: wordOrNull,
});

export const shortcut = z.object({
  view: z.enum(['metadata', 'border', 'thumbnail']),
  auroc: number,
  interval,
  macro: z.object({ auroc: number, interval }).exactOptional(),
  features: count,
  trained: count,
  tested: count,
  scores: z.record(z.string(), number).exactOptional(),
});
