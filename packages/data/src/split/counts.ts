import {
  type Dataset,
  type DatasetRecord,
  type Imbalance,
  type Part,
  type PartCounts,
  parts,
  type Split,
  splitFacts,
  splitNotes,
} from '@chromaray/contracts';

/** Counts of each part of a split, or of the given parts. */
export function countParts(
  records: readonly DatasetRecord[],
  part: (record: DatasetRecord) => Part | null | undefined,
  several?: readonly string[],
): Record<Part, PartCounts> {
  return byPart((name) =>
    countRecords(
      records.filter((record) => part(record) === name),
      several,
    ),
  );
}

/** @param several classes that are counted one by one */
export function countRecords(records: readonly DatasetRecord[], several?: readonly string[]): PartCounts {
  const patients = new Set(records.map(({ patient }) => patient));
  const positives = records.filter(({ positive }) => positive).length;
  return {
    records: records.length,
    patients: patients.has(null) ? null : patients.size,
    positives,
    negatives: records.length - positives,
    ...(several && { classes: Object.fromEntries(several.map((name) => [name, countOf(records, name)])) }),
  };
}

function countOf(records: readonly DatasetRecord[], label: string): number {
  return records.filter((record) => record.label === label).length;
}

/** @param fractions what was asked for; null when sizes were not asked for but given */
export function measureImbalance(
  counts: Readonly<Record<Part, PartCounts>>,
  fractions: Readonly<Record<Part, number>> | null,
): Imbalance {
  const total = parts.reduce((sum, part) => sum + counts[part].records, 0);
  const positives = parts.reduce((sum, part) => sum + counts[part].positives, 0);
  const prevalence = total === 0 ? 0 : positives / total;
  const prevalenceByPart = byPart((part) => {
    const { records, positives: sick } = counts[part];
    return records === 0 ? 0 : sick / records;
  });
  return {
    prevalence,
    prevalenceByPart,
    largestPrevalenceGap: Math.max(...parts.map((part) => Math.abs(prevalenceByPart[part] - prevalence))),
    largestSizeGap:
      fractions === null
        ? 0
        : Math.max(...parts.map((part) => Math.abs(counts[part].records / total - fractions[part]))),
  };
}

/** Puts a split together from the part of each record. */
export function finishSplit(
  dataset: Dataset,
  chosen: Pick<Split, 'method' | 'seed' | 'part' | 'choice'>,
  fractions: Readonly<Record<Part, number>> | null,
): Split {
  const counts = countParts(dataset.records, ({ id }) => chosen.part.get(id), dataset.several);
  const split = { ...chosen, counts, imbalance: measureImbalance(counts, fractions) };
  return { ...split, notes: splitNotes(splitFacts(split, dataset)) };
}

function byPart<T>(value: (part: Part) => T): Record<Part, T> {
  return { train: value('train'), validation: value('validation'), test: value('test') };
}
