import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { dicomDecoderFile } from '@chromaray/imaging';
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
      return fileAnswer(await trialModel(workspace.study(params.study!), query), 'application/octet-stream');
    },
  ),
  get(
    '/decoders/dicom',
    {
      summary: 'What unpacks compressed DICOM files in a browser',
      answer: { type: 'application/wasm', description: 'A WebAssembly module.' },
    },
    () => fileAnswer(dicomDecoderFile(), 'application/wasm'),
  ),
];

function fileAnswer(file: string, type: string): Response {
  const stream = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
  const headers = { 'Content-Type': type, 'Content-Length': String(statSync(file).size) };
  return new Response(stream as never, { headers });
}
