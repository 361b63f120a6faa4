import { Readable } from 'node:stream';
import { codedError } from '@chromaray/contracts/errors';
import { type ListenOptions, serveLocal } from '@chromaray/web';
import { type Context, Hono } from 'hono';
import { folderObjects } from '../folder/folder-objects.js';
import { kindOf, largestBytes, noName } from '../objects/keys.js';
import type { Content, ObjectStore } from '../objects/object-store.js';
import { damaged } from '../objects/sealed.js';
import { digestOf } from './digest-header.js';
import { paths } from './paths.js';
import { beginningOf } from './range.js';

export interface ServeExchangeOptions extends Omit<ListenOptions, 'holders'> {
  /** Where everything is kept; the coordinator itself uses it as a `folderExchange`. */
  readonly folder: string;
  /** Is told of defects, which the answer to a request does not show. */
  readonly onDefect: (error: unknown) => void;
}

export interface ExchangeServer {
  /** For workers, without the token. */
  readonly address: string;
  readonly token: string;
  /** Takes no new request, and lets those in progress end. */
  stop(): Promise<void>;
}

/** Bytes of a refused upload that are read to its end. */
const mostUnwanted = 2 ** 25;

/**
 * Serves a folder's exchange to workers on other machines. Only this machine can ask unless a host is named, which takes a
 * token of one's own and encryption. Nothing but the exchange's own objects can be reached; uploads are bounded and
 * checked before they are there.
 *
 * @throws ChromarayError `CHROMARAY_WEB_LISTEN`
 */
export async function serveExchange({ folder, onDefect, ...listen }: ServeExchangeOptions): Promise<ExchangeServer> {
  const server = await serveLocal({
    ...listen,
    api: exchangeApi(folderObjects(folder)),
    bodyLimits: {
      '/api/exchange/objects/blobs/': largestBytes.blob,
      '/api/exchange/objects/trials/': largestBytes.checkpoint,
    },
    onDefect,
  });
  return { address: server.origin, token: server.token, stop: () => server.stop() };
}

function exchangeApi(objects: ObjectStore): Hono {
  const api = new Hono();
  api.get('/exchange/check', async (context) => {
    await objects.check(context.req.raw.signal);
    return context.text(paths.greeting);
  });
  api.get('/exchange/objects/:key{.+}', (context) => read(objects, keyOf(context), context.req.raw));
  api.put('/exchange/objects/:key{.+}', async (context) => {
    const key = keyOf(context);
    const how = context.req.query('how') === 'once' ? 'once' : 'replace';
    // A result is published once, whatever a worker asks for.
    const once = how === 'once' || kindOf(key) === 'result';
    const { signal } = context.req.raw;
    try {
      const written = await objects.write(key, received(key, context.req.raw), once ? 'once' : 'replace', signal);
      return context.json({ written });
    } finally {
      // Before the rest has arrived, an answer is lost with the connection.
      await leaveRest(context.req.raw.body);
    }
  });
  api.delete('/exchange/objects/:key{.+}', async (context) => {
    await objects.remove(keyOf(context), context.req.raw.signal);
    return context.json({});
  });
  api.get('/exchange/folders/:folder{.+}', async (context) =>
    context.json(await objects.list(context.req.param('folder'), context.req.raw.signal)),
  );
  return api;
}

function keyOf(context: Context<object, '/exchange/objects/:key{.+}'>): string {
  const key = context.req.param('key');
  if (kindOf(key) === undefined) throw noName(key);
  return key;
}

async function read(objects: ObjectStore, key: string, request: Request): Promise<Response> {
  const from = beginningOf(request.headers.get('Range') ?? undefined);
  const opened = await objects.open(key, from ?? 0, request.signal);
  if (opened === null) throw codedError('CHROMARAY_EXCHANGE_MISSING', { message: `The exchange has no ${key}.` });
  const { size } = opened;
  const headers = { 'Content-Type': 'application/octet-stream', 'Accept-Ranges': 'bytes' };
  if (request.method === 'HEAD' || (from !== undefined && from >= size)) opened.discard();
  if (from !== undefined && from >= size)
    return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${size}` } });
  const length = { 'Content-Length': String(size - (from ?? 0)) };
  const body = request.method === 'HEAD' ? null : (Readable.toWeb(Readable.from(opened.bytes)) as ReadableStream);
  return from === undefined
    ? new Response(body, { headers: { ...headers, ...length } })
    : new Response(body, {
        status: 206,
        headers: { ...headers, ...length, 'Content-Range': `bytes ${from}-${size - 1}/${size}` },
      });
}

/** What a request brings. It must say beforehand how much that is, and what hash it has. */
function received(key: string, { headers, body }: Request): Content {
  const length = headers.get('Content-Length');
  const sha256 = digestOf(headers.get('Repr-Digest'));
  if (length === null || !/^\d{1,15}$/.test(length)) throw damaged(key, 'the request does not state its size');
  if (sha256 === undefined) throw damaged(key, 'the request does not state its hash');
  const bytes = Number(length);
  const most = largestBytes[kindOf(key)!];
  if (bytes > most)
    throw codedError('CHROMARAY_EXCHANGE_SIZE', { message: `${key} may have ${most} bytes, and ${bytes} are sent.` });
  if (kindOf(key) === 'blob' && !key.endsWith(sha256))
    throw damaged(key, 'what is sent has another hash than its name');
  return { bytes, sha256, read: () => body?.values({ preventCancel: true }) ?? empty() };
}

/** Reads on, up to a limit, what nobody wants: whoever sends it then gets to read why. */
async function leaveRest(body: ReadableStream<Uint8Array> | null): Promise<void> {
  if (body === null || body.locked) return;
  let left = mostUnwanted;
  try {
    for await (const part of body) {
      left -= part.length;
      if (left < 0) return;
    }
  } catch {
    // The connection is gone, and with it who would read the answer.
  }
}

async function* empty(): AsyncIterable<Uint8Array> {
  // No bytes.
}
