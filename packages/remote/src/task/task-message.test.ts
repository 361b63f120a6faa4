import { sha256 } from '@chromaray/base';
import { trialTask } from '@chromaray/testing/trial-task';
import type { TrialTask } from '@chromaray/trials';
import { describe, expect, it } from 'vitest';
import { decodeTask, encodeTask, taskOf } from './task-message.js';
import { trialId } from './trial-id.js';

const blob = (text: string) => ({ sha256: sha256(text), bytes: 100 });
const blobs = { train: blob('train'), validation: blob('validation'), test: blob('test') };
const circumstances = { study: 'colours', memoryBytes: 1e9, blobs };

function complete(changes: Partial<TrialTask> = {}): TrialTask {
  const rows = (count: number) => ({
    pack: sha256(`pack ${count}`),
    labels: Uint8Array.from({ length: count }, (_, i) => Number(i % 3 === 0)),
  });
  return trialTask({
    fingerprint: sha256('task'),
    parts: { train: rows(10), validation: rows(8), test: rows(0) },
    transform: { kind: 'table', table: Uint8Array.from({ length: 768 }, (_, i) => i) },
    ...changes,
  });
}

describe('a task', () => {
  it('is after its journey what it was before', () => {
    const task = complete({ operations: { bits: 4 }, weights: sha256('weights') });
    const message = decodeTask(
      encodeTask(task, { ...circumstances, blobs: { ...blobs, weights: { sha256: sha256('weights'), bytes: 3 } } }),
    );
    expect(taskOf(message)).toEqual(task);
    expect(message).toMatchObject({ trial: trialId(task), study: 'colours', memoryBytes: 1e9 });
  });

  it('that a search leaves after some epochs is another trial than the whole one, and than one left later', () => {
    const [short, longer, whole] = [complete({ until: 2 }), complete({ until: 4 }), complete()];
    expect(taskOf(decodeTask(encodeTask(short, circumstances)))).toEqual(short);
    expect(new Set([short, longer, whole].map(trialId)).size).toBe(3);
  });

  it.each<[fault: string, change: (message: Record<string, unknown>) => void]>([
    ['a key that nobody knows', (message) => Object.assign(message, { command: 'rm -rf ~' })],
    [
      'a path in place of the hash of weights',
      (message) => Object.assign(message.model as object, { weights: '/etc/passwd' }),
    ],
    ['a path as its name', (message) => Object.assign(message, { arm: '../../etc' })],
    ['another format', (message) => Object.assign(message, { format: 2 })],
    ['another seed than its trial', (message) => Object.assign(message, { fingerprint: sha256('another') })],
    ['fewer labels than it says', (message) => Object.assign(label(message), { count: 100 })],
    ['no end of labels', (message) => Object.assign(label(message), { count: 1e9 })],
  ])('with %s is refused', (_, change) => {
    const message = JSON.parse(encodeTask(complete(), circumstances));
    change(message);
    expect(() => decodeTask(JSON.stringify(message))).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_REMOTE_MESSAGE' }),
    );
  });

  it('that is no JSON, or is endless, is refused', () => {
    for (const text of ['{', 'null', `"${'a'.repeat(9_000_000)}"`]) {
      expect(() => decodeTask(text)).toThrow(expect.objectContaining({ code: 'CHROMARAY_REMOTE_MESSAGE' }));
    }
  });
});

function label(message: Record<string, unknown>): object {
  return (message.parts as { train: { labels: object } }).train.labels;
}

describe('the id of a trial', () => {
  it('is that of its inputs and of what computes it, not of where it stands in a study', () => {
    const task = complete();
    expect(trialId({ ...task, arm: 'another' })).toBe(trialId(task));
    expect(trialId({ ...task, fingerprint: sha256('another') })).not.toBe(trialId(task));
    expect(trialId({ ...task, profile: { ...task.profile, threads: 2 } })).not.toBe(trialId(task));
    expect(trialId({ ...task, names: { ...task.names, positive: 'SICK' } })).not.toBe(trialId(task));
  });
});
