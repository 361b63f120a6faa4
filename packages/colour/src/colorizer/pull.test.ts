import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import { wellBehaved, writeNetwork } from '@chromaray/testing/networks';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { installedColorizers } from './installed.js';
import { type PullColorizerOptions, pullColorizer } from './pull.js';
import type { KnownColorizer } from './registry.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let content: Buffer;
let server: Server;
let answers: Answer[];
let ranges: (string | undefined)[];
let folder: string;

beforeAll(() => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'chromaray-pull-')), 'tiny.onnx');
  // A pattern makes the file large enough to be cut in two.
  content = readFileSync(
    writeNetwork(file, wellBehaved('ddcolor', { kind: 'position', side: 256, fixed: true, scale: [0, 0], ramp: 2 })),
  );
});

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'chromaray-pulled-'));
  answers = [];
  ranges = [];
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    (answers.shift() ?? whole)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => void server.close());

/** Serves the file, or the part asked for when the version is still the same. */
const whole: Answer = (request, response) => send(request, response, content.length);

function send(request: IncomingMessage, response: ServerResponse, until: number, tag = '"v1"', body = content): void {
  const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
  const start = range && request.headers['if-range'] === tag ? Number(range[1]) : 0;
  response.writeHead(start > 0 ? 206 : 200, { etag: tag, 'content-length': body.length - start });
  if (until <= start) {
    // Node does not call back after an empty write.
    response.flushHeaders();
    setTimeout(() => response.destroy(), 5);
    return;
  }
  response.write(body.subarray(start, until), () => {
    if (until < body.length) response.destroy();
    else response.end();
  });
}

const cutAt =
  (until: number, tag?: string): Answer =>
  (request, response) =>
    send(request, response, until, tag);
const status =
  (code: number): Answer =>
  (_, response) =>
    response.writeHead(code).end();

/** Compared at once: looking at each byte in turn takes seconds. */
function isContent(file: string): boolean {
  return readFileSync(file).equals(content);
}

function pull(change: Partial<KnownColorizer> = {}, options: PullColorizerOptions = {}) {
  const { port } = server.address() as AddressInfo;
  const known: KnownColorizer = {
    name: 'tiny',
    contract: 'ddcolor',
    url: `http://127.0.0.1:${port}/tiny.onnx`,
    bytes: content.length,
    sha256: sha256(content),
    licence: 'MIT',
    source: 'https://example.org',
    note: '',
    ...change,
  };
  return pullColorizer('tiny', { folder, known: [known], ...options });
}

const code = (what: string) => expect.objectContaining({ code: `CHROMARAY_COLORIZER_${what}` });

describe('pullColorizer', () => {
  it('downloads, reports how far it is, verifies, installs, and does not ask again', async () => {
    const shares: number[] = [];
    const installed = await pull({}, { onProgress: ({ done, total }) => shares.push(done / total!) });
    expect(installed).toMatchObject({ name: 'tiny', sha256: sha256(content), licence: 'MIT' });
    expect(isContent(installed.file)).toBe(true);
    expect(shares.at(-1)).toBe(1);
    await pull();
    expect(ranges).toEqual([undefined]);
    expect(readdirSync(path.join(folder, 'downloads'))).toEqual([]);
  });

  it('takes a broken connection up where it broke', async () => {
    answers = [cutAt(1000), cutAt(50_000)];
    const { file } = await pull();
    expect(isContent(file)).toBe(true);
    expect(ranges[0]).toBeUndefined();
    expect(ranges.length).toBeGreaterThanOrEqual(2);
    expect(ranges.at(-1)).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it('starts anew when the file on the server has changed in between', async () => {
    answers = [cutAt(1000, '"v0"')];
    expect(isContent((await pull()).file)).toBe(true);
  });

  it('gives up when nothing more comes, keeps what has come, and goes on in the next run', async () => {
    answers = [
      cutAt(60_000),
      ...Array.from(
        { length: 6 },
        (): Answer => (request, response) => {
          const start = Number(/\d+/.exec(request.headers.range ?? '0')![0]);
          send(request, response, start);
        },
      ),
    ];
    await expect(pull()).rejects.toThrow(code('CUT_OFF'));
    const part = path.join(folder, 'downloads', 'tiny.onnx.part');
    const kept = statSync(part).size;
    expect(kept).toBeGreaterThan(0);
    answers = [];
    await pull();
    expect(ranges.at(-1)).toBe(`bytes=${kept}-`);
    expect(existsSync(part)).toBe(false);
  });

  it('stops on Ctrl-C and keeps what has come', async () => {
    const controller = new AbortController();
    answers = [
      (request, response) => {
        send(request, response, content.length - 1);
      },
    ];
    const pulling = pull({}, { signal: controller.signal, onProgress: () => controller.abort(new Error('Ctrl-C')) });
    await expect(pulling).rejects.toThrow('Ctrl-C');
    expect(installedColorizers(folder)).toEqual([]);
  });

  it('throws a file with another hash away', async () => {
    await expect(pull({ sha256: '0'.repeat(64) })).rejects.toThrow(code('HASH'));
    expect(installedColorizers(folder)).toEqual([]);
    expect(readdirSync(path.join(folder, 'downloads'))).toEqual([]);
  });

  it('distinguishes a moved file, a server in trouble and no server at all, each with the way by hand', async () => {
    answers = [status(404), status(500), status(401)];
    for (const what of ['NOT_FOUND', 'SERVER', 'SERVER']) {
      const error = await pull().catch((reason) => reason);
      expect(error).toEqual(code(what));
      expect(error.remedy).toContain('chromaray colorizer add <file.onnx> --contract ddcolor --name tiny');
    }
    await expect(pull({ url: 'http://127.0.0.1:1/tiny.onnx' })).rejects.toThrow(code('OFFLINE'));
  });

  it('asks before it trusts a file whose hash is not published', async () => {
    await expect(pull({ sha256: null })).rejects.toThrow(code('UNPINNED'));
    expect(ranges).toEqual([]);
    await expect(pull({ sha256: null }, { sha256: 'f'.repeat(64) })).rejects.toThrow(code('HASH'));
    expect((await pull({ sha256: null }, { trustFirst: true })).sha256).toBe(sha256(content));
  });

  it('says what to do where there is nothing to download, and guesses names', async () => {
    await expect(pull({ url: null })).rejects.toThrow(code('NO_ADDRESS'));
    await expect(pullColorizer('deoldify-artistik', { folder })).rejects.toThrow(code('UNKNOWN'));
  });
});
