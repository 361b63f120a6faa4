import { codedError } from '@chromaray/contracts/errors';
import { openStudyReader } from '@chromaray/store';
import { explainRecord, seenByArm } from '@chromaray/study';
import { z } from 'zod';
import { get, type Route } from '../api/route.js';
import { pageSchema } from '../datasets/select-records.js';
import { pictureAnswer, rawPixels } from '../pictures/picture-answer.js';
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
      const chosen = selectCases(cases.of(workspace.study(params.study!)), query);
      return { total: chosen.length, cases: chosen.slice(query.offset, query.offset + query.limit) };
    },
  ),
  get(
    '/studies/:study/case',
    { summary: 'One record of the test part', query: z.strictObject({ record: text }), answer: caseSchema },
    ({ params, query }, { workspace, cases }) => {
      const found = cases.of(workspace.study(params.study!)).find(({ record }) => record === query.record);
      if (found !== undefined) return found;
      throw codedError('CHROMARAY_WEB_NOT_FOUND', {
        message: `The test part has no record ${JSON.stringify(query.record.slice(0, 300))}.`,
        remedy: 'Go back to the list of cases.',
      });
    },
  ),
  get(
    '/studies/:study/seen',
    {
      summary: "A record of the test part as an arm's network is fed it",
      query: z.strictObject({ arm: text, record: text }),
      answer: rawPixels,
    },
    ({ params, query }, { workspace }) => {
      const { width, height, channels, data } = seenByArm(workspace.study(params.study!), query.arm, query.record);
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
    async ({ params, query }, { workspace }) => {
      const { width, height, map, probability, towards } = await explainRecord(workspace.study(params.study!), query);
      const strongest = map.reduce((most, value) => Math.max(most, value), 0);
      const scaled = Uint8Array.from(map, (value) => (strongest === 0 ? 0 : Math.round((255 * value) / strongest)));
      const about = { probability, towards, empty: strongest === 0 };
      return pictureAnswer(scaled, { width, height, bits: 8, channels: 1, about });
    },
  ),
];
