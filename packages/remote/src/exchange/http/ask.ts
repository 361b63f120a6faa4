import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { codedError } from '@chromaray/contracts/errors';
import { gather } from '../objects/content.js';
import { unreachable } from './unreachable.js';

export interface Asked {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly bytes: number; readonly content: AsyncIterable<Uint8Array> };
  /** Certificates to trust in place of the system's, in PEM form. */
  readonly ca?: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  /** The body; a connection that breaks in it is `CHROMARAY_EXCHANGE_UNREACHABLE`. */
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly discard: () => void;
}

/** Milliseconds without a single byte after which a connection counts as broken. */
const silence = 60_000;
/** A body that is read as text is an error or a list. */
const mostText = 2 ** 24;

/**
 * Sends one request over a connection of its own: the server may have been started again since the last. Follows no
 * redirect: the token is for this address alone.
 *
 * @throws ChromarayError `CHROMARAY_EXCHANGE_UNREACHABLE`; the signal's reason
 */
export async function ask({ method, url, headers = {}, body, ca }: Asked, signal: AbortSignal): Promise<Answer> {
  signal.throwIfAborted();
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const length = body === undefined ? {} : { 'Content-Length': String(body.bytes) };
  const outgoing = send(url, { method, headers: { ...headers, ...length }, agent: false, signal, ...(ca && { ca }) });
  outgoing.setTimeout(silence, () => outgoing.destroy(new Error(`nothing arrived for ${silence / 1000} seconds`)));
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve);
    // Kept for the life of the request: an error after the answer is told by the answer's stream.
    outgoing.on('error', reject);
  });
  // A server that refuses answers before all is sent; then the rest is not.
  const sending =
    body === undefined ? Promise.resolve(outgoing.end()) : pipeline(exactly(body.bytes, body.content), outgoing);
  const source = sending.then(
    () => undefined,
    (error: unknown) => error,
  );
  try {
    const incoming = await Promise.race([answered, source.then((error) => failedFirst(error, answered))]);
    return {
      status: incoming.statusCode!,
      header: (name) => {
        const value = incoming.headers[name];
        return Array.isArray(value) ? value.join(', ') : value;
      },
      bytes: bytesOf(incoming, url, signal),
      discard: () => void incoming.destroy(),
    };
  } catch (error) {
    outgoing.destroy();
    signal.throwIfAborted();
    throw unreachable(url, error);
  }
}

/** Refuses content of another size than was stated: the server would wait for what never comes. */
async function* exactly(bytes: number, content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let size = 0;
  for await (const part of content) {
    size += part.length;
    if (size <= bytes) yield part;
  }
  if (size !== bytes)
    throw codedError('CHROMARAY_EXCHANGE_DAMAGED', {
      message: `A file that was said to have ${bytes} bytes has ${size}.`,
      remedy: 'Run the same command again: the file was changed while it was sent.',
    });
}

/** An answer to a request that could not be sent whole may be on its way: it says more than the broken connection. */
async function failedFirst(error: unknown, answered: Promise<IncomingMessage>): Promise<IncomingMessage> {
  if (error === undefined) return answered;
  const { code = '' } = error as NodeJS.ErrnoException;
  // What the content itself threw, a file that is gone for example, is no matter of the connection.
  if (!['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED'].includes(code)) throw error;
  return answered;
}

async function* bytesOf(incoming: IncomingMessage, url: URL, signal: AbortSignal): AsyncIterable<Uint8Array> {
  try {
    for await (const part of incoming) yield part as Uint8Array;
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(url, error);
  }
}

/** The body of an answer as text. */
export async function textOf(answer: Answer): Promise<string> {
  const tooLong = () =>
    codedError('CHROMARAY_EXCHANGE_STORE', {
      message: `The answer has more than ${mostText} bytes.`,
      remedy: 'Check that the address is that of an exchange.',
    });
  return (await gather(answer.bytes, mostText, tooLong)).toString('utf8');
}
