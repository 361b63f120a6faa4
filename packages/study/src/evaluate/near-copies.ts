import { isChromarayError } from '@chromaray/base';
import type { Dataset, DatasetRecord, Manifest, StudyFile } from '@chromaray/contracts';
import { describeDataset, searchNearDuplicates } from '@chromaray/data';
import { interruptible, type PrepareContext } from '../prepare/context.js';

/** A picture of the other data set, and the record of the study that shows the same exposure. */
export interface SharedPicture {
  readonly record: string;
  readonly known: string;
}

/**
 * Pictures that show an exposure the models have learned from, saved anew, resized, cut or brightened: the study's
 * data set is read again and both are searched together.
 *
 * @returns null where the study's data set is no longer what it was, so that nothing can be compared
 */
export async function nearCopies(
  other: Dataset,
  study: StudyFile,
  manifest: Manifest,
  { cache, onEvent, signal }: PrepareContext,
): Promise<readonly SharedPicture[] | null> {
  const own = await describeAgain(study, cache, signal);
  if (own === null || own.hash !== manifest.dataset.hash) return null;
  const part = new Map(manifest.records.map((record) => [record.id, record.part]));
  const learned = own.records.filter(({ id }) => part.get(id) !== undefined && part.get(id) !== 'test');
  const mark = (side: string, records: readonly DatasetRecord[]): readonly DatasetRecord[] =>
    records.map((record) => ({ ...record, id: `${side}/${record.id}` }));
  const together = { ...other, records: [...mark('study', learned), ...mark('other', other.records)] };
  const onProgress = (done: number, total: number): void =>
    onEvent({ kind: 'progress', phase: 'auditing', unit: 'images', done, total });
  const groups = await interruptible(signal, () => searchNearDuplicates(together, onProgress, signal));
  return groups.flatMap(({ records }) => {
    const ids = records.map(({ id }) => id);
    const known = ids.find((id) => id.startsWith('study/'));
    if (known === undefined) return [];
    return ids
      .filter((id) => id.startsWith('other/'))
      .map((id) => ({ record: id.slice('other/'.length), known: known.slice('study/'.length) }));
  });
}

/** The study's data set as it lies now; null where it cannot be read. */
async function describeAgain(study: StudyFile, cacheDirectory: string, signal: AbortSignal): Promise<Dataset | null> {
  try {
    return await describeDataset({ ...study.dataset, cacheDirectory, signal });
  } catch (error) {
    if (isChromarayError(error)) return null;
    throw error;
  }
}
