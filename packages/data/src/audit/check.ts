import type { Dataset, DatasetRecord, Finding, Part, Split } from '@chromaray/contracts';

/** What a check may look at. */
export interface AuditContext {
  readonly dataset: Dataset;
  /** Null before a split is made; then the parts are those the data set comes with. */
  readonly split: Split | null;
  /** The part of a record; null when it is in none. */
  readonly part: (record: DatasetRecord) => Part | null;
  readonly onProgress?: ((progress: AuditProgress) => void) | undefined;
}

/** How far an audit is; reported at least before each check, because a check computes without a pause. */
export interface AuditProgress {
  readonly phase: 'auditing' | 'comparing';
  /** Steps are checks; images, pictures that were compared with all others. */
  readonly unit: 'steps' | 'images';
  readonly done: number;
  readonly total: number;
}

/**
 * One thing an audit looks for. To add a check, write a module with one of these and list it in `checks/index.ts`.
 */
export interface Check {
  readonly id: string;
  /** Ids of all findings it can make. */
  readonly findings: readonly string[];
  run(context: AuditContext): readonly Finding[];
}

/** A record as evidence names it. */
export interface RecordEvidence {
  readonly record: string;
  readonly label: string;
  readonly patient: string | null;
  readonly part: Part | null;
}

export function recordEvidence(record: DatasetRecord, context: AuditContext): RecordEvidence {
  return { record: record.id, label: record.label, patient: record.patient, part: context.part(record) };
}

/** Groups by a key, in order of first appearance; records with the key null are left out. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string | null): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    if (name === null) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return groups;
}

/** Ids, sorted and without repetition. */
export function sortedIds(records: readonly { readonly id: string }[]): readonly string[] {
  return [...new Set(records.map(({ id }) => id))].sort();
}

/** `1 file`, `2 files`. */
export function count(n: number, singular: string, plural = `${singular}s`): string {
  return `${n} ${n === 1 ? singular : plural}`;
}
