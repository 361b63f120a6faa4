import type { RecordRow } from '../../../../src/datasets/dataset-order.js';
import { apiAddress, ask } from '../../api/client.js';
import type { PictureSource } from '../../kit/picture-grid/picture-source.js';

export interface RecordPage {
  readonly total: number;
  readonly records: readonly RecordRow[];
}

/** Records of a data set that fit a query, for a grid. Thumbnails of files that are not read yet are square as they come. */
export function recordSource(
  dataset: string,
  query: Readonly<Record<string, string>>,
  total: number,
  version = '',
): PictureSource {
  const at = `/datasets/${dataset}`;
  return {
    key: JSON.stringify([dataset, query, version]),
    total,
    pictures: async (offset, limit, signal) => {
      const { records } = await ask<RecordPage>(`${at}/records`, { ...query, offset, limit }, signal);
      return records.map(({ id, width, height }) => ({ id, name: id, width: width ?? 1, height: height ?? 1 }));
    },
    sheet: (offset, limit) => apiAddress(`${at}/sheet`, { ...query, offset, limit }),
  };
}
