import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sha256 } from '@chromaray/base';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { blobOf, noise, trialId } from '../conformance.test-support.js';
import { folderExchange } from '../folder/folder-exchange.js';
import { httpExchange } from '../http/http-exchange.js';
import { serveExchange } from '../http/serve-exchange.js';
import { FaultyLink } from './faulty-link.test-support.js';
import { kill, type Started, start } from './processes.test-support.js';
import { hidden, never, ServedExchange, through, token } from './served-exchange.test-support.js';

let here: ServedExchange;
beforeAll(async () => {
  here = await ServedExchange.start();
});
afterAll(() => here.stop());
afterEach(() => FaultyLink.stopAll());

describe('a server that', () => {
  let child: Started;
  let folder: string;
  let port: number;
  const serve = async (): Promise<void> => {
    child = start(['serve', folder, '127.0.0.2', String(port)], { CHROMARAY_EXCHANGE_TOKEN: token });
    port = Number(new URL(await child.line()).port);
  };
  beforeAll(async () => {
    folder = path.join(here.root, 'own');
    port = 0;
    await folderExchange(folder).put(here.blob, here.packFile, never);
    await serve();
  });
  afterAll(() => kill(child));

  it('is killed and started again while a pack is fetched: it is fetched on', async () => {
    const link = await FaultyLink.to(`http://127.0.0.2:${port}`, () => ({ bytesPerSecond: 2_000_000 }));
    const file = here.target();
    const fetching = through(link).fetch(here.blob, file, never);
    await wait(800);
    await kill(child);
    await wait(500);
    await serve();
    await fetching;
    expect(sha256(readFileSync(file))).toBe(here.blob.sha256);
    await link.stop();
  });

  it('is killed and started again while a result is published, at any moment: it is published whole', async () => {
    const model = noise(2_000_000, 9);
    const file = path.join(here.root, 'model-killed');
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
    const file = here.target();
    child.kill('SIGSTOP');
    const fetching = httpExchange(`http://127.0.0.2:${port}`, { token }).fetch(here.blob, file, never);
    await wait(5000);
    child.kill('SIGCONT');
    await fetching;
    expect(sha256(readFileSync(file))).toBe(here.blob.sha256);
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
    const link = await FaultyLink.to(here.server.address, () => ({ bytesPerSecond: 1_000_000 }));
    const file = here.target();
    const child = start(['fetch', link.address, here.blob.sha256, String(here.blob.bytes), file], {
      CHROMARAY_EXCHANGE_TOKEN: token,
    });
    await expect
      .poll(() => (existsSync(path.dirname(file)) ? hidden(path.dirname(file)).length : 0), { timeout: 30_000 })
      .toBe(1);
    await wait(1500);
    await kill(child);
    await link.stop();
    const half = await FaultyLink.to(here.server.address, () => ({ cutAfter: 4_900_000 }));
    await through(half).fetch(here.blob, file, never);
    // Less than a whole pack was needed, or the connection would have been cut.
    expect(half.connections).toBe(1);
    expect(sha256(readFileSync(file))).toBe(here.blob.sha256);
    expect(hidden(path.dirname(file))).toEqual([]);
    await half.stop();
  });

  it('while it publishes, six times, leaves nothing or a whole result, and what it half wrote is swept', async () => {
    const folder = path.join(here.root, 'half');
    const exchange = folderExchange(folder);
    const model = noise(500_000, 12);
    const file = path.join(here.root, 'model-half');
    writeFileSync(file, model);
    const list = path.join(here.root, 'list-half');
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
      const folder = path.join(here.root, `races-${place.length}`);
      const own = await serveExchange({ folder, token, onDefect: (error) => console.error(error) });
      const address = place === 'a folder' ? folder : own.address;
      const file = path.join(here.root, 'model-race');
      writeFileSync(file, 'network');
      const trials = Array.from({ length: 200 }, (_, i) => trialId(`race ${place} ${i}`));
      const list = path.join(here.root, `list-${place.length}`);
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
