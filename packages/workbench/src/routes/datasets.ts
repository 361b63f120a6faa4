import { type Audit, artefactTable } from '@chromaray/contracts';
import { datasetPresets, layouts } from '@chromaray/contracts/names';
import { eventStream } from '@chromaray/web';
import { z } from 'zod';
import { get, post, type Route } from '../api/route.js';
import { datasetStateSchema, type OpenDataset } from '../datasets/open-dataset.js';
import {
  countFacets,
  facets,
  placeAmong,
  recordFilterSchema,
  recordPageSchema,
  recordPlaceSchema,
  recordQuerySchema,
  rowOf,
  selectionSchema,
} from '../datasets/select-records.js';
import { pictureAnswer, rawPixels } from '../pictures/picture-answer.js';
import { sheetColumns, thumbnailSheet } from '../pictures/sheet.js';
import { findDatasets } from '../workspace/found-datasets.js';

const counts = z.record(z.string(), z.number().int());
const text = z.string().min(1).max(4096);

export const datasetRoutes: readonly Route[] = [
  get(
    '/datasets',
    { summary: 'Folders and archives of the opened folder that look like data sets', answer: z.array(z.string()) },
    (_, { workspace }) => findDatasets(workspace.folder),
  ),
  post(
    '/datasets/open',
    {
      summary: 'Read a data set, or that of a study; it can be asked about while it is read',
      body: z.union([
        z.strictObject({ study: text }),
        z.strictObject({
          path: text,
          layout: z.enum(layouts).optional(),
          preset: z.enum(datasetPresets).optional(),
          classes: z.array(text).optional(),
          leaveOut: z.array(text).optional(),
          positive: text.optional(),
          /** A list of records that are left out, relative to the opened folder. */
          exclude: text.optional(),
        }),
      ]),
      answer: datasetStateSchema,
    },
    ({ body }, { datasets }) => {
      if ('study' in body) return datasets.ofStudy(body.study).state;
      const given = Object.entries(body).filter(([, value]) => value !== undefined);
      return datasets.at(Object.fromEntries(given) as { path: string }).state;
    },
  ),
  get(
    '/datasets/:dataset',
    { summary: 'How far a data set has been read', answer: datasetStateSchema },
    (asked, { datasets }) => datasets.get(asked.params.dataset!).state,
  ),
  get(
    '/datasets/:dataset/events',
    {
      summary: 'The same whenever it changes, as server-sent events',
      answer: { type: 'text/event-stream', description: 'Each with the state.' },
    },
    ({ params, request }, { datasets }) => eventStream(request, datasets.get(params.dataset!).events),
  ),
  get(
    '/datasets/:dataset/records',
    { summary: 'Records, filtered, sorted and by the page', query: recordQuerySchema, answer: recordPageSchema },
    ({ params, query }, { datasets }) => {
      const { offset, limit, ...wanted } = query;
      const chosen = datasets.get(params.dataset!).select(wanted);
      return { total: chosen.length, records: chosen.slice(offset, offset + limit).map(rowOf) };
    },
  ),
  get(
    '/datasets/:dataset/record',
    {
      summary: 'A record, and the ones before and after it among those that fit',
      query: selectionSchema.extend({ record: text }),
      answer: recordPlaceSchema,
    },
    ({ params, query: { record, ...wanted } }, { datasets }) => {
      const dataset = datasets.get(params.dataset!);
      return placeAmong(dataset.record(record), dataset.select(wanted));
    },
  ),
  get(
    '/datasets/:dataset/counts',
    {
      summary: 'How many records there are of each value, for charts that filter',
      query: recordFilterSchema,
      answer: z.strictObject(Object.fromEntries(facets.map((facet) => [facet, counts]))),
    },
    ({ params, query }, { datasets }) => {
      const dataset = datasets.get(params.dataset!);
      return countFacets(dataset.facts.records, query, auditFor(query, dataset));
    },
  ),
  get(
    '/datasets/:dataset/audit',
    { summary: 'What the audit found, with the records and pairs behind it', answer: artefactTable.audit.schema },
    ({ params }, { datasets }) => datasets.get(params.dataset!).audit,
  ),
  get(
    '/datasets/:dataset/sheet',
    {
      summary: `Thumbnails of the same records as /records, ${sheetColumns} a row`,
      query: recordQuerySchema.extend({ limit: z.coerce.number().int().min(1).max(200).default(100) }),
      answer: { type: 'image/jpeg', description: `One picture, ${sheetColumns} thumbnails a row.` },
    },
    async ({ params, query }, { datasets }) => {
      const dataset = datasets.get(params.dataset!);
      const { offset, limit, ...wanted } = query;
      const jpeg = await thumbnailSheet(dataset, dataset.select(wanted).slice(offset, offset + limit));
      return new Response(jpeg as Uint8Array<ArrayBuffer>, { headers: { 'Content-Type': 'image/jpeg' } });
    },
  ),
  get(
    '/datasets/:dataset/picture',
    {
      summary: 'A record as a viewer windows it: every bit of its file',
      query: z.strictObject({ record: text }),
      answer: rawPixels,
    },
    async ({ params, query, request }, { datasets, work }) => {
      const { file, id } = datasets.get(params.dataset!).record(query.record);
      const { data, header } = await work.ask('gray', { file, name: id }, request.signal);
      return pictureAnswer(data, header);
    },
  ),
];

/** Needed only where a finding narrows: a data set that is not audited yet has all the rest. */
function auditFor({ finding }: { readonly finding?: string | undefined }, dataset: OpenDataset): Audit | undefined {
  return finding === undefined ? undefined : dataset.audit;
}
