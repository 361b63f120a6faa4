import { readFileSync } from 'node:fs';
import type { PlantedCopy } from './make-large-set.js';

interface Group {
  readonly correlation?: number;
  readonly records: readonly { readonly record: string }[];
}

export interface Recall {
  /** By kind: copies that stand in a group with their original, of all. */
  readonly found: Readonly<Record<string, readonly [found: number, planted: number]>>;
  /** Pictures laid over one another that count as a copy of one of the two. */
  readonly mixtures: number;
  /** Groups of several originals, of which exact copies are to be taken off. */
  readonly originals: readonly (readonly string[])[];
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
  const isMixture = (record: string): boolean => record.includes('/mixture-');
  const names = [...new Set(groups)].map(({ records }) => [
    ...new Set(records.map(({ record }) => source.get(record) ?? record)),
  ]);
  return {
    found,
    mixtures: new Set(names.flat().filter(isMixture)).size,
    originals: names.filter((group) => group.length > 1 && !group.some(isMixture)),
  };
}
