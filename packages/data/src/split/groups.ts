import type { DatasetRecord } from '@chromaray/contracts';

/** Records that must not be separated: of one patient, or showing the same picture. */
export interface Group {
  readonly records: readonly DatasetRecord[];
  readonly positives: number;
  /** What the group is stratified by: label and subtype of most of its records. */
  readonly stratum: string;
}

/**
 * Puts together the records that share a patient or a picture, directly or through others: two patients
 * with one picture between them make one group. Records without a patient are groups of their own.
 */
export function groupRecords(records: readonly DatasetRecord[]): readonly Group[] {
  const parent = records.map((_, position) => position);
  const root = (position: number): number => {
    let top = position;
    while (parent[top] !== top) top = parent[top]!;
    for (let at = position; at !== top; ) {
      const next = parent[at]!;
      parent[at] = top;
      at = next;
    }
    return top;
  };
  const firstWith = new Map<string, number>();
  records.forEach(({ patient, pixelHash }, position) => {
    for (const key of [...(patient === null ? [] : [`patient ${patient}`]), `picture ${pixelHash}`]) {
      const other = firstWith.get(key);
      if (other === undefined) firstWith.set(key, position);
      else parent[root(position)] = root(other);
    }
  });
  const members = new Map<number, DatasetRecord[]>();
  records.forEach((record, position) => {
    const top = root(position);
    const group = members.get(top);
    if (group === undefined) members.set(top, [record]);
    else group.push(record);
  });
  return [...members.values()].map((group) => ({
    records: group,
    positives: group.filter(({ positive }) => positive).length,
    stratum: mostFrequent(group.map(({ label, subtype }) => JSON.stringify([label, subtype]))),
  }));
}

function mostFrequent(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}
