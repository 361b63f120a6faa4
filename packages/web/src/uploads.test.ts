import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from './serve-local.test-support.js';

let test: TestServer;
beforeAll(async () => {
  test = await TestServer.start({ bodyLimits: { '/api/upload': 4_000_000, '/api/command': 100 } });
});
afterAll(() => test.stop());

interface Upload {
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly sent: number;
}

/** Sends one part again and again, as fast as the server takes it, without saying how much will come. */
function upload(bytes: number, headers: Record<string, string> = {}): Promise<Upload> {
  const part = Buffer.alloc(2 ** 16, 7);
  const { hostname, port } = new URL(test.server.origin);
  return new Promise((resolve) => {
    let sent = 0;
    const asked = request({
      ...{ hostname, port, path: '/api/upload', method: 'POST' },
      headers: { Authorization: `Bearer ${test.server.token}`, ...headers },
    });
    const done = (status?: number, code?: string): void => resolve({ status, code, sent });
    asked.on('response', (answer) => {
      let text = '';
      answer.on('data', (more: Buffer) => {
        text += more.toString();
      });
      answer.on('end', () => {
        done(answer.statusCode, (JSON.parse(text) as { code?: string }).code);
        asked.destroy();
      });
    });
    // The server cut the connection while the client was still sending.
    asked.on('error', () => done());
    const more = (): void => {
      while (sent < bytes) {
        const size = Math.min(part.length, bytes - sent);
        sent += size;
        if (!asked.write(part.subarray(0, size))) return void asked.once('drain', more);
      }
      asked.end();
    };
    more();
  });
}

describe('uploads', () => {
  it('are written as they arrive', async () => {
    expect(await upload(3_000_000)).toMatchObject({ status: 200 });
    const file = readFileSync(path.join(test.root, 'upload'));
    expect([file.length, file.every((byte) => byte === 7)]).toEqual([3_000_000, true]);
  });

  it('of 1 GB to an address that takes 4 MB end early, leave nothing, and take no memory', async () => {
    const before = process.memoryUsage().rss;
    const { status, code, sent } = await upload(1e9);
    if (status !== undefined) expect([status, code]).toEqual([413, 'CHROMARAY_WEB_BODY_SIZE']);
    expect(sent).toBeLessThan(200_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
    expect(readdirSync(test.root).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('that state their size are refused before a byte is read', async () => {
    const { status, code } = await upload(2 ** 16, { 'Content-Length': '1000000000' });
    expect([status, code]).toEqual([413, 'CHROMARAY_WEB_BODY_SIZE']);
  });

  it('that end in the middle leave nothing', async () => {
    const { hostname, port } = new URL(test.server.origin);
    await new Promise<void>((resolve) => {
      const asked = request({
        ...{ hostname, port, path: '/api/upload', method: 'POST' },
        headers: { Authorization: `Bearer ${test.server.token}`, 'Content-Length': '1000000' },
      });
      asked.on('error', () => resolve());
      asked.write(Buffer.alloc(1000), () => setTimeout(() => asked.destroy(), 50));
    });
    await expect.poll(() => readdirSync(test.root).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(readFileSync(path.join(test.root, 'upload')).length).toBe(3_000_000);
  });

  it('an address with a limit of its own keeps it', async () => {
    const body = JSON.stringify({ seeds: 3, padding: 'x'.repeat(200) });
    const asked = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body };
    expect((await test.ask('/api/command', asked)).status).toBe(413);
  });
});
