import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { programVersion, sha256 } from '@chromaray/base';
import { trialTask } from '@chromaray/testing/trial-task';
import type { MissingWorkers, Placement, TrialTask } from '@chromaray/trials';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { note } from '../exchange/conformance.test-support.js';
import type { SeenWorker, WorkerNote } from '../exchange/worker-note.js';
import { nodeMajor } from '../task/task-message.js';
import { type FleetPolicy, placeTrials, placeWithSeed } from './place-trials.js';
import { PlacementRecord } from './placement-record.js';

const root = mkdtempSync(path.join(tmpdir(), 'chromaray-placement-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
let folder: string;
beforeEach(() => {
  folder = path.join(root, String(folders++));
});

const recordHere = () => new PlacementRecord(folder, { on: 'queue', exchange: '/shared' });
const own = 'x64 avx2';
const other = 'x64 avx512f';
const seeds = [1, 2, 3, 4, 5, 6];
const tasks = seeds.flatMap((seed) =>
  ['gray', 'turbo'].map((arm) => trialTask({ arm, seed, fingerprint: sha256(`${arm} ${seed}`) })),
);

function worker(name: string, processor: string, changes: Partial<WorkerNote> = {}): SeenWorker {
  const offers = [{ backend: 'onnxruntime', version: '1', provider: 'cpu', precisions: ['float32'] }];
  const fits = { version: programVersion(), node: nodeMajor(), processor, threads: 2, offers };
  return { ...note(name, { ...fits, ...changes }), ageSeconds: 0 };
}

interface Asked extends Partial<Pick<FleetPolicy, 'profiles' | 'mix'>> {
  readonly begun?: (seed: number) => string | undefined;
  readonly open?: readonly TrialTask[];
  readonly signal?: AbortSignal;
}

/** Places trials with workers that come one list a look; the last stays. */
async function place(
  workers: readonly (readonly SeenWorker[])[],
  { profiles = 'any', mix = false, begun = () => undefined, open = tasks, signal }: Asked = {},
) {
  const missing: MissingWorkers[] = [];
  let looks = 0;
  const placement = await placeTrials(
    {
      exchange: { workers: async () => workers[Math.min(looks++, workers.length - 1)]! },
      record: recordHere(),
      ...{ profiles, mix, pauses: { look: 1, settle: 1 } },
    },
    { tasks: open, memoryBytes: 1e9, begun, onMissing: (one) => missing.push(one) },
    signal ?? new AbortController().signal,
  );
  return { placement, missing, processors: open.map(placement), looks };
}

/** Processors by seed; a seed with two of them fails. */
function ofSeeds(placement: Placement): readonly string[] {
  return seeds.map((seed) => {
    const both = new Set(tasks.filter((task) => task.seed === seed).map(placement));
    expect(both.size).toBe(1);
    return [...both][0]!;
  });
}

describe("trials of the coordinator's own profile", () => {
  it('ask for its processor, whoever is there', async () => {
    const { processors, missing } = await place([[worker('a', own), worker('b', other)]], { profiles: 'own' });
    expect(new Set(processors)).toEqual(new Set([own]));
    expect(missing).toEqual([]);
  });

  it('wait for a worker of it, and are said to, with what those that are there lack', async () => {
    const { missing } = await place([[worker('old', own, { version: '0.0.1' }), worker('b', other)]], {
      profiles: 'own',
    });
    expect(missing).toEqual([
      {
        wanted: 'onnxruntime 1, float32, 1 thread, x64 avx2',
        trials: 12,
        workers: [
          { worker: 'old', lacks: `has Chromaray 0.0.1, not ${programVersion()}` },
          { worker: 'b', lacks: expect.stringMatching(/^computes by .*avx512f, not by .*avx2$/) },
        ],
        anyWouldDo: true,
      },
    ]);
    expect((await place([[]], { profiles: 'own' })).missing).toMatchObject([{ workers: [], anyWouldDo: false }]);
  });

  it('stay with the processor that their study was given to, on whatever machine its coordinator comes back', async () => {
    await place([[worker('a', own)]], { profiles: 'own' });
    const moved = tasks.map((task) => ({ ...task, profile: { ...task.profile, processor: other } }));
    const { processors } = await place([[worker('a', own)]], { profiles: 'own', open: moved });
    expect(new Set(processors)).toEqual(new Set([own]));
  });
});

describe('trials that any processor may compute', () => {
  it('are shared out seed by seed, in proportion to what workers hold', async () => {
    const { placement, missing } = await place([[worker('a', own), worker('b', other, { threads: 4 })]]);
    const chosen = ofSeeds(placement);
    expect(chosen.filter((processor) => processor === own)).toHaveLength(2);
    expect(chosen.filter((processor) => processor === other)).toHaveLength(4);
    expect(missing).toEqual([]);
  });

  it('leave out workers that lack something else', async () => {
    const { processors } = await place([
      [worker('a', own, { node: 18 }), worker('b', other), worker('c', 'z', { memoryBytes: 1e8 })],
    ]);
    expect(new Set(processors)).toEqual(new Set([other]));
  });

  it('keep what was decided, also when more workers have come', async () => {
    const first = await place([[worker('a', other)]]);
    const second = await place([[worker('a', other), worker('b', own, { threads: 64 })]]);
    expect(second.processors).toEqual(first.processors);
  });

  it('begin anew elsewhere, whole seeds, when those that were to compute them have gone', async () => {
    await place([[worker('a', other), worker('b', own)]]);
    const { placement } = await place([[worker('c', 'new')]]);
    expect(new Set(ofSeeds(placement))).toEqual(new Set(['new']));
  });

  it('stay with a seed of which trials are finished, and are said to wait when its workers have gone', async () => {
    const { placement, missing } = await place([[worker('a', other)]], {
      begun: (seed) => (seed === 3 ? 'gone' : undefined),
    });
    expect(ofSeeds(placement)).toEqual([other, other, 'gone', other, other, other]);
    expect(missing).toMatchObject([{ trials: 2, wanted: expect.stringContaining('gone'), anyWouldDo: false }]);
  });

  it('wait for the first worker, and look again for those that come with it', async () => {
    const { processors, missing } = await place([
      [],
      [worker('old', own, { version: '0' })],
      [worker('a', other)],
      [worker('a', other), worker('b', own)],
    ]);
    expect(new Set(processors)).toEqual(new Set([own, other]));
    expect(missing).toMatchObject([{ wanted: expect.stringContaining('any processor'), trials: 12, workers: [] }]);
  });

  it('wait for nobody when everything is given out', async () => {
    await place([[worker('a', other)]]);
    const pinned = await place([[]], { begun: () => other });
    expect(new Set(pinned.processors)).toEqual(new Set([other]));
    expect(pinned.looks).toBe(1);
  });

  it('stop waiting when they are told to', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 10);
    await expect(place([[]], { signal: stop.signal })).rejects.toThrow();
  });

  it('may be mixed within a seed when that is asked for', async () => {
    const { placement } = await place([[worker('a', own), worker('b', other)]], { mix: true });
    expect(tasks.filter(({ seed }) => seed === 1).map(placement)).toEqual([own, other]);
  });
});

describe('trials of a cluster', () => {
  it('stay with the processor of their seed', () => {
    const record = recordHere();
    const request = {
      tasks,
      memoryBytes: 1,
      onMissing: () => {},
      begun: (seed: number) => (seed === 2 ? other : undefined),
    };
    const placement = placeWithSeed(record, request);
    expect(ofSeeds(placement)).toEqual([own, other, own, own, own, own]);
    const moved = tasks.map((task) => ({ ...task, profile: { ...task.profile, processor: 'new' } }));
    const again = placeWithSeed(recordHere(), { ...request, tasks: moved });
    expect(moved.map(again)).toEqual(tasks.map(placement));
  });
});
