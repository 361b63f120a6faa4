import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { trialModel } from '@chromaray/study';
import { z } from 'zod';
import { get, type Route } from '../api/route.js';

export const modelRoutes: readonly Route[] = [
  get(
    '/studies/:study/model',
    {
      summary: 'The model that a trial saved, checked against its recorded hash',
      query: z.strictObject({ arm: z.string().min(1).max(200), seed: z.coerce.number().int() }),
      answer: { type: 'application/octet-stream', description: 'An ONNX file.' },
    },
    async ({ params, query }, { workspace }) => {
      const file = await trialModel(workspace.study(params.study!), query);
      const stream = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
      const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': String(statSync(file).size) };
      return new Response(stream as never, { headers });
    },
  ),
];
