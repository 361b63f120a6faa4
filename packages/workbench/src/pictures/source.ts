import { codedError } from '@chromaray/contracts/errors';
import { z } from 'zod';
import type { Services } from '../api/services.js';
import type { PicturePlace } from '../work/work-order.js';

const text = z.string().min(1).max(4096);

/** Which picture is meant: one that was dropped, or a record of a data set that is open. */
export const sourceSchema = z.strictObject({
  picture: text.optional(),
  dataset: text.optional(),
  record: text.optional(),
});

/** Where that is: no file is found any other way. @throws ChromarayError `CHROMARAY_WEB_NOT_FOUND`, `CHROMARAY_WEB_REQUEST` */
export function placeOf(
  { picture, dataset, record }: z.infer<typeof sourceSchema>,
  { dropped, datasets }: Pick<Services, 'dropped' | 'datasets'>,
): PicturePlace {
  if (picture !== undefined && dataset === undefined && record === undefined) return dropped.place(picture);
  if (picture === undefined && dataset !== undefined && record !== undefined)
    return { file: datasets.get(dataset).record(record).file, name: record };
  throw codedError('CHROMARAY_WEB_REQUEST', {
    message: 'The address names no picture, or two.',
    remedy: 'Name either `picture`, or `dataset` and `record`.',
  });
}
