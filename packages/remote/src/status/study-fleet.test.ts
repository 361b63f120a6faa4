import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import { trialTask } from '@chromaray/testing/trial-task';
import { afterAll, describe, expect, it } from 'vitest';
import { note } from '../exchange/conformance.test-support.js';
import type { Exchange } from '../exchange/exchange.js';
import { folderExchange } from '../exchange/folder/folder-exchange.js';
import { PlacementRecord, readPlacement } from '../fleet/placement-record.js';
import { type FleetRequest, studyFleet } from './study-fleet.js';

const root = mkdtempSync(path.join(tmpdir(), 'chromaray-fleet-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const tasks = ['gray', 'turbo'].map((arm) => trialTask({ arm, fingerprint: sha256(arm) }));
/** A trial of another split: of an arm and a seed that the first split has too. */
const other = trialTask({ arm: 'gray', fingerprint: sha256('gray, split 2') });
const published = { numbers: '', notes: '', model: { sha256: '', bytes: 0 } };
const request: FleetRequest = {
  unfinished: fingerprints([...tasks, other]),
  signal: new AbortController().signal,
  patience: 2000,
};

function fingerprints(of: readonly { readonly fingerprint: string }[]): ReadonlySet<string> {
  return new Set(of.map(({ fingerprint }) => fingerprint));
}

function given(name: string, on: 'queue' | 'slurm', exchange: string): string {
  const folder = path.join(root, name);
  const record = new PlacementRecord(folder, { on, exchange });
  for (const task of [...tasks, other]) record.keep(task, 'x64 avx2', true);
  record.save();
  return folder;
}

describe('a study that gave trials away', () => {
  it('is told of those that are not finished, of their results, and of the workers that are there', async () => {
    const shared = path.join(root, 'shared');
    const folder = given('queued', 'queue', shared);
    const exchange = folderExchange(shared);
    await exchange.announce(note('lab-2'), request.signal);
    const [first] = readPlacement(folder)!.trials;
    const stub: Exchange = { ...exchange, result: async (trial) => (trial === first!.trial ? published : null) };
    const fleet = await studyFleet(folder, { ...request, open: () => stub });
    expect(fleet).toMatchObject({ on: 'queue', exchange: shared, givenOut: 3, withResult: 1, problem: null });
    expect(fleet!.workers.map(({ worker }) => worker)).toEqual(['lab-2']);
    const rest = await studyFleet(folder, { ...request, unfinished: fingerprints([other]), open: () => stub });
    expect(rest).toMatchObject({ givenOut: 1, withResult: 0 });
  });

  it('is told why an exchange cannot be asked, in time', async () => {
    const folder = given('away', 'queue', 'https://127.0.0.1:1');
    const open = (): Exchange => ({ ...folderExchange(root), result: (_, signal) => rejectedBy(signal) });
    expect(await studyFleet(folder, { ...request, patience: 20, open })).toMatchObject({
      problem: 'It gave no answer within 0.02 seconds.',
      workers: [],
    });
    expect((await studyFleet(folder, request))!.problem).toContain('lets nobody in without its token');
  });

  it('is not one that gave none away', async () => {
    expect(await studyFleet(path.join(root, 'none'), request)).toBeNull();
  });
});

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}
