import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import { type PackedTrial, packTrial } from '@chromaray/testing/packed-trial';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childProcessRunner } from './child-process-runner.js';
import { profileText } from './execution-profile.js';
import { inProcessRunner } from './in-process-runner.js';
import type { LocateFiles } from './trial-files.js';
import type { TrialMessage, TrialRunner } from './trial-runner.js';
import type { TrialTask } from './trial-task.js';

const never = new AbortController().signal;
const root = mkdtempSync(path.join(os.tmpdir(), 'chromaray-runner-'));
let packed: PackedTrial;
let task: TrialTask;

beforeAll(async () => {
  packed = await packTrial(root);
  task = packed.task;
}, 60_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Files of one run, apart from those of the others. */
function filesOf(name: string): LocateFiles {
  return () => packed.files(name);
}

const runners: readonly [name: string, make: (locate: LocateFiles) => TrialRunner][] = [
  ['in this process', inProcessRunner],
  ['in a process of its own', childProcessRunner],
];

describe.each(runners)('a trial %s', { timeout: 120_000 }, (name, make) => {
  const model = (run: string) => sha256(readFileSync(path.join(root, run, 'model.onnx')));

  it('reports its start and every epoch in order, and gives predictions and a model', async () => {
    const seen: TrialMessage[] = [];
    const result = await make(filesOf(name)).run(task, (message) => void seen.push(message), never);
    expect(seen[0]).toMatchObject({ kind: 'started', resumedAtEpoch: 0, backend: 'onnxruntime' });
    expect(seen.flatMap((message) => (message.kind === 'epoch' ? [message.epoch.epoch] : []))).toEqual([1, 2, 3]);
    expect(result.probabilities.test).toHaveLength(4);
    expect(result.profile).toEqual(task.profile);
    expect(profileText(result.profile)).toContain('float32, 1 thread, ');
    expect(result.modelHash).toBe(model(name));
  });

  it('gives the bits that the same task gives in this process', async () => {
    const here = await inProcessRunner(filesOf(`${name} here`)).run(task, () => {}, never);
    const there = await make(filesOf(`${name} there`)).run(task, () => {}, never);
    expect(there.probabilities).toEqual(here.probabilities);
    expect(model(`${name} there`)).toBe(model(`${name} here`));
  });

  it('stops when asked, keeps its checkpoint, and resumes to the same bits', async () => {
    const run = `${name} stopped`;
    const stop = new AbortController();
    const follow = (message: TrialMessage): void => {
      if (message.kind === 'epoch') stop.abort();
    };
    await expect(make(filesOf(run)).run(task, follow, stop.signal)).rejects.toMatchObject({
      code: 'CHROMARAY_TRAINING_CANCELLED',
    });
    expect(existsSync(path.join(root, run, 'checkpoints'))).toBe(true);
    const seen: TrialMessage[] = [];
    const resumed = await make(filesOf(run)).run(task, (message) => void seen.push(message), never);
    expect(seen[0]).toMatchObject({ kind: 'started', resumedAtEpoch: expect.toSatisfy((epoch: number) => epoch > 0) });
    const undisturbed = await inProcessRunner(filesOf(`${run} not`)).run(task, () => {}, never);
    expect(resumed.probabilities).toEqual(undisturbed.probabilities);
  });

  it('does not begin after the signal', async () => {
    const seen: TrialMessage[] = [];
    const run = make(filesOf(`${name} never`)).run(task, (message) => void seen.push(message), AbortSignal.abort());
    await expect(run).rejects.toMatchObject({ code: 'CHROMARAY_TRAINING_CANCELLED' });
    expect(seen.filter(({ kind }) => kind === 'epoch')).toEqual([]);
  });

  it('throws the error of the trial as it was thrown where it ran', async () => {
    const none = { train: '/none.pack', validation: '/none.pack', test: '/none.pack' };
    const run = make((of) => ({ ...filesOf(name)(of), packs: none })).run(task, () => {}, never);
    await expect(run).rejects.toMatchObject({
      code: expect.stringMatching(/^CHROMARAY_PACK_/),
      message: expect.stringContaining('/none.pack'),
      remedy: expect.any(String),
    });
  });

  it('ends the trial and throws the error of a caller that cannot keep what it reports', async () => {
    const full = new Error('no room');
    let calls = 0;
    const keep = (): void => {
      calls++;
      throw full;
    };
    await expect(make(filesOf(`${name} full`)).run(task, keep, never)).rejects.toBe(full);
    expect(calls).toBe(1);
  });
});
