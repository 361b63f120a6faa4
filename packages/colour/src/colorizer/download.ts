/**
 * Downloads a large file over HTTP so that nothing is lost: bytes go into `<target>.part`, which stays when the
 * connection ends, and the next try asks for the rest of the same version only (`Range` with `If-Range`).
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { isChromarayError, writeError, writeFileAtomic } from '@chromaray/base';
import { colorizerError } from './colorizer-error.js';

export interface DownloadOptions {
  readonly url: string;
  readonly target: string;
  /** What to do without a network; ends errors that another try would not mend. */
  readonly byHand: string;
  readonly signal?: AbortSignal;
  /** Bytes so far, and in all where the server tells. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number | undefined }) => void;
}

/** So often a connection that breaks is taken up again before the download gives up. */
const tries = 4;

/**
 * @throws ChromarayError `CHROMARAY_COLORIZER_OFFLINE` when the server cannot be reached, `_NOT_FOUND` (404, 410),
 *   `_SERVER` for any other refusal, `_CUT_OFF` when the connection breaks again and again; `CHROMARAY_FILE_WRITE`
 * @throws the signal's reason when aborted; what has come so far is kept
 */
export async function download(options: DownloadOptions): Promise<void> {
  for (let left = tries; ; left--) {
    const before = received(options.target);
    const finished = await attempt(options);
    if (finished) break;
    // A connection that brings something each time may go on for as long as it likes.
    if (received(options.target) > before) left = tries;
    if (left <= 1) throw cutOff(options);
  }
  renameSync(part(options.target), options.target);
  rmSync(version(options.target), { force: true });
}

/** One request; true when the file is whole, false when the connection broke. */
async function attempt(options: DownloadOptions): Promise<boolean> {
  const { target, signal } = options;
  const response = await request(options);
  if (response.status === 416) {
    rmSync(part(target), { force: true });
    return false;
  }
  if (!response.ok || response.body === null) throw refused(response, options);
  const resumed = response.status === 206;
  const start = resumed ? received(target) : 0;
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  const total = Number.isFinite(length) ? start + length : undefined;
  remember(target, response);
  let done = start;
  const descriptor = open(part(target), resumed);
  try {
    for await (const chunk of response.body) {
      write(descriptor, chunk, target);
      done += chunk.length;
      options.onProgress?.({ done, total });
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (isChromarayError(error)) throw error;
    return false;
  } finally {
    closeSync(descriptor);
  }
  return total === undefined || done >= total;
}

async function request({ url, target, byHand, signal }: DownloadOptions): Promise<Response> {
  const start = received(target);
  const tag = start > 0 && existsSync(version(target)) ? readFileSync(version(target), 'utf8') : undefined;
  // Without compression the length told is the length that comes.
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (tag !== undefined) Object.assign(headers, { range: `bytes=${start}-`, 'if-range': tag });
  try {
    return await fetch(url, { headers, ...(signal && { signal }) });
  } catch (cause) {
    signal?.throwIfAborted();
    const reason = ((cause as Error).cause as NodeJS.ErrnoException | undefined)?.code ?? (cause as Error).message;
    throw colorizerError('OFFLINE', {
      message: `${url} cannot be reached (${reason}).`,
      remedy: `Check the connection and run the command again, or ${byHand}`,
      cause,
      details: { url, reason },
    });
  }
}

function refused({ status, statusText }: Response, { url, byHand }: DownloadOptions) {
  const gone = status === 404 || status === 410;
  return colorizerError(gone ? 'NOT_FOUND' : 'SERVER', {
    message: `${url} answers ${status} ${statusText}`.trim().concat('.'),
    remedy: gone
      ? `The file has moved: find it by its source (chromaray colorizer list) and ${byHand}`
      : `Run the command again later, or ${byHand}`,
    details: { url, status },
  });
}

function cutOff({ url, target }: DownloadOptions) {
  return colorizerError('CUT_OFF', {
    message: `The connection to ${url} broke after ${received(target)} bytes, ${tries} times in a row.`,
    remedy: 'Run the command again: it resumes where it stopped.',
    details: { url, received: received(target) },
  });
}

function part(target: string): string {
  return `${target}.part`;
}

/** Holds the version of the part on disk: the server's ETag or date. */
function version(target: string): string {
  return `${target}.version`;
}

function received(target: string): number {
  return existsSync(part(target)) ? statSync(part(target)).size : 0;
}

/** A weak ETag does not promise the same bytes, so that it cannot be resumed by. */
function remember(target: string, { headers }: Response): void {
  const tag = headers.get('etag');
  const mark = tag !== null && !tag.startsWith('W/') ? tag : headers.get('last-modified');
  if (mark === null) rmSync(version(target), { force: true });
  else writeFileAtomic(version(target), mark);
}

function open(file: string, append: boolean): number {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    return openSync(file, append ? 'a' : 'w');
  } catch (error) {
    throw writeError(file, error);
  }
}

function write(descriptor: number, chunk: Uint8Array, target: string): void {
  try {
    for (let done = 0; done < chunk.length; ) done += writeSync(descriptor, chunk, done);
  } catch (error) {
    throw writeError(target, error);
  }
}
