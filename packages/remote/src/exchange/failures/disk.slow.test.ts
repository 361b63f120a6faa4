import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderExchange } from '../folder/folder-exchange.js';
import { httpExchange } from '../http/http-exchange.js';
import { serveExchange } from '../http/serve-exchange.js';
import { hidden, never, ServedExchange, token } from './served-exchange.test-support.js';

let here: ServedExchange;
beforeAll(async () => {
  here = await ServedExchange.start();
});
afterAll(() => here.stop());

const isRoot = process.getuid?.() === 0 && process.platform === 'linux';
const needsRoot = isRoot ? '' : ' (skipped: needs root, to mount file systems and make networks)';

describe('a disk', () => {
  const mounted: string[] = [];
  const mount = (name: string, options: string): string => {
    const folder = path.join(here.root, name);
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
      const exchange = httpExchange(here.server.address, { token, patience: 500 });
      await expect(exchange.fetch(here.blob, path.join(small, 'pack'), never)).rejects.toMatchObject({
        code: 'CHROMARAY_FILE_WRITE',
        message: expect.stringContaining('the disk is full'),
      });
      expect(readdirSync(small)).toEqual([]);
      execFileSync('mount', ['-o', 'remount,size=20m', small]);
      await exchange.fetch(here.blob, path.join(small, 'pack'), never);
    },
  );

  it.skipIf(!isRoot)(
    `of the exchange that is full: waited for, and written when there is room${needsRoot}`,
    async () => {
      const small = mount('small-exchange', 'size=3m');
      const own = await serveExchange({ folder: small, token, onDefect: (error) => console.error(error) });
      const short = httpExchange(own.address, { token, patience: 500 });
      const full = { code: 'CHROMARAY_EXCHANGE_FULL' };
      await expect(short.put(here.blob, here.packFile, never)).rejects.toMatchObject(full);
      await expect(folderExchange(small, { patience: 500 }).put(here.blob, here.packFile, never)).rejects.toMatchObject(
        full,
      );
      expect(hidden(small)).toEqual([]);
      const putting = httpExchange(own.address, { token, patience: 60_000 }).put(here.blob, here.packFile, never);
      await wait(1500);
      execFileSync('mount', ['-o', 'remount,size=20m', small]);
      await putting;
      await folderExchange(small).fetch(here.blob, here.target(), never);
      await own.stop();
    },
  );

  it.skipIf(!isRoot)(`of the exchange that is read-only: said so before anything is trained${needsRoot}`, async () => {
    const small = mount('read-only', 'size=8m');
    await folderExchange(small).put(here.blob, here.packFile, never);
    execFileSync('mount', ['-o', 'remount,ro', small]);
    const own = await serveExchange({ folder: small, token, onDefect: (error) => console.error(error) });
    const refused = { code: 'CHROMARAY_EXCHANGE_REFUSED', message: expect.stringContaining('read-only') };
    await expect(folderExchange(small).check(never)).rejects.toMatchObject(refused);
    await expect(httpExchange(own.address, { token }).check(never)).rejects.toMatchObject(refused);
    await folderExchange(small).fetch(here.blob, here.target(), never);
    await own.stop();
  });
});
