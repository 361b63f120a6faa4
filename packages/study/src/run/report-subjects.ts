import { ageBands, type Manifest, type ManifestRecord, parts } from '@chromaray/contracts';
import type { ReportSubjects } from '@chromaray/pages';

interface Attribute {
  readonly by: string;
  readonly of: (record: ManifestRecord) => string | null | undefined;
  /** Groups in this order; without one, the largest first. */
  readonly order?: readonly string[];
}

const attributes: readonly Attribute[] = [
  { by: 'age', of: ({ ageBand }) => ageBand, order: ageBands },
  { by: 'sex', of: ({ sex }) => sex },
  { by: 'view', of: ({ viewPosition }) => viewPosition },
  { by: 'device', of: ({ device }) => device },
  { by: 'site', of: ({ site }) => site },
  { by: 'subtype', of: ({ subtype }) => subtype },
];

/** Whether an attribute is asked of every data set, so that it is said when one does not tell it. */
const expected = ['age', 'sex', 'view', 'device', 'site'];
/** Groups of one attribute; smaller ones stand together. */
const mostGroups = 10;
const others = 'other';
const unknown = 'not given';

/** Who was studied, by part and class, and what was left out: the manifest, counted. */
export function reportSubjects({ records, dataset, leftOut = [] }: Manifest): ReportSubjects {
  const columns = parts.flatMap((part) =>
    [true, false].map((positive) => ({
      part,
      label: positive ? dataset.positive : dataset.negative,
      of: records.filter((record) => record.part === part && record.positive === positive),
    })),
  );
  const known = attributes.filter(({ of }) => records.some((record) => (of(record) ?? null) !== null));
  return {
    columns: columns.map(({ part, label, of }) => ({ part, label, records: of.length, patients: patientsOf(of) })),
    attributes: known.map((attribute) => ({
      by: attribute.by,
      groups: groupsOf(attribute, records).map(({ name, holds }) => ({
        group: name,
        records: columns.map((column) => column.of.filter(holds).length),
      })),
    })),
    unknown: expected.filter((by) => !known.some((attribute) => attribute.by === by)),
    leftOut,
  };
}

interface Group {
  readonly name: string;
  readonly holds: (record: ManifestRecord) => boolean;
}

function groupsOf({ of, order }: Attribute, records: readonly ManifestRecord[]): readonly Group[] {
  const sizes = new Map<string, number>();
  for (const record of records) {
    const group = of(record);
    if (group) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  const names = [...sizes.keys()].sort((a, b) =>
    order === undefined ? sizes.get(b)! - sizes.get(a)! || (a < b ? -1 : 1) : order.indexOf(a) - order.indexOf(b),
  );
  const shown = names.length > mostGroups ? names.slice(0, mostGroups - 1) : names;
  const named = new Set(shown);
  const isKnown = (record: ManifestRecord): boolean => (of(record) ?? null) !== null;
  return [
    ...shown.map((name) => ({ name, holds: (record: ManifestRecord) => of(record) === name })),
    ...(names.length > shown.length
      ? [{ name: others, holds: (record: ManifestRecord) => isKnown(record) && !named.has(of(record)!) }]
      : []),
    ...(records.every(isKnown) ? [] : [{ name: unknown, holds: (record: ManifestRecord) => !isKnown(record) }]),
  ];
}

/** Null as soon as one is unknown. */
function patientsOf(records: readonly ManifestRecord[]): number | null {
  if (records.some(({ patient }) => patient === null)) return null;
  return new Set(records.map(({ patient }) => patient)).size;
}
