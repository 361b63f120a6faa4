import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Audit, artefactTable } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { datasetPresets, layouts } from '@chromaray/contracts/names';
import { addExclusions, readExclusions } from '@chromaray/data';
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
import type { Workspace } from '../workspace/workspace.js';

const exclusionSchema = z.strictObject({ record: z.string(), reason: z.string(), time: z.string() });
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
  get(
    '/exclusions',
    {
      summary: 'What an exclusion list leaves out; nothing where there is none yet',
      query: z.strictObject({ file: text }),
      answer: z.array(exclusionSchema),
    },
    async ({ query }, { workspace }) => {
      const file = exclusionFile(workspace, query.file);
      return existsSync(file) ? readExclusions(file) : [];
    },
  ),
  post(
    '/datasets/:dataset/exclude',
    {
      summary: 'Add records to an exclusion list, which a study file names as dataset.exclude; no picture is deleted',
      body: z.strictObject({
        /** Relative to the opened folder. */
        file: text,
        records: z.array(text).min(1).max(10_000),
        reason: z.string().trim().min(1).max(500),
      }),
      answer: z.strictObject({ file: z.string(), added: z.number().int() }),
    },
    async ({ params, body }, { workspace, datasets }) => {
      const dataset = datasets.get(params.dataset!);
      const time = new Date().toISOString();
      const rows = body.records.map((record) => ({ record: dataset.record(record).id, reason: body.reason, time }));
      const file = exclusionFile(workspace, body.file);
      return { file: path.relative(workspace.folder, file), added: await addExclusions(file, rows) };
    },
  ),
];

/** @throws ChromarayError `CHROMARAY_WEB_PATH`; `CHROMARAY_WEB_REQUEST` for a file of another kind */
function exclusionFile({ roots, folder }: Workspace, given: string): string {
  const file = roots.resolve(given, folder);
  if (file.endsWith('.csv')) return file;
  throw codedError('CHROMARAY_WEB_REQUEST', {
    message: `${file} is no exclusion list by its name.`,
    remedy: 'Name a file that ends in .csv.',
  });
}

/** Needed only where a finding narrows: a data set that is not audited yet has all the rest. */
function auditFor({ finding }: { readonly finding?: string | undefined }, dataset: OpenDataset): Audit | undefined {
  return finding === undefined ? undefined : dataset.audit;
}
