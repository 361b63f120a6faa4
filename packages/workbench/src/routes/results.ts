import { codedError } from '@chromaray/contracts/errors';
import { openStudyReader } from '@chromaray/store';
import { seenByArm, testPictures } from '@chromaray/study';
import { z } from 'zod';
import { get, type Route } from '../api/route.js';
import { pageSchema } from '../datasets/select-records.js';
import { pictureAnswer, rawPixels } from '../pictures/picture-answer.js';
import { pictureSheet, sheetColumns } from '../pictures/sheet.js';
import { casePageSchema, caseQuerySchema, caseSchema, selectCases } from '../results/cases.js';

const text = z.string();
const seed = z.coerce.number().int();

const predictionSchema = z.strictObject({
  arm: text,
  seed: z.number().int(),
  part: z.enum(['train', 'validation', 'test']),
  record: text,
  patient: text.nullable(),
  label: text,
  positive: z.boolean(),
  probability: z.number(),
});

export const resultRoutes: readonly Route[] = [
  get(
    '/studies/:study/predictions',
    {
      summary: 'What finished trials predicted, by trial and record',
      query: pageSchema.extend({
        arm: text.optional(),
        seed: seed.optional(),
        part: z.enum(['validation', 'test']).optional(),
        record: text.optional(),
      }),
      answer: z.strictObject({ total: z.number().int(), predictions: z.array(predictionSchema) }),
    },
    ({ params, query }, { workspace }) => {
      const { arm, seed: ofSeed, part, record, offset, limit } = query;
      const reader = openStudyReader(workspace.study(params.study!));
      try {
        const all = reader
          .predictions({
            ...(arm !== undefined && { arm }),
            ...(ofSeed !== undefined && { seed: ofSeed }),
            ...(part !== undefined && { part }),
          })
          .filter((one) => record === undefined || one.record === record);
        return { total: all.length, predictions: all.slice(offset, offset + limit) };
      } finally {
        reader.close();
      }
    },
  ),
  get(
    '/studies/:study/cases',
    {
      summary: 'The test part record by record, with what every arm and seed says',
      query: caseQuerySchema,
      answer: casePageSchema,
    },
    ({ params, query }, { workspace, cases }) => {
      const all = cases.of(workspace.study(params.study!));
      const chosen = selectCases(all, query);
      return {
        ...{ total: chosen.length, cases: chosen.slice(query.offset, query.offset + query.limit) },
        labels: [...new Set(all.map(({ label }) => label))].sort(),
        arms: all[0]?.arms.map(({ arm }) => arm) ?? [],
      };
    },
  ),
  get(
    '/studies/:study/cases/sheet',
    {
      summary: `Thumbnails of the same records as /cases in gray, ${sheetColumns} a row`,
      query: caseQuerySchema.extend({ limit: z.coerce.number().int().min(1).max(200).default(100) }),
      answer: { type: 'image/jpeg', description: `One picture, ${sheetColumns} thumbnails a row.` },
    },
    async ({ params, query }, { workspace, cases }) => {
      const folder = workspace.study(params.study!);
      const chosen = selectCases(cases.of(folder), query).slice(query.offset, query.offset + query.limit);
      const jpeg = await pictureSheet(
        testPictures(
          folder,
          chosen.map(({ record }) => record),
        ),
      );
      return new Response(jpeg as Uint8Array<ArrayBuffer>, { headers: { 'Content-Type': 'image/jpeg' } });
    },
  ),
  get(
    '/studies/:study/case',
    { summary: 'One record of the test part', query: z.strictObject({ record: text }), answer: caseSchema },
    ({ params, query }, { workspace, cases }) => {
      const found = cases.of(workspace.study(params.study!)).find(({ record }) => record === query.record);
      if (found !== undefined) return found;
      throw notFound(query.record);
    },
  ),
  get(
    '/studies/:study/seen',
    {
      summary: "A record of the test part as an arm's network is fed it; without an arm in gray",
      query: z.strictObject({ arm: text.optional(), record: text }),
      answer: rawPixels,
    },
    ({ params, query }, { workspace }) => {
      const folder = workspace.study(params.study!);
      const { arm, record } = query;
      const seen = arm === undefined ? testPictures(folder, [record])[0] : seenByArm(folder, arm, record);
      if (seen === undefined) throw notFound(record);
      const { width, height, channels, data } = seen;
      return pictureAnswer(data, { width, height, bits: 8, channels });
    },
  ),
  get(
    '/studies/:study/map',
    {
      summary:
        "Grad-CAM of a record of the test part under one trial's network, scaled so that its strongest place is 255",
      query: z.strictObject({ arm: text, seed, record: text }),
      answer: rawPixels,
    },
    async ({ params, query, request }, { workspace, maps }) => {
      const study = params.study!;
      const place = { study, studies: workspace.studies, folder: workspace.study(study) };
      const { data, header } = await maps.of(place, query, request.signal);
      return pictureAnswer(data, header);
    },
  ),
];

function notFound(record: string) {
  return codedError('CHROMARAY_WEB_NOT_FOUND', {
    message: `The test part has no record ${JSON.stringify(record.slice(0, 300))}.`,
    remedy: 'Go back to the list of cases.',
  });
}
