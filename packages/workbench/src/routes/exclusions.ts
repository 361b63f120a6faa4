import { z } from 'zod';
import { get, post, type Route } from '../api/route.js';

const text = z.string().min(1).max(4096);
/** Relative to the opened folder. */
const file = text;
const records = z.array(text).min(1).max(20_000);

export const exclusionSchema = z.strictObject({ record: z.string(), reason: z.string(), time: z.string() });

export const exclusionRoutes: readonly Route[] = [
  get(
    '/exclusions',
    {
      summary: 'What an exclusion list leaves out; nothing where there is none yet',
      query: z.strictObject({ file }),
      answer: z.array(exclusionSchema),
    },
    ({ query }, { exclusions }) => exclusions.read(query.file),
  ),
  post(
    '/datasets/:dataset/exclude',
    {
      summary: 'Add records to an exclusion list, which a study file names as dataset.exclude; no picture is deleted',
      body: z.strictObject({
        file,
        excluded: z
          .array(z.strictObject({ record: text, reason: z.string().trim().min(1).max(500) }))
          .min(1)
          .max(20_000),
      }),
      answer: z.strictObject({ added: z.number().int() }),
    },
    async ({ params, body }, { exclusions, datasets }) => {
      const dataset = datasets.get(params.dataset!);
      const time = new Date().toISOString();
      const rows = body.excluded.map(({ record, reason }) => ({ record: dataset.record(record).id, reason, time }));
      return { added: await exclusions.add(body.file, rows) };
    },
  ),
  post(
    '/exclusions/undo',
    {
      summary: 'Take records off an exclusion list, so that they are used again',
      body: z.strictObject({ file, records }),
      answer: z.strictObject({ removed: z.number().int() }),
    },
    async ({ body }, { exclusions }) => ({ removed: await exclusions.remove(body.file, body.records) }),
  ),
];
