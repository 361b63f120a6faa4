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
  /** Most bytes of the answer, unpacked. Default 64 MiB: lists of objects have far fewer. */
  readonly mostBytes?: number;
}

const mostBytesUsually = 2 ** 26;
/** However long a server asks to be left alone. */
const longestWait = 30_000;
/** Servers move a path once, or add a slash to it; more is a circle. */
const mostRedirects = 3;
/** What passes by itself: overload, restarts, gateways (RFC 9110, 15.6; RFC 6585, 4). */
const passing = new Set([408, 429, 500, 502, 503, 504]);

/**
 * Sends a request and reads the whole answer. Failures that may pass (no connection, a connection cut in the
 * middle, overload) are tried again with growing waits; all requests here may be repeated without harm. Every attempt
 * is bounded in time and every answer in bytes, after unpacking.
 *
 * A redirection is followed to the same scheme, host and port only, and for a POST only where it keeps method and
 * body: patient data and credentials go to the server that was named, and to nobody whom it names.
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
    response = await followed(server, url, request, signal);
    const { status } = response;
    if (!response.ok && !request.alsoFine?.includes(status)) {
      // What an error page says is of no use here, and may be endless.
      void response.body?.cancel().catch(() => {});
      return refusal(where, response);
    }
    const body = await readBody(response, where, request.mostBytes ?? mostBytesUsually);
    return { status, contentType: response.headers.get('content-type') ?? '', body };
  } catch (cause) {
    if (server.signal?.aborted) throw server.signal.reason;
    if (isChromarayError(cause)) throw cause;
    if (time.aborted) {
      const seconds = (server.timeout ?? 120_000) / 1000;
      return new Failure(dicomWebError('TIMEOUT', `${where} did not answer within ${seconds} s`, cause), true);
    }
    if (response !== undefined) {
      return new Failure(dicomWebError('CUT', `${where} sent an incomplete answer`, cause), true);
    }
    return new Failure(dicomWebError('UNREACHABLE', `${where} cannot be reached: ${reasonOf(cause)}`, cause), true);
  }
}

/** The answer behind redirections that may be followed. */
async function followed(
  server: DicomWebServer,
  url: string,
  request: RequestToSend,
  signal: AbortSignal,
): Promise<Response> {
  for (let [at, redirects] = [url, 0]; ; redirects++) {
    const response = await fetch(at, {
      method: request.method,
      redirect: 'manual',
      headers: {
        accept: request.accept,
        ...(request.contentType && { 'content-type': request.contentType }),
        ...(server.authorization && { authorization: server.authorization }),
      },
      ...(request.body && { body: request.body as Uint8Array<ArrayBuffer> }),
      signal,
    });
    if (!isRedirection(response.status)) return response;
    void response.body?.cancel().catch(() => {});
    if (redirects === mostRedirects) {
      throw dicomWebError('REFUSED', `${nameOf(url)} redirects more than ${mostRedirects} times`);
    }
    at = redirectionOf(at, request.method, response);
  }
}

/** RFC 9110, 15.4. */
function isRedirection(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function redirectionOf(from: string, method: RequestToSend['method'], { status, headers }: Response): string {
  const location = headers.get('location') ?? '';
  const where = nameOf(from);
  if (location === '' || !URL.canParse(location, from)) {
    throw dicomWebError('MALFORMED', `${where} redirects to no address (status ${status})`);
  }
  const to = new URL(location, from);
  if (to.origin !== new URL(from).origin) {
    throw dicomWebError('REFUSED', `${where} redirects to ${to.origin}, which is another server (status ${status})`);
  }
  if (method === 'POST' && status !== 307 && status !== 308) {
    throw dicomWebError('REFUSED', `${where} redirects an object to be stored, without its content (status ${status})`);
  }
  return to.href;
}

async function readBody(response: Response, where: string, mostBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk as Uint8Array);
    length += (chunk as Uint8Array).length;
    if (length > mostBytes) {
      throw dicomWebError('MALFORMED', `${where} sends an answer of more than ${mostBytes} bytes`);
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
  if (status === 401 || status === 403) return fail('UNAUTHORISED', 'does not accept the credentials');
  if (status === 404) return fail('NOT_FOUND', 'has nothing at this address');
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
