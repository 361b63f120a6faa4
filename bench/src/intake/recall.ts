import { readFileSync } from 'node:fs';
import type { PlantedCopy } from './make-large-set.js';

interface Group {
  readonly correlation?: number;
  readonly records: readonly { readonly record: string }[];
}

export interface Recall {
  /** By kind: copies that stand in a group with their original, of all. */
  readonly found: Readonly<Record<string, readonly [found: number, planted: number]>>;
  /** Groups that nothing planted explains. */
  readonly unexplained: readonly Group[];
}

/** Compares the near-duplicates that an audit found with those that were planted. */
export function recallOf(plantedFile: string, auditFile: string): Recall {
  const planted = JSON.parse(readFileSync(plantedFile, 'utf8')) as readonly PlantedCopy[];
  const { findings } = JSON.parse(readFileSync(auditFile, 'utf8')) as {
    findings: readonly { readonly id: string; readonly evidence: readonly Group[] }[];
  };
  const groups = findings
    .filter(({ id }) => id === 'near-duplicate-pictures' || id === 'copies-as-augmentation')
    .flatMap(({ evidence }) => evidence);
  const groupOf = new Map(groups.flatMap((group) => group.records.map(({ record }) => [record, group] as const)));
  const found: Record<string, [number, number]> = {};
  for (const { copy, original, how } of planted) {
    found[how] ??= [0, 0];
    const count = found[how];
    count[1] += 1;
    const group = groupOf.get(copy);
    if (group !== undefined && group === groupOf.get(original)) count[0] += 1;
  }
  const source = new Map(planted.map(({ copy, original }) => [copy, original]));
  const unexplained = groups.filter(
    ({ records }) => new Set(records.map(({ record }) => source.get(record) ?? record)).size > 1,
  );
  return { found, unexplained };
}
