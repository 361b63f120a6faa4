import { useCallback, useMemo } from 'react';
import type { DatasetState } from '../../../../src/datasets/open-dataset.js';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';
import { PictureGrid } from '../../kit/picture-grid/picture-grid.js';
import { datasetVersion } from './dataset-version.js';
import { useExclusions } from './exclusions.js';
import { Filters } from './filters.js';
import { useQuery } from './query.js';
import { type RecordPage, recordSource } from './record-source.js';

/** The pictures that fit the filters, as a grid; one of them may be open. */
export function Pictures({ dataset }: { readonly dataset: DatasetState }) {
  const { query, change } = useQuery();
  const { byRecord } = useExclusions();
  const at = `/datasets/${dataset.id}`;
  const version = datasetVersion(dataset, query);
  const first = useAsked<RecordPage>(`${at}/records`, { ...query, limit: 1 }, version);
  const total = first.answer?.total;
  const source = useMemo(
    () => (total === undefined ? undefined : recordSource(dataset.id, query, total, version)),
    [dataset.id, query, total, version],
  );
  const markOf = useCallback((id: string) => (byRecord.has(id) ? 'excluded' : undefined), [byRecord]);
  return (
    <div className="data-layout">
      <Filters dataset={dataset} />
      <section className="data-pictures" aria-label="Pictures" aria-busy={first.asking}>
        {first.fault && <Failure error={first.fault} again={first.again} />}
        {total !== undefined && first.fault === undefined && (
          <p role="status">
            {total === 0
              ? 'No picture fits these filters.'
              : `${total.toLocaleString('en')} ${total === 1 ? 'picture fits' : 'pictures fit'}.`}
          </p>
        )}
        {source !== undefined && source.total > 0 && (
          <PictureGrid
            label="Pictures that fit"
            source={source}
            markOf={markOf}
            onOpen={({ id }) => change({ picture: id, window: undefined })}
          />
        )}
      </section>
    </div>
  );
}
