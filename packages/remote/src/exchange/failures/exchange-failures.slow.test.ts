import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sha256 } from '@chromaray/base';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { blobOf, noise, note, trialId } from '../conformance.test-support.js';
import type { BlobName } from '../exchange.js';
import { folderExchange } from '../folder/folder-exchange.js';
import { httpExchange } from '../http/http-exchange.js';
import { type ExchangeServer, serveExchange } from '../http/serve-exchange.js';
import { type Fault, FaultyLink } from './faulty-link.test-support.js';
import { kill, type Started, start } from './processes.test-support.js';
import { askRaw } from './requests.test-support.js';

const never = new AbortController().signal;
const token = 'a-token-of-this-laboratory';
const isRoot = process.getuid?.() === 0 && process.platform === 'linux';
const needsRoot = isRoot ? '' : ' (skipped: needs root, to mount file systems and make networks)';

let root: string;
let served: string;
let server: ExchangeServer;
let pack: Buffer;
let packFile: string;
let blob: BlobName;
let files = 0;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'chromaray-failures-'));
  served = path.join(root, 'served');
  server = await serveExchange({ folder: served, token, host: '127.0.0.2', onDefect: (error) => console.error(error) });
  pack = noise(5_000_000, 1);
  packFile = path.join(root, 'pack');
  writeFileSync(packFile, pack);
  blob = blobOf(pack);
  await folderExchange(served).put(blob, packFile, never);
});
afterAll(async () => {
  await server.stop();
  rmSync(root, { recursive: true, force: true });
});

afterEach(() => FaultyLink.stopAll());

const target = (): string => path.join(root, 'fetched', String(files++));
const through = (link: FaultyLink, patience = 20_000) => httpExchange(link.address, { token, patience });
const hidden = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => path.basename(name).startsWith('.'));

/** Fetches the pack over a line with a fault. @returns how many connections it took */
async function fetchOver(fault: (connection: number) => Fault): Promise<number> {
  const link = await FaultyLink.to(server.address, fault);
  try {
    const file = target();
    await through(link).fetch(blob, file, never);
    expect(sha256(readFileSync(file))).toBe(blob.sha256);
    expect(hidden(path.dirname(file))).toEqual([]);
    return link.connections;
  } finally {
    await link.stop();
  }
}

describe('a pack fetched over a line', () => {
  it.each<[string, (connection: number) => Fault, number]>([
    ['that is cut politely in the middle', (n) => (n === 0 ? { cutAfter: 2_000_000, politely: true } : {}), 2],
    ['that is reset in the middle', (n) => (n === 0 ? { cutAfter: 2_000_000 } : {}), 2],
    ['that is reset each megabyte', () => ({ cutAfter: 1_000_000 }), 6],
    ['that is reset in the head of the answer', (n) => (n < 3 ? { cutAfter: 100 } : {}), 4],
    ['that is reset before the first byte', (n) => (n < 3 ? { cutAfter: 0 } : {}), 4],
    ['that turns a bit of the first transfer', (n) => (n === 0 ? { flipAt: 3_000_000 } : {}), 2],
    ['that turns a bit of the first two transfers', (n) => (n < 2 ? { flipAt: 3_000_000 } : {}), 3],
    ['of half a megabyte a second', () => ({ bytesPerSecond: 500_000 }), 1],
  ])('%s, arrives whole', async (_, fault, connections) => {
    expect(await fetchOver(fault)).toBe(connections);
  });

  it('that always turns a bit never arrives', async () => {
    const link = await FaultyLink.to(server.address, () => ({ flipAt: 3_000_000 }));
    const file = target();
    await expect(through(link).fetch(blob, file, never)).rejects.toMatchObject({ code: 'CHROMARAY_EXCHANGE_DAMAGED' });
    expect(existsSync(file)).toBe(false);
    expect(hidden(path.dirname(file))).toEqual([]);
    await link.stop();
  });

  it('that stays dead fails when patience ends, and what arrived serves the next try', async () => {
    const link = await FaultyLink.to(server.address, (n) => ({ cutAfter: n === 0 ? 3_000_000 : 0 }));
    const file = target();
    const exchange = through(link, 300);
    await expect(exchange.fetch(blob, file, never)).rejects.toMatchObject({
      code: 'CHROMARAY_EXCHANGE_UNREACHABLE',
    });
    const [partial] = hidden(path.dirname(file));
    expect(statSync(path.join(path.dirname(file), partial!)).size).toBeGreaterThan(1_000_000);
    await link.stop();
    const rest = await FaultyLink.to(server.address, () => ({}));
    await through(rest).fetch(blob, file, never);
    expect(sha256(readFileSync(file))).toBe(blob.sha256);
    expect(hidden(path.dirname(file))).toEqual([]);
    await rest.stop();
  });
});

describe('a file put over a line', () => {
  it.each<[string, (connection: number) => Fault]>([
    ['that is reset in the middle of it', (n) => (n < 2 ? { cutUploadAfter: 1_000_000 } : {})],
    ['that turns a bit of it', (n) => (n < 2 ? { flipUploadAt: 1_500_000 } : {})],
    ['whose answer is lost', (n) => (n < 3 ? { cutAfter: 10 } : {})],
  ])('%s, is there once, whole', async (_, fault) => {
    const content = noise(3_000_000, 100 + files);
    const file = path.join(root, `put-${files++}`);
    writeFileSync(file, content);
    const link = await FaultyLink.to(server.address, fault);
    await through(link).put(blobOf(content), file, never);
    const back = target();
    await folderExchange(served).fetch(blobOf(content), back, never);
    expect(readFileSync(back).equals(content)).toBe(true);
    expect(hidden(served)).toEqual([]);
    await link.stop();
  });

  it('is the first result also where the answer to its publishing was lost', async () => {
    const trial = trialId(`lost ${files}`);
    const model = path.join(root, `model-${files++}`);
    writeFileSync(model, 'network');
    const result = { numbers: '[1]', notes: 'mine', model: blobOf(Buffer.from('network')) };
    // The network goes over the first connection, the result over the second.
    const link = await FaultyLink.to(server.address, (n) => (n === 1 ? { cutAfter: 5 } : {}));
    expect(await through(link).publish(trial, result, model, never)).toBe('first');
    expect(link.connections).toBeGreaterThan(2);
    await link.stop();
  });
});

describe('a server that', () => {
  let child: Started;
  let folder: string;
  let port: number;
  const serve = async (): Promise<void> => {
    child = start(['serve', folder, '127.0.0.2', String(port)], { CHROMARAY_EXCHANGE_TOKEN: token });
    port = Number(new URL(await child.line()).port);
  };
  beforeAll(async () => {
    folder = path.join(root, 'own');
    port = 0;
    await folderExchange(folder).put(blob, packFile, never);
    await serve();
  });
  afterAll(() => kill(child));

  it('is killed and started again while a pack is fetched: it is fetched on', async () => {
    const link = await FaultyLink.to(`http://127.0.0.2:${port}`, () => ({ bytesPerSecond: 2_000_000 }));
    const file = target();
    const fetching = through(link).fetch(blob, file, never);
    await wait(800);
    await kill(child);
    await wait(500);
    await serve();
    await fetching;
    expect(sha256(readFileSync(file))).toBe(blob.sha256);
    await link.stop();
  });

  it('is killed and started again while a result is published, at any moment: it is published whole', async () => {
    const model = noise(2_000_000, 9);
    const file = path.join(root, 'model-killed');
    writeFileSync(file, model);
    for (let round = 0; round < 5; round++) {
      const trial = trialId(`killed ${round}`);
      const exchange = httpExchange(`http://127.0.0.2:${port}`, { token, patience: 60_000 });
      const publishing = exchange.publish(trial, { numbers: '[1]', notes: '', model: blobOf(model) }, file, never);
      await wait(round * 12);
      await kill(child);
      await serve();
      expect(['first', 'same']).toContain(await publishing);
      expect(await folderExchange(folder).result(trial, never)).toMatchObject({ numbers: '[1]' });
      await folderExchange(folder).remove(trial, never);
    }
  });

  it('is frozen for five seconds and thawed: what was asked is answered', async () => {
    const file = target();
    child.kill('SIGSTOP');
    const fetching = httpExchange(`http://127.0.0.2:${port}`, { token }).fetch(blob, file, never);
    await wait(5000);
    child.kill('SIGCONT');
    await fetching;
    expect(sha256(readFileSync(file))).toBe(blob.sha256);
  });

  it('is gone says so at once where no patience is wanted', async () => {
    await kill(child);
    const exchange = httpExchange(`http://127.0.0.2:${port}`, { token });
    await expect(exchange.check(never)).rejects.toMatchObject({
      code: 'CHROMARAY_EXCHANGE_UNREACHABLE',
      message: expect.stringContaining('nothing listens there'),
    });
    await expect(httpExchange('https://no-such-host.invalid', { token }).check(never)).rejects.toMatchObject({
      code: 'CHROMARAY_EXCHANGE_UNREACHABLE',
    });
  });
});

describe('a worker killed', () => {
  it('while it fetches leaves a part that the next one takes up', async () => {
    const link = await FaultyLink.to(server.address, () => ({ bytesPerSecond: 1_000_000 }));
    const file = target();
    const child = start(['fetch', link.address, blob.sha256, String(blob.bytes), file], {
      CHROMARAY_EXCHANGE_TOKEN: token,
    });
    await expect
      .poll(() => (existsSync(path.dirname(file)) ? hidden(path.dirname(file)).length : 0), { timeout: 30_000 })
      .toBe(1);
    await wait(1500);
    await kill(child);
    await link.stop();
    const half = await FaultyLink.to(server.address, () => ({ cutAfter: 4_900_000 }));
    await through(half).fetch(blob, file, never);
    // Less than a whole pack was needed, or the connection would have been cut.
    expect(half.connections).toBe(1);
    expect(sha256(readFileSync(file))).toBe(blob.sha256);
    expect(hidden(path.dirname(file))).toEqual([]);
    await half.stop();
  });

  it('while it publishes, six times, leaves nothing or a whole result, and what it half wrote is swept', async () => {
    const folder = path.join(root, 'half');
    const exchange = folderExchange(folder);
    const model = noise(500_000, 12);
    const file = path.join(root, 'model-half');
    writeFileSync(file, model);
    const list = path.join(root, 'list-half');
    const trials = Array.from({ length: 100 }, (_, i) => trialId(`half ${i}`));
    writeFileSync(list, JSON.stringify({ trials, model: blobOf(model) }));
    for (let round = 0; round < 6; round++) {
      const child = start(['publish', folder, file, '[1]', list]);
      await child.line();
      child.stdin.write('go');
      await wait(20 + round * 30);
      await kill(child);
      for (const trial of trials) {
        const result = await exchange.result(trial, never);
        if (result !== null) expect(result.numbers).toBe('[1]');
      }
    }
    const longAgo = Date.now() / 1000 - 7200;
    for (const name of hidden(folder)) {
      const inside = path.join(folder, name, 'content');
      if (existsSync(inside)) utimesSync(inside, longAgo, longAgo);
      utimesSync(path.join(folder, name), longAgo, longAgo);
    }
    await folderExchange(folder).cancel(trialId('sweeping'), never);
    expect(hidden(folder)).toEqual([]);
  });
});

describe('several processes that publish the same trials at once', () => {
  it.each(['a folder', 'a server'])(
    'on %s: 200 races, each with one first, and the others as they are',
    async (place) => {
      const folder = path.join(root, `races-${place.length}`);
      const own = await serveExchange({ folder, token, onDefect: (error) => console.error(error) });
      const address = place === 'a folder' ? folder : own.address;
      const file = path.join(root, 'model-race');
      writeFileSync(file, 'network');
      const trials = Array.from({ length: 200 }, (_, i) => trialId(`race ${place} ${i}`));
      const list = path.join(root, `list-${place.length}`);
      writeFileSync(list, JSON.stringify({ trials, model: blobOf(Buffer.from('network')) }));
      const numbers = ['[1]', '[1]', '[2]'];
      const racers = numbers.map((bits) =>
        start(['publish', address, file, bits, list], { CHROMARAY_EXCHANGE_TOKEN: token }),
      );
      await Promise.all(racers.map((racer) => racer.line()));
      for (const racer of racers) racer.stdin.write('go');
      const outcomes = await Promise.all(racers.map(async (racer) => JSON.parse(await racer.line()) as string[]));
      const exchange = folderExchange(folder);
      for (const [i, trial] of trials.entries()) {
        const first = (await exchange.result(trial, never))!.numbers;
        const said = outcomes.map((all) => all[i]);
        expect(said.filter((outcome) => outcome === 'first')).toHaveLength(1);
        expect(numbers[said.indexOf('first')]).toBe(first);
        for (const [j, outcome] of said.entries())
          if (outcome !== 'first') expect(outcome).toBe(numbers[j] === first ? 'same' : 'different');
        expect(await exchange.conflicts(trial, never)).toHaveLength(1);
      }
      await own.stop();
    },
  );
});

describe('a disk', () => {
  const mounted: string[] = [];
  const mount = (name: string, options: string): string => {
    const folder = path.join(root, name);
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
    mounted.push(folder);
    return folder;
  };
  afterAll(() => {
    for (const folder of mounted) execFileSync('umount', ['-l', folder]);
  });

  it.skipIf(!isRoot)(
    `of a worker that is full: said so, nothing half left, and all well with room${needsRoot}`,
    async () => {
      const small = mount('small-worker', 'size=3m');
      const exchange = httpExchange(server.address, { token, patience: 500 });
      await expect(exchange.fetch(blob, path.join(small, 'pack'), never)).rejects.toMatchObject({
        code: 'CHROMARAY_FILE_WRITE',
        message: expect.stringContaining('the disk is full'),
      });
      expect(readdirSync(small)).toEqual([]);
      execFileSync('mount', ['-o', 'remount,size=20m', small]);
      await exchange.fetch(blob, path.join(small, 'pack'), never);
    },
  );

  it.skipIf(!isRoot)(
    `of the exchange that is full: waited for, and written when there is room${needsRoot}`,
    async () => {
      const small = mount('small-exchange', 'size=3m');
      const own = await serveExchange({ folder: small, token, onDefect: (error) => console.error(error) });
      const short = httpExchange(own.address, { token, patience: 500 });
      const full = { code: 'CHROMARAY_EXCHANGE_FULL' };
      await expect(short.put(blob, packFile, never)).rejects.toMatchObject(full);
      await expect(folderExchange(small, { patience: 500 }).put(blob, packFile, never)).rejects.toMatchObject(full);
      expect(hidden(small)).toEqual([]);
      const putting = httpExchange(own.address, { token, patience: 60_000 }).put(blob, packFile, never);
      await wait(1500);
      execFileSync('mount', ['-o', 'remount,size=20m', small]);
      await putting;
      await folderExchange(small).fetch(blob, target(), never);
      await own.stop();
    },
  );

  it.skipIf(!isRoot)(`of the exchange that is read-only: said so before anything is trained${needsRoot}`, async () => {
    const small = mount('read-only', 'size=8m');
    await folderExchange(small).put(blob, packFile, never);
    execFileSync('mount', ['-o', 'remount,ro', small]);
    const own = await serveExchange({ folder: small, token, onDefect: (error) => console.error(error) });
    const refused = { code: 'CHROMARAY_EXCHANGE_REFUSED', message: expect.stringContaining('read-only') };
    await expect(folderExchange(small).check(never)).rejects.toMatchObject(refused);
    await expect(httpExchange(own.address, { token }).check(never)).rejects.toMatchObject(refused);
    await folderExchange(small).fetch(blob, target(), never);
    await own.stop();
  });
});

describe('a stranger', () => {
  const authorized = `Host: HOST\r\nAuthorization: Bearer ${token}`;
  const raw = (head: string, body: string | Buffer = ''): Promise<string> => {
    const { host } = new URL(server.address);
    return askRaw(
      server.address,
      Buffer.concat([Buffer.from(`${head.replace('HOST', host)}\r\n\r\n`), Buffer.from(body)]),
    );
  };
  const status = (said: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1]);

  it.each(['a-wrong-token-of-this-length', '', `${token}x`])('with the token "%s" is let nowhere', async (wrong) => {
    const exchange = httpExchange(server.address, { token: wrong, patience: 0 });
    for (const attempt of [
      () => exchange.check(never),
      () => exchange.fetch(blob, target(), never),
      () => exchange.put(blobOf(Buffer.from('x')), packFile, never),
      () => exchange.workers(never),
      () => exchange.removeBlob(blob, never),
    ])
      await expect(attempt()).rejects.toSatisfy((error: { code: string; message: string }) => {
        expect(error.message).not.toContain(wrong === '' ? 'Bearer' : wrong);
        // After twenty wrong ones, wrong tokens are also told to wait.
        return ['CHROMARAY_EXCHANGE_REFUSED', 'CHROMARAY_EXCHANGE_UNREACHABLE', 'CHROMARAY_EXCHANGE_DAMAGED'].includes(
          error.code,
        );
      });
    await folderExchange(served).fetch(blob, target(), never);
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
    writeFileSync(path.join(root, 'secret'), 'patient');
    const before = readdirSync(root).sort();
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
    expect(readdirSync(root).sort()).toEqual(before);
    expect(readFileSync(path.join(root, 'secret'), 'utf8')).toBe('patient');
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
    await expect.poll(() => hidden(path.join(served, 'blobs')), { timeout: 10_000 }).toEqual([]);
    expect(existsSync(path.join(served, 'blobs', sha256('hello')))).toBe(false);
  });

  it('who sends more than was said has the rest read as no request of his', async () => {
    const said = await put(`Content-Length: 5\r\n${digest('hello')}`, 'hello and more');
    expect([200, 400]).toContain(status(said));
    const kept = path.join(served, 'blobs', sha256('hello'), 'content');
    if (existsSync(kept)) expect(readFileSync(kept, 'utf8')).toBe('hello');
    await folderExchange(served).removeBlob(blobOf(Buffer.from('hello')), never);
  });

  it('who holds the token cannot write over a result', async () => {
    const trial = trialId('kept');
    const model = path.join(root, 'model-kept');
    writeFileSync(model, 'm');
    const result = { numbers: '[1]', notes: '', model: blobOf(Buffer.from('m')) };
    await folderExchange(served).publish(trial, result, model, never);
    const said = await raw(
      `PUT /api/exchange/objects/trials/${trial}/result?how=replace HTTP/1.1\r\n${authorized}\r\nConnection: close\r\nContent-Length: 5\r\n${digest('hello')}`,
      'hello',
    );
    expect(said).toContain('{"written":false}');
    expect(await folderExchange(served).result(trial, never)).toEqual(result);
  });
});

describe('a clock', () => {
  it.each([-1, 1])('of a worker or a coordinator that is wrong by %d hour changes nothing', async (hours) => {
    const clock = Date.now;
    const exchange = httpExchange(server.address, { token });
    try {
      Date.now = () => clock() + hours * 3_600_000;
      await exchange.announce(note(`skewed${hours}`, { validSeconds: 60 }), never);
      const names = (await exchange.workers(never)).map(({ worker }) => worker);
      expect(names).toContain(`skewed${hours}`);
      expect(await folderExchange(served).workers(never)).toHaveLength(names.length);
    } finally {
      Date.now = clock;
    }
    expect((await exchange.workers(never)).map(({ worker }) => worker)).toContain(`skewed${hours}`);
  });
});
