import { Random } from '@chromaray/base';
import { fingerprint, type GrayImage } from '@chromaray/imaging';
import { beforeAll, describe, expect, it } from 'vitest';
import { findNearDuplicates } from './find-near-duplicates.js';
import { landmarkTablesInThread } from './landmark-tables-in-thread.js';
import { type ComparedPicture, type NearDuplicate, type SearchTables, searchTables } from './picture-search.js';
import { searchInThreads, threadsFor } from './search-in-threads.js';

const side = 64;

/** Blobs of light: `brightness` makes an altered copy of the picture of the same seed. */
function clouds(seed: number, brightness: number): GrayImage {
  const random = new Random(`clouds ${seed}`);
  const spots = Array.from({ length: 10 }, () => [random.int(side), random.int(side), 3 + random.int(9)] as const);
  const data = Uint8Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    const light = spots.reduce((sum, [cx, cy, r]) => sum + Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * r * r)), 0);
    return Math.min(255, brightness * (30 + 70 * light));
  });
  return { width: side, height: side, data };
}

function tablesOf(pictures: readonly ComparedPicture[]): SearchTables {
  const steps = searchTables(pictures, () => false);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

describe('searchInThreads', () => {
  let pictures: readonly ComparedPicture[];
  let tables: SearchTables;
  let alone: readonly NearDuplicate[];
  beforeAll(() => {
    // Of every tenth picture there are twelve copies, which threads meet in different blocks.
    const seeds = Array.from({ length: 130 }, (_, i) => (i % 3 === 0 ? i % 10 : i));
    pictures = seeds.map((seed, i) => fingerprint(clouds(seed, 0.8 + 0.001 * i)));
    tables = tablesOf(pictures);
    alone = findNearDuplicates(pictures);
  });

  it.each([1, 3])('finds in %i threads the pairs that are found without, in their order', async (threads) => {
    expect(alone.length).toBeGreaterThan(20);
    const done: number[] = [];
    expect(await searchInThreads(tables, threads, (compared) => done.push(compared))).toEqual(alone);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(done.at(-1)).toBe(pictures.length);
  });

  it('sorts landmarks in a thread as without one', async () => {
    const packed = pictures.map(({ landmarks }) => landmarks);
    expect(await landmarkTablesInThread(packed)).toEqual(tables.landmarks);
    const reason = new Error('enough');
    await expect(landmarkTablesInThread(packed, AbortSignal.abort(reason))).rejects.toBe(reason);
    await expect(landmarkTablesInThread([null as never])).rejects.toThrow(TypeError);
  });

  it('ends when it is cancelled', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const search = searchInThreads(tables, 2, () => controller.abort(reason), controller.signal);
    await expect(search).rejects.toBe(reason);
    await expect(searchInThreads(tables, 2, undefined, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('throws what a thread threw', async () => {
    const broken = { ...tables, signatures: null as never };
    await expect(searchInThreads(broken, 2)).rejects.toThrow(TypeError);
  });

  it('starts no threads for few pictures', () => {
    expect(threadsFor(100)).toBe(1);
    expect(threadsFor(20_000)).toBeGreaterThanOrEqual(1);
    expect(threadsFor(20_000)).toBeLessThanOrEqual(8);
  });
});
