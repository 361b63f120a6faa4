import type { Dataset } from '@chromaray/contracts';
import type { StoredEvaluation, StudyReader } from '@chromaray/store';

/** Another time at which the models looked at pictures of a data set. */
export interface EarlierLook {
  readonly evaluation: StoredEvaluation;
  /** Pictures of the data set that were looked at then. */
  readonly shared: number;
}

/**
 * Earlier evaluations on any picture of a data set. What counts is the pictures, not the data set's hash: a set less one
 * picture, or with another one added, is looked at again. Renamed pictures are known by their pixels where the earlier
 * evaluation stored them, else by their names within a data set of the same name.
 *
 * @param name of the data set: its folder's
 * @param pixelsOf hashes of the pixels that an earlier evaluation looked at; empty when it did not store them
 */
export function earlierLooks(
  dataset: Dataset,
  name: string,
  store: Pick<StudyReader, 'evaluations' | 'evaluationPredictions'>,
  pixelsOf: (evaluation: StoredEvaluation) => ReadonlySet<string>,
): readonly EarlierLook[] {
  return store.evaluations().flatMap((evaluation) => {
    const names = new Set(store.evaluationPredictions(evaluation.id).map(({ record }) => record));
    const pixels = pixelsOf(evaluation);
    const seen = dataset.records.filter(({ id, pixelHash }) =>
      pixels.size > 0 ? pixels.has(pixelHash) : names.has(id) && evaluation.name === name,
    );
    const shared = evaluation.dataset === dataset.hash ? dataset.records.length : seen.length;
    return shared === 0 ? [] : [{ evaluation, shared }];
  });
}
