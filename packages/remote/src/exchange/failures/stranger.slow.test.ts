import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blobOf, trialId } from '../conformance.test-support.js';
import { folderExchange } from '../folder/folder-exchange.js';
import { httpExchange } from '../http/http-exchange.js';
import { askRaw } from './requests.test-support.js';
import { hidden, never, ServedExchange, token } from './served-exchange.test-support.js';

let here: ServedExchange;
beforeAll(async () => {
  here = await ServedExchange.start();
});
afterAll(() => here.stop());

describe('a stranger', () => {
  const authorized = `Host: HOST\r\nAuthorization: Bearer ${token}`;
  const raw = (head: string, body: string | Buffer = ''): Promise<string> => {
    const { host } = new URL(here.server.address);
    return askRaw(
      here.server.address,
      Buffer.concat([Buffer.from(`${head.replace('HOST', host)}\r\n\r\n`), Buffer.from(body)]),
    );
  };
  const status = (said: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1]);

  it.each(['a-wrong-token-of-this-length', '', `${token}x`])('with the token "%s" is let nowhere', async (wrong) => {
    const exchange = httpExchange(here.server.address, { token: wrong, patience: 0 });
    for (const attempt of [
      () => exchange.check(never),
      () => exchange.fetch(here.blob, here.target(), never),
      () => exchange.put(blobOf(Buffer.from('x')), here.packFile, never),
      () => exchange.workers(never),
      () => exchange.removeBlob(here.blob, never),
    ])
      await expect(attempt()).rejects.toSatisfy((error: { code: string; message: string }) => {
        expect(error.message).not.toContain(wrong === '' ? 'Bearer' : wrong);
        // After twenty wrong ones, wrong tokens are also told to wait.
        return ['CHROMARAY_EXCHANGE_REFUSED', 'CHROMARAY_EXCHANGE_UNREACHABLE', 'CHROMARAY_EXCHANGE_DAMAGED'].includes(
          error.code,
        );
      });
    await folderExchange(here.served).fetch(here.blob, here.target(), never);
  });

  const outside = [
    '../secret',
    '..%2fsecret',
    '%2e%2e/secret',
    'blobs/../../secret',
    'blobs/..%2f..%2fsecret',
    '/etc/passwd',
    'blobs',
    'blobs/',
    'trials',
    `blobs/${'A'.repeat(64)}`,
    `blobs/${'a'.repeat(64)}%00`,
    'workers/../../secret',
    'workers/.hidden',
    'workers/%2e%2e',
  ];
  it.each(outside)('who asks for %s gets nothing, and writes nothing', async (name) => {
    writeFileSync(path.join(here.root, 'secret'), 'patient');
    const before = readdirSync(here.root).sort();
    for (const folder of ['objects', 'folders'])
      for (const method of ['GET', 'PUT', 'DELETE', 'HEAD']) {
        const body = method === 'PUT' ? 'x' : '';
        const digest = `Repr-Digest: sha-256=:${Buffer.from(sha256('x'), 'hex').toString('base64')}:`;
        const said = await raw(
          `${method} /api/exchange/${folder}/${name} HTTP/1.1\r\n${authorized}\r\nConnection: close\r\nContent-Length: ${body.length}\r\n${digest}`,
          body,
        );
        expect(status(said)).toBeGreaterThanOrEqual(400);
        expect(status(said)).toBeLessThan(500);
        expect(said).not.toContain('patient');
      }
    expect(readdirSync(here.root).sort()).toEqual(before);
    expect(readFileSync(path.join(here.root, 'secret'), 'utf8')).toBe('patient');
  });

  const put = (headers: string, body: string | Buffer, name = sha256('hello')): Promise<string> =>
    raw(
      `PUT /api/exchange/objects/blobs/${name}?how=once HTTP/1.1\r\n${authorized}\r\nConnection: close\r\n${headers}`,
      body,
    );
  const digest = (text: string) => `Repr-Digest: sha-256=:${Buffer.from(sha256(text), 'hex').toString('base64')}:`;
  it.each<[string, string, string]>([
    ['without size', `Transfer-Encoding: chunked\r\n${digest('hello')}`, '5\r\nhello\r\n0\r\n\r\n'],
    ['without hash', 'Content-Length: 5', 'hello'],
    ['with another hash', `Content-Length: 5\r\n${digest('other')}`, 'hello'],
    ['with a hash that is none', 'Content-Length: 5\r\nRepr-Digest: sha-256=:AAAA:', 'hello'],
    ['of other bytes than its hash', `Content-Length: 5\r\n${digest('hello')}`, 'jello'],
    ['said to be larger than a disk', `Content-Length: 999999999999999\r\n${digest('hello')}`, 'hello'],
    ['with a size that is none', `Content-Length: -5\r\n${digest('hello')}`, 'hello'],
    ['with two sizes', `Content-Length: 5\r\nContent-Length: 6\r\n${digest('hello')}`, 'hello'],
    ['that ends early', `Content-Length: 50\r\n${digest('hello')}`, 'hello'],
  ])('who sends a file %s leaves nothing', async (_, headers, body) => {
    const said = await put(headers, body);
    expect(said === '' || status(said) >= 400).toBe(true);
    await expect.poll(() => hidden(path.join(here.served, 'blobs')), { timeout: 10_000 }).toEqual([]);
    expect(existsSync(path.join(here.served, 'blobs', sha256('hello')))).toBe(false);
  });

  it('who sends more than was said has the rest read as no request of his', async () => {
    const said = await put(`Content-Length: 5\r\n${digest('hello')}`, 'hello and more');
    expect([200, 400]).toContain(status(said));
    const kept = path.join(here.served, 'blobs', sha256('hello'), 'content');
    if (existsSync(kept)) expect(readFileSync(kept, 'utf8')).toBe('hello');
    await folderExchange(here.served).removeBlob(blobOf(Buffer.from('hello')), never);
  });

  it('who holds the token cannot write over a result', async () => {
    const trial = trialId('kept');
    const model = path.join(here.root, 'model-kept');
    writeFileSync(model, 'm');
    const result = { numbers: '[1]', notes: '', model: blobOf(Buffer.from('m')) };
    await folderExchange(here.served).publish(trial, result, model, never);
    const said = await raw(
      `PUT /api/exchange/objects/trials/${trial}/result?how=replace HTTP/1.1\r\n${authorized}\r\nConnection: close\r\nContent-Length: 5\r\n${digest('hello')}`,
      'hello',
    );
    expect(said).toContain('{"written":false}');
    expect(await folderExchange(here.served).result(trial, never)).toEqual(result);
  });
});
