/**
 * Downloads a large file over HTTP so that nothing is lost: bytes go into `<target>.part`, which stays when the
 * connection ends, and the next try asks for the rest of the same version only (`Range` with `If-Range`). What the
 * server does is bounded: bytes, time, the pace at which bytes come, and where it may send us to.
 */
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { bytes, duration, isChromarayError, writeError } from '@chromaray/base';
import { type InstallArea, installCode, installCommands, installError } from '../fault.js';
import { partOf, received, remember, resumeHeaders, versionOf } from './partial-file.js';
import { followed } from './redirects.js';

export interface DownloadOptions {
  /** Whose errors are thrown. */
  readonly area: InstallArea;
  readonly url: string;
  readonly target: string;
  /** What to do without a network; ends errors that another try would not mend. */
  readonly byHand: string;
  readonly signal?: AbortSignal;
  /** Bytes so far, and in all where the server says. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number | undefined }) => void;
  readonly limits?: Partial<DownloadLimits>;
}

export interface DownloadLimits {
  /** Most bytes of the whole file. */
  readonly bytes: number;
  /** Longest time for all attempts together, in milliseconds. */
  readonly milliseconds: number;
  /** A connection that brings fewer than `paceBytes` in `paceMilliseconds` counts as broken. */
  readonly paceMilliseconds: number;
  readonly paceBytes: number;
}

/**
 * Twice the largest network that is published for any of this; a night at the pace of a modem; and a pace below which no
 * network is waited for.
 */
export const downloadLimits: DownloadLimits = {
  bytes: 2 * 2 ** 30,
  milliseconds: 6 * 3_600_000,
  paceMilliseconds: 60_000,
  paceBytes: 2 ** 16,
};

/** So often a connection that breaks is taken up again before the download gives up. */
const tries = 4;

/**
 * @throws ChromarayError of the area: `_OFFLINE` when the server cannot be reached, `_NOT_FOUND` (404, 410),
 *   `_SERVER` for any other refusal and for redirections that are not followed, `_CUT_OFF` when the connection breaks or
 *   stalls again and again, `_TOO_LARGE`, `_TOO_SLOW`; `CHROMARAY_FILE_WRITE`
 * @throws the signal's reason when aborted; what has come so far is kept
 */
export async function download(options: DownloadOptions): Promise<void> {
  const limits = { ...downloadLimits, ...options.limits };
  const deadline = AbortSignal.timeout(limits.milliseconds);
  if (received(options.target) > limits.bytes) rmSync(partOf(options.target), { force: true });
  for (let left = tries; ; left--) {
    const before = received(options.target);
    const finished = await attempt(options, limits, deadline);
    if (finished) break;
    // A connection that brings something each time is taken up again as often as the time allows.
    if (received(options.target) >= before + limits.paceBytes) left = tries;
    if (left <= 1) throw cutOff(options);
  }
  renameSync(partOf(options.target), options.target);
  rmSync(versionOf(options.target), { force: true });
}

/** One request; true when the file is whole, false when the connection broke or stalled. */
async function attempt(options: DownloadOptions, limits: DownloadLimits, deadline: AbortSignal): Promise<boolean> {
  const { target, signal } = options;
  const pace = new Pace(limits);
  const signals = AbortSignal.any([pace.signal, deadline, ...(signal ? [signal] : [])]);
  const stopped = (): boolean => {
    signal?.throwIfAborted();
    if (deadline.aborted) throw tooSlow(options, limits);
    return pace.signal.aborted;
  };
  let descriptor: number | undefined;
  try {
    const asked = resumeHeaders(target);
    const response = await request(options, asked, signals, stopped);
    if (response === undefined) return false;
    const start = startOf(response, asked, target);
    if (start === undefined) return false;
    if (!response.ok || response.body === null) throw refused(response, options);
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    const total = Number.isFinite(length) ? start + length : undefined;
    if (total !== undefined && total > limits.bytes) throw tooLarge(options, limits);
    remember(target, response);
    let done = start;
    descriptor = open(partOf(target), start > 0);
    for await (const chunk of response.body) {
      done += chunk.length;
      if (done > limits.bytes) throw tooLarge(options, limits);
      write(descriptor, chunk, target);
      pace.add(chunk.length);
      options.onProgress?.({ done, total });
    }
    return total === undefined || done >= total;
  } catch (error) {
    if (isChromarayError(error)) {
      if (error.code === installCode(options.area, 'TOO_LARGE')) forget(target);
      throw error;
    }
    stopped();
    return false;
  } finally {
    pace.end();
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Undefined when the server stalled before it answered. */
async function request(
  { area, url, byHand }: DownloadOptions,
  asked: Readonly<Record<string, string>>,
  signal: AbortSignal,
  stopped: () => boolean,
): Promise<Response | undefined> {
  try {
    // Without compression the length announced is the length that comes.
    return await followed(area, url, { headers: { 'accept-encoding': 'identity', ...asked }, signal });
  } catch (cause) {
    if (isChromarayError(cause)) throw cause;
    if (stopped()) return undefined;
    const reason = ((cause as Error).cause as NodeJS.ErrnoException | undefined)?.code ?? (cause as Error).message;
    throw installError(area, 'OFFLINE', {
      message: `${url} cannot be reached (${reason}).`,
      remedy: `Check the connection and run the command again, or ${byHand}`,
      cause,
      details: { url, reason },
    });
  }
}

/** Where in the file the answer begins; undefined when what has come cannot be continued and was thrown away. */
function startOf(
  { status, headers }: Response,
  asked: Readonly<Record<string, string>>,
  target: string,
): number | undefined {
  if (status !== 206 && status !== 416) return 0;
  const start = received(target);
  const [, from] = /^bytes (\d+)-/.exec(headers.get('content-range') ?? '') ?? [];
  if (status === 206 && asked.range !== undefined && (from === undefined || Number(from) === start)) return start;
  forget(target);
  return undefined;
}

/** Ends a connection that brings too little: a server that sends a byte now and then would hold it for ever. */
class Pace {
  private readonly controller = new AbortController();
  private readonly timer: ReturnType<typeof setInterval>;
  private came = 0;

  constructor({ paceMilliseconds, paceBytes }: DownloadLimits) {
    this.timer = setInterval(() => {
      if (this.came < paceBytes) this.controller.abort();
      this.came = 0;
    }, paceMilliseconds);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  add(count: number): void {
    this.came += count;
  }

  end(): void {
    clearInterval(this.timer);
  }
}

function refused({ status, statusText }: Response, { area, url, byHand }: DownloadOptions) {
  const gone = status === 404 || status === 410;
  return installError(area, gone ? 'NOT_FOUND' : 'SERVER', {
    message: `${url} answers ${status} ${statusText}`.trim().concat('.'),
    remedy: gone
      ? `The file has moved: find it by its source (${installCommands[area]} list) and ${byHand}`
      : `Run the command again later, or ${byHand}`,
    details: { url, status },
  });
}

function cutOff({ area, url, target }: DownloadOptions) {
  return installError(area, 'CUT_OFF', {
    message: `The connection to ${url} broke or stalled after ${bytes(received(target))}, ${tries} times in a row.`,
    remedy: 'Run the command again: it resumes where it stopped.',
    details: { url, received: received(target) },
  });
}

function tooLarge({ area, url, byHand }: DownloadOptions, limits: DownloadLimits) {
  return installError(area, 'TOO_LARGE', {
    message: `${url} sends more than ${bytes(limits.bytes)} (${limits.bytes} bytes), the most that the file may have; what came was thrown away.`,
    remedy: `The file there is another than expected: ${byHand}`,
    details: { url, limit: limits.bytes },
  });
}

function tooSlow({ area, url, target, byHand }: DownloadOptions, limits: DownloadLimits) {
  return installError(area, 'TOO_SLOW', {
    message: `The download of ${url} is not done after ${duration(limits.milliseconds / 1000)}; ${bytes(received(target))} have come.`,
    remedy: `Run the command again, which resumes where it stopped, or ${byHand}`,
    details: { url, received: received(target) },
  });
}

function forget(target: string): void {
  rmSync(partOf(target), { force: true });
  rmSync(versionOf(target), { force: true });
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
