import { programVersion } from '@chromaray/base';
import { misfit, nodeMajor, type OpenQueue } from '@chromaray/remote';
import { trialTask } from '@chromaray/testing/trial-task';
import { executionProfile } from '@chromaray/trials';
import { describe, expect, it } from 'vitest';
import { Capacity, machineHere } from './capacity.js';

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
  it('takes what it would compute with the bits asked for, and no other', () => {
    const machine = machineHere(limits);
    expect(misfit(open, machine)).toBeUndefined();
    expect(misfit({ ...open, profile: { ...open.profile, processor: 'pdp11' } }, machine)).toContain('pdp11');
    expect(misfit({ ...open, profile: { ...open.profile, precision: 'bfloat16' } }, machine)).toBe(
      'does not compute in bfloat16',
    );
  });

  it('takes no more at once than its threads and its memory hold', () => {
    const capacity = new Capacity(limits);
    capacity.take(open);
    expect(capacity.hasRoomFor(open)).toBe(true);
    expect(capacity.hasRoomFor({ ...open, memoryBytes: 6e9 })).toBe(false);
    expect(capacity.full).toBe(false);
    capacity.take(open);
    expect(capacity.full).toBe(true);
    expect(capacity.hasRoomFor({ ...open, memoryBytes: 0 })).toBe(false);
    expect(capacity.freeMemoryBytes).toBe(2e9);
    capacity.give(open);
    expect(capacity.full).toBe(false);
    expect(capacity.hasRoomFor(open)).toBe(true);
  });
});
