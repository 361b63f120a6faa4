import { programVersion } from '@chromaray/base';
import { nodeMajor, type OpenQueue } from '@chromaray/remote';
import { trialTask } from '@chromaray/testing/trial-task';
import { executionProfile } from '@chromaray/trials';
import { describe, expect, it } from 'vitest';
import { Capacity, misfit } from './capacity.js';

const limits = { threads: 4, memoryBytes: 8e9 };
const open: OpenQueue = {
  format: 1,
  queue: 'a-b',
  study: 'colours',
  version: programVersion(),
  node: nodeMajor(),
  profile: executionProfile(trialTask().training, 2),
  memoryBytes: 3e9,
};

describe('a worker', () => {
  it('takes what it would compute with the bits asked for', () => {
    expect(misfit(open, limits)).toBeUndefined();
  });

  it.each<[fault: string, change: Partial<OpenQueue>, words: RegExp]>([
    ['another version', { version: '0.0.1' }, /for Chromaray 0\.0\.1, and this is/],
    ['another Node.js', { node: 18 }, /for Node\.js 18, and this is \d+/],
    ['another processor', { profile: { ...open.profile, processor: 'pdp11' } }, /pdp11, and this machine computes by/],
    ['another library', { profile: { ...open.profile, version: '0.1' } }, / 0\.1, .* and this machine computes by/],
    ['more threads than it may use', { profile: { ...open.profile, threads: 5 } }, /takes 5 threads, .* may use 4/],
    ['more memory than it may use', { memoryBytes: 9e9 }, /takes 8\.4.GiB of memory, .* may use 7\.5.GiB/],
  ])('leaves trials of %s to others and says why', (_, change, words) => {
    expect(misfit({ ...open, ...change }, limits)).toMatch(words);
  });

  it('takes no more at once than its threads and its memory hold', () => {
    const capacity = new Capacity(limits);
    capacity.take(open);
    expect(capacity.hasRoomFor(open)).toBe(true);
    expect(capacity.hasRoomFor({ ...open, memoryBytes: 6e9 })).toBe(false);
    capacity.take(open);
    expect(capacity.hasRoomFor({ ...open, memoryBytes: 0 })).toBe(false);
    capacity.give(open);
    expect(capacity.hasRoomFor(open)).toBe(true);
  });
});
