import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import { folderExchange } from '@chromaray/remote';
import { openStudyStore, studyFolder } from '@chromaray/store';
import { afterAll, expect, it } from 'vitest';
import { readFleet } from './read-fleet.js';

const root = mkdtempSync(path.join(tmpdir(), 'chromaray-fleet-page-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const never = new AbortController().signal;

it('the page of a study is told of its trials on other machines and of the workers that are there', async () => {
  const folder = studyFolder(root, 'colours');
  const trials = ['gray', 'turbo'].map((arm) => ({ arm, seed: 1, fingerprint: sha256(arm) }));
  const store = openStudyStore(folder.store);
  store.plan(trials);
  const done = { seconds: 1, epochsRun: 1, bestEpoch: 1, imagesPerSecond: 1, peakMemoryBytes: 1 };
  store.start(trials[0]!, { backend: 'b', precision: 'float32', threads: 1 });
  store.complete(trials[0]!, done, []);
  store.close();
  expect(await readFleet(folder, never)).toBeNull();

  const exchange = path.join(root, 'shared');
  const given = trials.map((trial, i) => ({ ...trial, processor: 'p', trial: String(i).repeat(64) }));
  const placed = { format: 2, on: 'queue', exchange, trials: given };
  writeFileSync(folder.inside('placement.json'), JSON.stringify(placed));
  const doing = [{ trial: '1'.repeat(64), study: 'colours', arm: 'turbo', seed: 1, epoch: 2 }];
  const worker = { worker: 'lab-2', host: 'h', version: '0.1.0', node: 20, processor: 'p', threads: 4, offers: [] };
  await folderExchange(exchange).announce(
    { ...worker, memoryBytes: 2e9, freeMemoryBytes: 1e9, doing, validSeconds: 60 },
    never,
  );
  expect(await readFleet(folder, never)).toMatchObject({
    ...{ on: 'queue', givenOut: 1, withResult: 0, problem: null },
    workers: [{ worker: 'lab-2', freeMemoryBytes: 1e9, doing: [{ arm: 'turbo', epoch: 2 }] }],
  });
});
