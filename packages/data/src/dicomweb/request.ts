import { setTimeout as wait } from 'node:timers/promises';
import { type ChromarayError, isChromarayError } from '@chromaray/base';
import { dicomWebError } from './dicomweb-error.js';
import type { DicomWebServer } from './server.js';

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface RequestToSend {
  readonly method: 'GET' | 'POST';
  readonly accept: string;
  readonly contentType?: string;
  readonly body?: Uint8Array;
  /** Statuses that are no error beside 200 to 299. */
  readonly alsoFine?: readonly number[];
}

/** More than any radiograph; an endless answer must not fill the memory. */
const largestBody = 2 ** 30;
const longestWait = 30_000;
/** What passes by itself: overload, restarts, gateways (RFC 9110, 15.6; RFC 6585, 4). */
const passing = new Set([408, 429, 500, 502, 503, 504]);

/**
 * Sends a request and reads the whole answer. Failures that may pass (no connection, a connection cut in the
 * middle, overload) are tried again with growing waits; all requests here may be repeated without harm.
 *
 * @throws ChromarayError `CHROMARAY_DICOMWEB_UNAUTHORISED`, `_NOT_FOUND`, `_REFUSED`, `_SERVER`, `_UNREACHABLE`,
 *   `_CUT`, `_TIMEOUT`, `_MALFORMED`
 * @throws the signal's reason when aborted
 */
export async function send(server: DicomWebServer, url: string, request: RequestToSend): Promise<Answer> {
  const attempts = server.attempts ?? 4;
  for (let attempt = 1; ; attempt++) {
    server.signal?.throwIfAborted();
    const outcome = await attemptOnce(server, url, request);
    if (!(outcome instanceof Failure)) return outcome;
    if (!outcome.mayPass || attempt >= attempts) throw outcome.error;
    const pause = outcome.after ?? (server.retryDelay ?? 500) * 2 ** (attempt - 1);
    await wait(Math.min(pause, longestWait), undefined, server.signal && { signal: server.signal }).catch(() => {});
  }
}

class Failure {
  constructor(
    readonly error: ChromarayError,
    readonly mayPass: boolean,
    /** When the server wants to be asked again, in milliseconds. */
    readonly after?: number | undefined,
  ) {}
}

async function attemptOnce(server: DicomWebServer, url: string, request: RequestToSend): Promise<Answer | Failure> {
  const time = AbortSignal.timeout(server.timeout ?? 120_000);
  const signal = server.signal === undefined ? time : AbortSignal.any([time, server.signal]);
  const where = nameOf(url);
  let response: Response | undefined;
  try {
    response = await fetch(url, {
      method: request.method,
      headers: {
        accept: request.accept,
        ...(request.contentType && { 'content-type': request.contentType }),
        ...(server.authorization && { authorization: server.authorization }),
      },
      ...(request.body && { body: request.body as Uint8Array<ArrayBuffer> }),
      signal,
    });
    const body = await readBody(response, where);
    const { status } = response;
    if (response.ok || request.alsoFine?.includes(status)) {
      return { status, contentType: response.headers.get('content-type') ?? '', body };
    }
    return refusal(where, response);
  } catch (cause) {
    if (server.signal?.aborted) throw server.signal.reason;
    if (isChromarayError(cause)) throw cause;
    if (time.aborted) {
      const seconds = (server.timeout ?? 120_000) / 1000;
      return new Failure(dicomWebError('TIMEOUT', `${where} did not answer within ${seconds} s`, cause), true);
    }
    if (response !== undefined) {
      return new Failure(dicomWebError('CUT', `${where} ended its answer in the middle`, cause), true);
    }
    return new Failure(dicomWebError('UNREACHABLE', `${where} cannot be reached: ${reasonOf(cause)}`, cause), true);
  }
}

async function readBody(response: Response, where: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk as Uint8Array);
    length += (chunk as Uint8Array).length;
    if (length > largestBody) {
      throw dicomWebError('MALFORMED', `${where} sends an answer of more than ${largestBody} bytes`);
    }
  }
  return Buffer.concat(chunks, length);
}

function refusal(where: string, response: Response): Failure {
  const { status } = response;
  const after = Number(response.headers.get('retry-after') ?? Number.NaN) * 1000;
  const details = { status };
  const fail = (fault: Parameters<typeof dicomWebError>[0], found: string): Failure =>
    new Failure(
      dicomWebError(fault, `${where} ${found} (status ${status})`, undefined, details),
      passing.has(status),
      Number.isFinite(after) ? after : undefined,
    );
  if (status === 401 || status === 403) return fail('UNAUTHORISED', 'does not accept who asks');
  if (status === 404) return fail('NOT_FOUND', 'does not know what was asked for');
  if (status >= 500 || status === 429 || status === 408) return fail('SERVER', 'has failed');
  return fail('REFUSED', 'refuses the request');
}

/** Host and path without the query, which may hold what patients are found by. */
function nameOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function reasonOf(cause: unknown): string {
  const inner = (cause as Error).cause as (Error & { code?: string }) | undefined;
  return (inner?.code ?? inner?.message ?? (cause as Error).message).replace(/\.$/, '');
}
