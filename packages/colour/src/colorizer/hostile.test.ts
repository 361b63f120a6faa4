/** A download from a server that means no good: whatever it does ends soon, and nothing of it is installed. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import { installedState } from '@chromaray/installed';
import { wellBehaved, writeNetwork } from '@chromaray/testing/networks';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { installedColorizers } from './installed.js';
import { type PullColorizerOptions, pullColorizer } from './pull.js';
import type { KnownColorizer } from './registry.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let content: Buffer;
let folder: string;
let server: Server;
let answer: Answer;
let requests: string[];

beforeAll(() => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'chromaray-hostile-')), 'tiny.onnx');
  content = readFileSync(
    writeNetwork(file, wellBehaved('ddcolor', { kind: 'position', side: 256, fixed: true, scale: [0, 0], ramp: 2 })),
  );
});

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'chromaray-hostile-'));
  requests = [];
  server = createServer((request, response) => {
    requests.push(request.url!);
    response.on('error', () => {});
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const address = (name = 'tiny.onnx') => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;
const whole: Answer = (_, response) => response.writeHead(200, { 'content-length': content.length }).end(content);

function pull(change: Partial<KnownColorizer> = {}, limits: PullColorizerOptions['limits'] = {}) {
  const known: KnownColorizer = {
    ...{ name: 'tiny', contract: 'ddcolor', url: address(), bytes: content.length, sha256: sha256(content) },
    ...{ licence: 'MIT', source: 'https://example.org', note: '', ...change },
  };
  return pullColorizer('tiny', { folder, known: [known], trustFirst: true, limits });
}

const code = (what: string) => expect.objectContaining({ code: `CHROMARAY_COLORIZER_${what}` });
const downloads = () => readdirSync(path.join(folder, 'downloads'));

describe('a hostile server', () => {
  it.each([
    ['of a known size', () => content.length, 'TOO_LARGE'],
    ['of any size', () => null, 'TOO_LARGE'],
  ])('that never ends a file %s is left at the most bytes it may have', async (_, size, what) => {
    answer = (__, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (response.writable && response.write(Buffer.alloc(65_536))) {
          // Until the other side is slower.
        }
      };
      response.on('drain', more);
      more();
    };
    const limits = size() === null ? { bytes: 3_000_000 } : {};
    await expect(pull({ bytes: size() }, limits)).rejects.toEqual(code(what));
    expect(downloads()).toEqual([]);
  });

  it('that announces more than the file has is left before anything comes', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-length': content.length + 1 }).end(content);
    await expect(pull()).rejects.toEqual(code('TOO_LARGE'));
  });

  it('that sends a byte now and then, or none at all, is left after a few tries', async () => {
    const drip: Answer = (_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    };
    const silent: Answer = () => {};
    for (const one of [drip, silent]) {
      answer = one;
      await expect(pull({}, { paceMilliseconds: 200, paceBytes: 1000 })).rejects.toEqual(code('CUT_OFF'));
    }
    // On a busy machine a try may end before its request has arrived.
    expect(requests.length).toBeLessThanOrEqual(8);
  });

  it('that keeps its pace and never gets done is left when the time is over, and what came is kept', async () => {
    answer = (_, response) => {
      response.writeHead(200, { etag: '"v1"' });
      const timer = setInterval(() => response.write(Buffer.alloc(2000)), 20);
      response.on('close', () => clearInterval(timer));
    };
    const limits = { milliseconds: 1000, bytes: 1e9 };
    await expect(pull({ bytes: null }, limits)).rejects.toEqual(code('TOO_SLOW'));
    expect(downloads()).toContain('tiny.onnx.part');
  });

  it('that sends in a circle, to another protocol or to nowhere is not followed', async () => {
    for (const [location, found] of [
      ['/tiny.onnx', 'redirects more than 5 times'],
      ['ftp://127.0.0.1/tiny.onnx', 'redirects to ftp://127.0.0.1'],
      ['file:///etc/passwd', 'redirects to file://'],
      ['http://', 'redirects to no address'],
    ] as const) {
      answer = (_, response) => response.writeHead(302, { location }).end();
      const error = await pull().catch((reason) => reason);
      expect(error).toEqual(code('SERVER'));
      expect(error.message).toContain(found);
    }
  });

  it('may send to another path or host by the same protocol, since the hash decides', async () => {
    answer = (request, response) => {
      if (request.url === '/tiny.onnx') response.writeHead(302, { location: address('elsewhere') }).end();
      else whole(request, response);
    };
    expect((await pull()).sha256).toBe(sha256(content));
    expect(requests).toEqual(['/tiny.onnx', '/elsewhere']);
  });

  it.each([
    ['less than it announced', (body: Buffer) => body.subarray(0, 1000), 'CUT_OFF'],
    ['another file of the same size', (body: Buffer) => Buffer.alloc(body.length), 'HASH'],
    ['a shorter file', (body: Buffer) => body.subarray(0, 1000), 'HASH'],
  ])('that sends %s installs nothing', async (name, change, what) => {
    answer = (_, response) => {
      const body = change(content);
      const isCut = name.startsWith('less');
      response.writeHead(200, { 'content-length': isCut ? content.length : body.length });
      response.write(body, () => (isCut ? response.destroy() : response.end()));
    };
    await expect(pull()).rejects.toEqual(code(what));
    expect(installedColorizers(folder)).toEqual([]);
  });

  it('that answers with another part of the file than was asked for is asked for all of it', async () => {
    let first = true;
    answer = (_, response) => {
      if (first) {
        response.writeHead(200, { etag: '"v1"', 'content-length': content.length });
        response.write(content.subarray(0, 5000), () => response.destroy());
      } else if (requests.length === 2) {
        response.writeHead(206, { etag: '"v1"', 'content-range': `bytes 7-${content.length - 1}/${content.length}` });
        response.end(content.subarray(7));
      } else whole(_, response);
      first = false;
    };
    expect((await pull()).sha256).toBe(sha256(content));
  });
});

describe('what is installed', () => {
  it('is compared with its hash, and pulled again when it is damaged or gone', async () => {
    answer = whole;
    const installed = await pull();
    expect(await installedState(installed)).toBe('intact');
    await pull();
    expect(requests).toHaveLength(1);
    writeFileSync(installed.file, Buffer.concat([content, Buffer.of(0)]));
    expect(await installedState(installed)).toBe('changed');
    expect(await installedState(await pull())).toBe('intact');
    rmSync(installed.file);
    expect(await installedState(installed)).toBe('missing');
    expect(await installedState(await pull())).toBe('intact');
    expect(requests).toHaveLength(3);
    expect(existsSync(installed.file)).toBe(true);
  });
});
