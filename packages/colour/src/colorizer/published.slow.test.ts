import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installedColorizers } from './installed.js';
import { pullColorizer } from './pull.js';
import { knownColorizers } from './registry.js';

/** The entry as it is published: only where it is fetched from is another. Nobody here has the file itself. */
const published = knownColorizers().find(({ name }) => name === 'deoldify-artistic')!;
const block = Buffer.alloc(2 ** 20, 7);

let folder: string;
let server: Server;
/** What the server has, and after how many bytes it breaks the next connections. */
let size: number;
let breaks: number[];
let starts: number[];

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'chromaray-published-'));
  [size, breaks, starts] = [published.bytes!, [], []];
  server = createServer((request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    starts.push(start);
    response.writeHead(start > 0 ? 206 : 200, {
      etag: '"v1"',
      'content-length': size - start,
      ...(start > 0 && { 'content-range': `bytes ${start}-${size - 1}/${size}` }),
    });
    const until = Math.min(size, start + (breaks.shift() ?? size));
    Readable.from(blocks(until - start))
      .on('end', () => until < size && setTimeout(() => response.destroy(), 5))
      .pipe(response, { end: until === size });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function* blocks(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= block.length) yield block.subarray(0, Math.min(left, block.length));
}

function pull() {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/deoldify_artistic.onnx`;
  return pullColorizer(published.name, { folder, known: [{ ...published, url }] });
}

const code = (what: string) => expect.objectContaining({ code: `CHROMARAY_COLORIZER_${what}` });

describe(`a download of ${published.name}, whose published size is ${published.bytes} bytes`, () => {
  it('of the right size and other content is refused by the published hash and thrown away', async () => {
    await expect(pull()).rejects.toEqual(code('HASH'));
    expect(installedColorizers(folder)).toEqual([]);
    expect(readdirSync(path.join(folder, 'downloads'))).toEqual([]);
  }, 120_000);

  it('that breaks is taken up where it broke, and checked as a whole', async () => {
    breaks = [100_000_000, 50_000_000];
    await expect(pull()).rejects.toEqual(code('HASH'));
    expect(starts).toHaveLength(3);
    expect(starts[0]).toBe(0);
    expect(starts[1]).toBeGreaterThan(0);
    expect(starts[2]).toBeGreaterThan(starts[1]!);
  }, 120_000);

  it('of one byte more is left before anything comes; of one byte less it has another hash', async () => {
    size = published.bytes! + 1;
    await expect(pull()).rejects.toEqual(code('TOO_LARGE'));
    expect(existsSync(path.join(folder, 'downloads', `${published.name}.onnx.part`))).toBe(false);
    size = published.bytes! - 1;
    await expect(pull()).rejects.toEqual(code('HASH'));
    expect(installedColorizers(folder)).toEqual([]);
  }, 120_000);
});
