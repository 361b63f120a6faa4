import {
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
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blobOf, conforms, noise, note, trialId } from '../conformance.test-support.js';
import { spoilFile } from '../spoil-file.test-support.js';
import { folderExchange } from './folder-exchange.js';

const never = new AbortController().signal;

conforms('a folder', async () => {
  const root = mkdtempSync(path.join(tmpdir(), 'chromaray-folder-'));
  return {
    exchange: folderExchange(root, { patience: 0 }),
    spoil: (key) => spoilFile(root, key),
    stop: () => rmSync(root, { recursive: true, force: true }),
  };
});

describe('a folder as an exchange', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), 'chromaray-folder-'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('is readable by its owner alone', async () => {
    const folder = path.join(root, 'private');
    const exchange = folderExchange(folder);
    const content = path.join(root, 'content');
    writeFileSync(content, 'x');
    await exchange.put(blobOf(Buffer.from('x')), content, never);
    await exchange.announce(note('one'), never);
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
      expect(statSync(path.join(entry.parentPath, entry.name)).mode & 0o077).toBe(0);
  });

  it('judges notes by the clock of the folder, not by that of the worker', async () => {
    const folder = path.join(root, 'clock');
    const exchange = folderExchange(folder);
    await exchange.announce(note('now'), never);
    await exchange.announce(note('late'), never);
    const hourAgo = Date.now() / 1000 - 3601;
    utimesSync(path.join(folder, 'workers/late'), hourAgo, hourAgo);
    expect((await exchange.workers(never)).map(({ worker }) => worker)).toEqual(['now']);
  });

  it('removes what killed processes left half written, and nothing that is being written', async () => {
    const folder = path.join(root, 'stale');
    const hidden = path.join(folder, 'blobs');
    mkdirSync(path.join(hidden, '.0123456789ab.writing'), { recursive: true });
    mkdirSync(path.join(hidden, '.ab0123456789.writing'));
    writeFileSync(path.join(hidden, '.ab0123456789.writing', 'content'), 'growing');
    const longAgo = Date.now() / 1000 - 7200;
    utimesSync(path.join(hidden, '.0123456789ab.writing'), longAgo, longAgo);
    utimesSync(path.join(hidden, '.ab0123456789.writing'), longAgo, longAgo);
    await folderExchange(folder).cancel(trialId('x'), never);
    expect(readdirSync(hidden)).toEqual(['.ab0123456789.writing']);
  });

  it('says what to do about a path that can be no folder', async () => {
    const file = path.join(root, 'a-file');
    writeFileSync(file, '');
    const exchange = folderExchange(path.join(file, 'below'), { patience: 0 });
    await expect(exchange.check(never)).rejects.toMatchObject({ code: 'CHROMARAY_EXCHANGE_ADDRESS' });
  });

  it('takes up a partial file of a process that is gone, and not one that is written to', async () => {
    const folder = path.join(root, 'partial');
    const exchange = folderExchange(folder);
    const content = noise(100_000, 3);
    const source = path.join(root, 'source');
    writeFileSync(source, content);
    await exchange.put(blobOf(content), source, never);
    const target = path.join(root, 'target', 'blob');
    mkdirSync(path.dirname(target));
    const host = (await import('node:os')).hostname().replaceAll(/[^A-Za-z0-9-]/g, '_');
    const gone = path.join(path.dirname(target), `.blob.${host}.4194399.0123456789ab.part`);
    const alive = path.join(path.dirname(target), `.blob.${host}.1.0123456789ab.part`);
    writeFileSync(gone, content.subarray(0, 60_000));
    writeFileSync(alive, content.subarray(0, 50_000));
    await exchange.fetch(blobOf(content), target, never);
    expect(readFileSync(target).equals(content)).toBe(true);
    expect(readdirSync(path.dirname(target)).sort()).toEqual([path.basename(alive), 'blob']);
  });
});
