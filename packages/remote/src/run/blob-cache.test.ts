import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BlobName } from '../exchange/exchange.js';
import { BlobCache } from './blob-cache.js';

const never = new AbortController().signal;
const contents = ['first', 'other', 'third'].map((text) => Buffer.from(text));
const [first, other, third] = contents.map((content) => ({ sha256: sha256(content), bytes: 5 })) as [
  BlobName,
  BlobName,
  BlobName,
];

let folder: string;
let fetched: string[];
const exchange = {
  async fetch({ sha256: name }: BlobName, file: string): Promise<void> {
    await Promise.resolve();
    const content = contents.find((one) => sha256(one) === name)!;
    fetched.push(content.toString());
    writeFileSync(file, content);
  },
};
const cache = (mostBytes?: number) => new BlobCache(folder, exchange, mostBytes);
const read = (one: BlobCache, blobs: readonly BlobName[]) =>
  one.lend(blobs, never, (file) => Promise.resolve(blobs.map((blob) => readFileSync(file(blob), 'utf8'))));
const kept = () => readdirSync(folder).filter((name) => name.endsWith('.blob'));

beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'chromaray-cache-')), 'cache');
  fetched = [];
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true }));

describe('a cache of packs', () => {
  it('fetches once what several trials read, at once or later', async () => {
    const one = cache();
    expect(await Promise.all([read(one, [first, other]), read(one, [other, first, first])])).toEqual([
      ['first', 'other'],
      ['other', 'first', 'first'],
    ]);
    await read(cache(), [first]);
    expect(fetched.sort()).toEqual(['first', 'other']);
    expect(readdirSync(folder).sort()).toEqual(kept().sort());
  });

  it('fetches again what is damaged', async () => {
    await read(cache(), [first]);
    writeFileSync(path.join(folder, kept()[0]!), 'fiRst');
    expect(await read(cache(), [first])).toEqual(['first']);
    expect(fetched).toEqual(['first', 'first']);
  });

  it('makes room by what was not used for the longest time', async () => {
    const one = cache(10);
    await read(one, [first]);
    await read(one, [other]);
    utimesSync(path.join(folder, `${first.sha256}.blob`), 1, 1);
    utimesSync(path.join(folder, `${other.sha256}.blob`), 2, 2);
    await read(one, [first]);
    await read(one, [third]);
    expect(kept().sort()).toEqual([`${first.sha256}.blob`, `${third.sha256}.blob`].sort());
  });

  it('never removes what another worker of the folder reads, unless that was killed', async () => {
    let end = (): void => {};
    const reading = cache(5).lend(
      [first],
      never,
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    await expect.poll(() => existsSync(path.join(folder, `${first.sha256}.blob`))).toBe(true);
    await expect(read(cache(5), [other])).rejects.toMatchObject({ code: 'CHROMARAY_CACHE_SMALL' });
    const [mark] = readdirSync(folder).filter((name) => name.endsWith('.use'));
    end();
    await reading;
    writeFileSync(path.join(folder, mark!.replace(`.${process.pid}.`, '.4194399.')), '');
    expect(await read(cache(5), [other])).toEqual(['other']);
    expect(kept()).toEqual([`${other.sha256}.blob`]);
  });

  it('that may hold less than a trial needs says so before it fetches', async () => {
    await expect(read(cache(9), [first, other])).rejects.toMatchObject({ code: 'CHROMARAY_CACHE_SMALL' });
    expect(fetched).toEqual([]);
  });
});
