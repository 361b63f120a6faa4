import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tinyRequest } from '../blobs.test-support.js';
import { fit } from '../fit.js';
import type { FitEvent, FitOptions, FitResult } from '../fit-types.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'chromaray-checkpoint-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string) => path.join(folder, `${name}.checkpoint`);
const request = (options: Partial<FitOptions> = {}) => tinyRequest({ epochs: 4, checkpoint: { folder }, ...options });

/** Trains and stops in the third epoch. */
async function interrupt(): Promise<void> {
  const controller = new AbortController();
  const onEvent = (event: FitEvent) => {
    if (event.kind === 'step' && event.epoch === 3 && event.step === 2) controller.abort();
  };
  await expect(fit({ ...request(), onEvent, signal: controller.signal })).rejects.toMatchObject({
    code: 'CHROMARAY_TRAINING_CANCELLED',
    remedy: 'Start it again to go on after epoch 2.',
  });
}

function numbers({ model, history, bestEpoch }: FitResult) {
  const tensors = [...model.graph.initializers].map(([name, { data }]) => [name, data] as const);
  const figures = history.map(({ loss, accuracy, validationLoss, metrics }) => [
    loss,
    accuracy,
    validationLoss,
    metrics,
  ]);
  return { tensors, figures, bestEpoch };
}

describe('a training that was interrupted', () => {
  it('ends with the bits of one that was not', async () => {
    const undisturbed = await fit(tinyRequest({ epochs: 4 }));
    await interrupt();
    const resumed = await fit(request());
    expect(resumed.resumedFrom).toBe(2);
    expect(numbers(resumed)).toEqual(numbers(undisturbed));
  });

  it('hands back a best epoch from before the interruption', async () => {
    const scored = () => {
      const scores = [0.5, 0.9, 0.6, 0.7];
      return () => ({ score: scores.shift()! });
    };
    const evaluate = scored();
    const monitor = { metric: 'score', mode: 'max' } as const;
    const whole = await fit({ ...tinyRequest({ epochs: 4, monitor }), evaluate: scored() });
    await fit({ ...request({ epochs: 3, monitor }), evaluate });
    const resumed = await fit({ ...request({ monitor }), evaluate });
    expect([resumed.resumedFrom, resumed.bestEpoch]).toEqual([3, 2]);
    expect(numbers(resumed).tensors).toEqual(numbers(whole).tensors);
  });

  it('has nothing to do when it was finished, and gives the same result', async () => {
    const first = await fit(request());
    const events: FitEvent[] = [];
    const second = await fit({ ...request(), onEvent: (event) => events.push(event) });
    expect(events.map(({ kind }) => kind)).toEqual(['start']);
    expect(numbers(second)).toEqual(numbers(first));
  });

  it('that something else computed begins anew, to the bits of one that was not interrupted', async () => {
    const by = (profile: string) => request({ checkpoint: { folder, profile } });
    await fit({ ...by('one'), options: { ...by('one').options, epochs: 2 } });
    const events: FitEvent[] = [];
    const anew = await fit({ ...by('another'), onEvent: (event) => events.push(event) });
    expect(anew.resumedFrom).toBe(0);
    const said = { kind: 'fallback', code: 'CHROMARAY_CHECKPOINT_MISMATCH', reason: expect.stringContaining('by one') };
    expect(events).toContainEqual(said);
    expect(numbers(anew)).toEqual(numbers(await fit(tinyRequest({ epochs: 4 }))));
    expect((await fit(by('another'))).resumedFrom).toBe(4);
  });

  it('and does not say what computed it goes on', async () => {
    await interrupt();
    expect((await fit(request({ checkpoint: { folder, profile: 'one' } }))).resumedFrom).toBe(2);
  });

  it('begins anew when told so', async () => {
    await interrupt();
    const anew = await fit(request({ checkpoint: { folder, resume: false } }));
    expect(anew.resumedFrom).toBe(0);
  });

  it('goes on from the checkpoint before when the last is damaged, and says so', async () => {
    const undisturbed = await fit(tinyRequest({ epochs: 4 }));
    await interrupt();
    const bytes = readFileSync(file('last'));
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(file('last'), bytes);
    const events: FitEvent[] = [];
    const resumed = await fit({ ...request(), onEvent: (event) => events.push(event) });
    expect(events[0]).toMatchObject({ kind: 'fallback', code: 'CHROMARAY_CHECKPOINT_CORRUPT' });
    expect(resumed.resumedFrom).toBe(1);
    expect(numbers(resumed)).toEqual(numbers(undisturbed));
  });

  it('says what to do when every checkpoint is damaged', async () => {
    await interrupt();
    for (const name of ['last', 'previous']) writeFileSync(file(name), 'no checkpoint');
    await expect(fit(request())).rejects.toMatchObject({ code: 'CHROMARAY_CHECKPOINT_CORRUPT' });
  });

  it('refuses the checkpoint of another training, but may be made longer', async () => {
    await fit(request({ epochs: 2 }));
    for (const other of [{ seed: 99 }, { batch: 8 }, { checkpoint: { folder, identity: 'other data' } }]) {
      await expect(fit(request(other))).rejects.toMatchObject({ code: 'CHROMARAY_CHECKPOINT_MISMATCH' });
    }
    expect((await fit(request({ epochs: 3 }))).resumedFrom).toBe(2);
  });

  it('goes on from a file that was written but not yet named', async () => {
    await interrupt();
    const last = readFileSync(file('last'));
    rmSync(file('last'));
    writeFileSync(file('next'), last);
    expect((await fit(request())).resumedFrom).toBe(2);
    expect(existsSync(file('next'))).toBe(false);
  });

  it('keeps no more files than it needs', async () => {
    const { history } = await fit(request({ epochs: 6 }));
    expect(history).toHaveLength(6);
    const files = readdirSync(folder).sort();
    expect(files.filter((name) => name.startsWith('best-')).length).toBeLessThanOrEqual(2);
    expect(files.filter((name) => !name.startsWith('best-'))).toEqual(['last.checkpoint', 'previous.checkpoint']);
  });

  it('keeps the old checkpoint when the new one cannot be written', async () => {
    const undisturbed = await fit(tinyRequest({ epochs: 4 }));
    const onEvent = (event: FitEvent) => {
      if (event.kind === 'epoch' && event.record.epoch === 2) mkdirSync(file('next'));
    };
    await expect(fit({ ...request(), onEvent })).rejects.toMatchObject({ code: 'CHROMARAY_FILE_WRITE' });
    rmSync(file('next'), { recursive: true });
    const resumed = await fit(request());
    expect(resumed.resumedFrom).toBe(2);
    expect(numbers(resumed)).toEqual(numbers(undisturbed));
  });

  it('notices that the best weights are gone', async () => {
    const monitor = { metric: 'score', mode: 'max' } as const;
    let score = 1;
    const evaluate = () => ({ score: score-- });
    await fit({ ...request({ epochs: 3, monitor }), evaluate });
    rmSync(file('best-0001'));
    await expect(fit({ ...request({ monitor }), evaluate })).rejects.toMatchObject({
      code: 'CHROMARAY_CHECKPOINT_CORRUPT',
      message: expect.stringContaining('is missing'),
    });
  });
});
