import { useMemo } from 'react';
import type { RecordRow } from '../../../../src/datasets/dataset-order.js';
import type { DatasetState } from '../../../../src/datasets/open-dataset.js';
import { apiAddress, ask } from '../../api/client.js';
import { useAsked } from '../../api/use-asked.js';
import { Failure } from '../../kit/failure.js';
import { PictureGrid } from '../../kit/picture-grid/picture-grid.js';
import type { PictureSource } from '../../kit/picture-grid/picture-source.js';
import { Filters } from './filters.js';
import { OpenPicture } from './open-picture.js';
import { useQuery } from './query.js';

interface RecordPage {
  readonly total: number;
  readonly records: readonly RecordRow[];
}

/** The pictures that fit the filters, as a grid; one of them may be open. */
export function Pictures({ dataset }: { readonly dataset: DatasetState }) {
  const { query, change, search } = useQuery();
  const at = `/datasets/${dataset.id}`;
  const first = useAsked<RecordPage>(`${at}/records`, { ...query, limit: 1 });
  const total = first.answer?.total;
  const key = JSON.stringify([dataset.id, query]);
  const source = useMemo((): PictureSource | undefined => {
    if (total === undefined) return undefined;
    const asked = JSON.parse(key)[1] as Record<string, string>;
    return {
      key,
      total,
      pictures: async (offset, limit, signal) => {
        const { records } = await ask<RecordPage>(`${at}/records`, { ...asked, offset, limit }, signal);
        return records.map(({ id, width, height }) => ({ id, name: id, width, height }));
      },
      sheet: (offset, limit) => apiAddress(`${at}/sheet`, { ...asked, offset, limit }),
    };
  }, [at, key, total]);
  const open = new URLSearchParams(search).get('picture');
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
            onOpen={({ id }) => change({ picture: id, window: undefined })}
          />
        )}
      </section>
      {open !== null && <OpenPicture dataset={dataset} record={open} />}
    </div>
  );
}
