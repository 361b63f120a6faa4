import { Random } from '@chromaray/base';
import { type Dataset, type DatasetRecord, type Part, parts, type Split } from '@chromaray/contracts';

/**
 * A data set and its split with only a few records in each part, both classes among them: enough to measure
 * what a trial costs, on pictures of the size it will meet.
 *
 * @param most records of each part
 */
export function miniature(
  dataset: Dataset,
  split: Split,
  most: Readonly<Record<Part, number>>,
): { readonly dataset: Dataset; readonly split: Split } {
  const random = new Random('measured trial');
  const kept = parts.flatMap((part) => {
    const all = dataset.records.filter(({ id }) => split.part.get(id) === part);
    const take = (positive: boolean, count: number): readonly DatasetRecord[] => {
      const ofClass = all.filter((record) => record.positive === positive);
      return [...random.fork(`${part}/${positive}`).permutation(ofClass.length)]
        .slice(0, count)
        .map((i) => ofClass[i]!);
    };
    const half = Math.ceil(most[part] / 2);
    return [...take(true, half), ...take(false, half)].map((record) => ({ record, part }));
  });
  const part = new Map(kept.map(({ record, part: where }) => [record.id, where]));
  const records = dataset.records.filter(({ id }) => part.has(id));
  return { dataset: { ...dataset, records }, split: { ...split, part } };
}
