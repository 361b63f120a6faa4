import { trialTask } from '@chromaray/testing/trial-task';
import { describe, expect, it } from 'vitest';
import { type Machine, misfit, misfitOfAnyProcessor, type WantedMachine } from './misfit.js';

const { profile } = trialTask();
const wanted: WantedMachine = { version: '0.1.0', node: 20, profile: { ...profile, threads: 2 }, memoryBytes: 3e9 };
const machine: Machine = {
  ...{ version: '0.1.0', node: 20, processor: 'x64 avx2', threads: 4, memoryBytes: 8e9 },
  offers: [{ backend: 'onnxruntime', version: '1', provider: 'cpu', precisions: ['float32'] }],
};

describe('a machine', () => {
  it('that would compute the same bits, and has room, may take a trial', () => {
    expect(misfit(wanted, machine)).toBeUndefined();
  });

  it.each<[fault: string, change: Partial<WantedMachine>, words: string]>([
    ['another version', { version: '0.0.1' }, 'has Chromaray 0.1.0, not 0.0.1'],
    ['another Node.js', { node: 22 }, 'has Node.js 20, not 22'],
    ['a backend it lacks', { profile: { ...profile, backend: 'onednn' } }, 'has no backend onednn'],
    ['a device it lacks', { profile: { ...profile, provider: 'cuda' } }, 'has no backend onnxruntime on cuda'],
    ['another library', { profile: { ...profile, version: '2' } }, 'has onnxruntime 1, not 2'],
    ['a precision it lacks', { profile: { ...profile, precision: 'bfloat16' } }, 'does not compute in bfloat16'],
    [
      'another processor',
      { profile: { ...profile, processor: 'arm64 asimd' } },
      'computes by onnxruntime 1, float32, 1 thread, x64 avx2, not by onnxruntime 1, float32, 1 thread, arm64 asimd',
    ],
    [
      'more threads than it may use',
      { profile: { ...profile, threads: 5 } },
      'may use 4 threads, fewer than the 5 of a trial',
    ],
  ])('leaves a trial of %s to others, and is said why', (_, change, words) => {
    expect(misfit({ ...wanted, ...change }, machine)).toBe(words);
  });

  it('leaves a trial that takes more memory than it may use to others', () => {
    expect(misfit({ ...wanted, memoryBytes: 9e9 }, machine)).toMatch(
      /may use 7\.5.GiB of memory, less than the 8\.4.GiB/,
    );
  });

  it('of another processor may take a trial that any may compute, and no other', () => {
    const other = { ...machine, processor: 'arm64 asimd' };
    expect(misfitOfAnyProcessor(wanted, other)).toBeUndefined();
    expect(misfitOfAnyProcessor({ ...wanted, node: 22 }, other)).toBe('has Node.js 20, not 22');
  });
});
