import type { Audit } from '@chromaray/contracts';
import { z } from 'zod';
import { type KnownRecord, type RecordRow, recordRowSchema } from './dataset-order.js';

export const facets = ['label', 'part', 'subtype', 'view', 'sex', 'age', 'device'] as const;

const word = z.string().max(500).optional();

/** Which records are asked for; what is absent does not narrow. An empty word asks for those that do not say. */
export const recordFilterSchema = z.strictObject({
  ...Object.fromEntries(facets.map((facet) => [facet, word])),
  patient: word,
  /** Id of a finding of the audit: the records concerned. */
  finding: word,
  /** A part of the record's name. */
  text: word,
} as Record<(typeof facets)[number] | 'patient' | 'finding' | 'text', typeof word>);

export type RecordFilter = z.infer<typeof recordFilterSchema>;

export const pageSchema = z.strictObject({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export const sorts = ['id', 'label', 'patient', 'part', 'width', 'height', 'bytes'] as const;

export const selectionSchema = recordFilterSchema.extend({
  sort: z.enum(sorts).default('id'),
  order: z.enum(['up', 'down']).default('up'),
});

export type RecordOrder = Pick<z.infer<typeof selectionSchema>, 'sort' | 'order'>;

export const recordQuerySchema = selectionSchema.extend(pageSchema.shape);

/** A record among those that fit. */
export const recordPlaceSchema = z.strictObject({
  record: recordRowSchema,
  /** How many fit. */
  total: z.number().int(),
  /** From 0; null where this one does not fit. */
  index: z.number().int().nullable(),
  /** The ones before and after it. */
  previous: z.string().nullable(),
  next: z.string().nullable(),
});

/** Where a record stands in a selection. */
export function placeAmong(record: KnownRecord, chosen: readonly KnownRecord[]): z.infer<typeof recordPlaceSchema> {
  const index = chosen.indexOf(record);
  const at = (place: number): string | null => (index < 0 ? null : (chosen[place]?.id ?? null));
  return {
    ...{ record: rowOf(record), total: chosen.length, index: index < 0 ? null : index },
    ...{ previous: at(index - 1), next: at(index + 1) },
  };
}

export const recordPageSchema = z.strictObject({ total: z.number().int(), records: z.array(recordRowSchema) });

/** Records that fit, in the order asked for; equal ones by id. */
export function selectRecords(
  records: readonly KnownRecord[],
  query: RecordOrder & RecordFilter,
  audit: Audit | undefined,
): readonly KnownRecord[] {
  const { sort, order } = query;
  const chosen = filterRecords(records, query, audit);
  const sign = order === 'up' ? 1 : -1;
  return [...chosen].sort((a, b) => sign * compare(a[sort], b[sort]) || compare(a.id, b.id));
}

/** How many of the records that fit have each value of each facet; '' for those that do not say. */
export function countFacets(
  records: readonly KnownRecord[],
  filter: RecordFilter,
  audit: Audit | undefined,
): Record<(typeof facets)[number], Record<string, number>> {
  // A facet's own filter does not narrow it: its other values stay to be chosen.
  const counts = facets.map((facet) => {
    const counted: Record<string, number> = {};
    for (const record of filterRecords(records, { ...filter, [facet]: undefined }, audit)) {
      const value = record[facet] ?? '';
      counted[value] = (counted[value] ?? 0) + 1;
    }
    return [facet, counted] as const;
  });
  return Object.fromEntries(counts) as Record<(typeof facets)[number], Record<string, number>>;
}

function filterRecords(
  records: readonly KnownRecord[],
  filter: RecordFilter,
  audit: Audit | undefined,
): readonly KnownRecord[] {
  const { text, finding } = filter;
  const keys = [...facets, 'patient'] as const;
  const wanted = keys.flatMap((key) => (filter[key] === undefined ? [] : [[key, filter[key]] as const]));
  const concerned =
    finding === undefined
      ? undefined
      : new Set(audit?.findings.filter(({ id }) => id === finding).flatMap((found) => found.records) ?? []);
  const part = text?.toLowerCase();
  return records.filter(
    (record) =>
      wanted.every(([key, value]) => (record[key] ?? '') === value) &&
      (concerned === undefined || concerned.has(record.id)) &&
      (part === undefined || record.id.toLowerCase().includes(part)),
  );
}

/** Without the file, which is told to nobody. */
export function rowOf({ file: _, ...row }: KnownRecord): RecordRow {
  return row;
}

function compare(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
