import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { blobOf, noise, note, trialId } from '../conformance.test-support.js';
import { folderExchange } from '../folder/folder-exchange.js';
import { httpExchange } from '../http/http-exchange.js';
import { type Fault, FaultyLink } from './faulty-link.test-support.js';
import { hidden, never, ServedExchange, through, token } from './served-exchange.test-support.js';

let here: ServedExchange;
beforeAll(async () => {
  here = await ServedExchange.start();
});
afterAll(() => here.stop());
afterEach(() => FaultyLink.stopAll());

/** Fetches the pack over a line with a fault. @returns how many connections it took */
async function fetchOver(fault: (connection: number) => Fault): Promise<number> {
  const link = await FaultyLink.to(here.server.address, fault);
  try {
    const file = here.target();
    await through(link).fetch(here.blob, file, never);
    expect(sha256(readFileSync(file))).toBe(here.blob.sha256);
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
    const took = await fetchOver(fault);
    expect(took).toBeGreaterThanOrEqual(connections);
    // A reset takes what has arrived and was not read yet: on a busy machine a little more is asked for again.
    expect(took).toBeLessThanOrEqual(connections + 3);
  });

  it('that always turns a bit never arrives', async () => {
    const link = await FaultyLink.to(here.server.address, () => ({ flipAt: 3_000_000 }));
    const file = here.target();
    await expect(through(link).fetch(here.blob, file, never)).rejects.toMatchObject({
      code: 'CHROMARAY_EXCHANGE_DAMAGED',
    });
    expect(existsSync(file)).toBe(false);
    expect(hidden(path.dirname(file))).toEqual([]);
    await link.stop();
  });

  it('that stays dead fails when patience ends, and what arrived serves the next try', async () => {
    const link = await FaultyLink.to(here.server.address, (n) => ({ cutAfter: n === 0 ? 3_000_000 : 0 }));
    const file = here.target();
    const exchange = through(link, 300);
    await expect(exchange.fetch(here.blob, file, never)).rejects.toMatchObject({
      code: 'CHROMARAY_EXCHANGE_UNREACHABLE',
    });
    const [partial] = hidden(path.dirname(file));
    expect(statSync(path.join(path.dirname(file), partial!)).size).toBeGreaterThan(1_000_000);
    await link.stop();
    const rest = await FaultyLink.to(here.server.address, () => ({}));
    await through(rest).fetch(here.blob, file, never);
    expect(sha256(readFileSync(file))).toBe(here.blob.sha256);
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
    const content = noise(3_000_000, 100 + here.next());
    const file = path.join(here.root, `put-${here.next()}`);
    writeFileSync(file, content);
    const link = await FaultyLink.to(here.server.address, fault);
    await through(link).put(blobOf(content), file, never);
    const back = here.target();
    await folderExchange(here.served).fetch(blobOf(content), back, never);
    expect(readFileSync(back).equals(content)).toBe(true);
    expect(hidden(here.served)).toEqual([]);
    await link.stop();
  });

  it('is the first result also where the answer to its publishing was lost', async () => {
    const trial = trialId(`lost ${here.next()}`);
    const model = path.join(here.root, `model-${here.next()}`);
    writeFileSync(model, 'network');
    const result = { numbers: '[1]', notes: 'mine', model: blobOf(Buffer.from('network')) };
    // The network goes over the first connection, the result over the second.
    const link = await FaultyLink.to(here.server.address, (n) => (n === 1 ? { cutAfter: 5 } : {}));
    expect(await through(link).publish(trial, result, model, never)).toBe('first');
    expect(link.connections).toBeGreaterThan(2);
    await link.stop();
  });
});

describe('a clock', () => {
  it.each([-1, 1])('of a worker or a coordinator that is wrong by %d hour changes nothing', async (hours) => {
    const clock = Date.now;
    const exchange = httpExchange(here.server.address, { token });
    try {
      Date.now = () => clock() + hours * 3_600_000;
      await exchange.announce(note(`skewed${hours}`, { validSeconds: 60 }), never);
      const names = (await exchange.workers(never)).map(({ worker }) => worker);
      expect(names).toContain(`skewed${hours}`);
      expect(await folderExchange(here.served).workers(never)).toHaveLength(names.length);
    } finally {
      Date.now = clock;
    }
    expect((await exchange.workers(never)).map(({ worker }) => worker)).toContain(`skewed${hours}`);
  });
});
