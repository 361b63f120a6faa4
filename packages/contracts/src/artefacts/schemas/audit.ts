import { z } from 'zod';
import { severities } from '../../audit.js';
import { count, number, text } from './common.js';

export const finding = z.object({
  id: text,
  severity: z.enum(severities),
  title: text,
  reason: text,
  remedy: text,
  records: z.array(text),
  evidence: z.unknown(),
});

export const auditSchema = z.object({
  dataset: text,
  findings: z.array(finding),
  checks: z.array(text),
  notRun: z.array(z.object({ check: text, reason: text })).exactOptional(),
  counts: z.object({
    records: count,
    unreadable: count,
    patients: count.nullable(),
    blocks: count,
    warns: count,
    notes: count,
  }),
  seconds: number,
});
