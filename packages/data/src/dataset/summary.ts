import { ageBands, type Dataset, type DatasetRecord, type Part, parts } from '@chromaray/contracts';
import type { FileTraits } from '@chromaray/imaging';

/** What a described data set holds, in numbers. */
export interface DatasetSummary {
  readonly records: number;
  /** Null when patients are unknown. */
  readonly patients: number | null;
  /** One row a part and class with records; part null for records that the data set places in no part. */
  readonly classes: readonly ClassSummary[];
  /** Picture sizes from the commonest to the rarest, at most {@link listedSizes}. */
  readonly sizes: readonly { readonly width: number; readonly height: number; readonly records: number }[];
  /** Different sizes in all. */
  readonly differentSizes: number;
  /** File formats from the commonest to the rarest. */
  readonly formats: readonly { readonly format: FileTraits['format']; readonly records: number }[];
  readonly bytes: number;
  /** Pictures that show colour. */
  readonly colour: number;
  readonly duplicates: {
    /** Pictures that are in more than one file. */
    readonly pictures: number;
    /** Files beyond the first of each picture. */
    readonly copies: number;
  };
  readonly unreadable: number;
  /** Records that the study leaves out by view, class or certainty. */
  readonly leftOut: number;
  readonly ignored: number;
  /** Records by view, sex and age band, where the data set states them; else empty. */
  readonly views: readonly GroupSummary[];
  readonly sexes: readonly GroupSummary[];
  readonly ageBands: readonly GroupSummary[];
}

export interface GroupSummary {
  readonly group: string;
  readonly records: number;
}

export interface ClassSummary {
  readonly part: Part | null;
  readonly label: string;
  readonly records: number;
  readonly patients: number | null;
}

const listedSizes = 10;

/** Counts what a data set holds, before any split of this program's own. */
export function summariseDataset(dataset: Dataset): DatasetSummary {
  const { records, classes, unreadable, ignored } = dataset;
  const places: readonly (Part | null)[] = [...parts, null];
  const pictures = tally(records, ({ pixelHash }) => pixelHash);
  const sizes = commonestFirst(tally(records, ({ width, height }) => `${width} ${height}`));
  const formats = commonestFirst(
    tally(
      records.flatMap(({ traits }) => traits ?? []),
      ({ format }) => format,
    ),
  );
  return {
    records: records.length,
    patients: countPatients(dataset, records),
    classes: places.flatMap((part) =>
      classes.flatMap((label): readonly ClassSummary[] => {
        const found = records.filter((record) => record.givenPart === part && record.label === label);
        if (found.length === 0) return [];
        return [{ part, label, records: found.length, patients: countPatients(dataset, found) }];
      }),
    ),
    sizes: sizes.slice(0, listedSizes).map(([size, count]) => {
      const [width, height] = size.split(' ').map(Number);
      return { width: width!, height: height!, records: count };
    }),
    differentSizes: sizes.length,
    formats: formats.map(([format, count]) => ({ format: format as FileTraits['format'], records: count })),
    bytes: records.reduce((sum, { bytes }) => sum + bytes, 0),
    colour: records.filter(({ colour }) => colour).length,
    duplicates: {
      pictures: [...pictures.values()].filter((count) => count > 1).length,
      copies: records.length - pictures.size,
    },
    unreadable: unreadable.length,
    leftOut: dataset.leftOut?.length ?? 0,
    views: groups(records, ({ viewPosition }) => viewPosition),
    sexes: groups(records, ({ sex }) => sex),
    ageBands: groups(records, ({ ageBand }) => ageBand).sort(
      (a, b) => bandOrder.indexOf(a.group) - bandOrder.indexOf(b.group),
    ),
    ignored: ignored.length,
  };
}

const bandOrder: readonly string[] = ageBands;

function groups(records: readonly DatasetRecord[], of: (record: DatasetRecord) => string | null | undefined) {
  const told = records.flatMap((record) => of(record) ?? []);
  return commonestFirst(tally(told, (group) => group)).map(
    ([group, count]): GroupSummary => ({ group, records: count }),
  );
}

function countPatients({ patientRule }: Dataset, records: readonly DatasetRecord[]): number | null {
  return patientRule === null ? null : new Set(records.map(({ patient }) => patient)).size;
}

function tally<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

function commonestFirst(counts: ReadonlyMap<string, number>): (readonly [string, number])[] {
  return [...counts].sort((a, b) => b[1] - a[1]);
}
