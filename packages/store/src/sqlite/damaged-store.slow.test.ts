import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { childEntry } from '@chromaray/base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failure, predictions, start, summary } from '../store-samples.test-support.js';
import { studyFolder } from '../study-folder.js';
import { openStudyStore } from './sqlite-store.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-fuzz-'));
const study = studyFolder(folder, 'whole');
const journal = path.join(folder, 'journal.txt');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => {
  const store = openStudyStore(study.store);
  const trials = ['gray', 'turbo'].flatMap((arm) => [1, 2, 3].map((seed) => ({ arm, seed })));
  store.plan(trials.map((trial) => ({ ...trial, fingerprint: 'f'.repeat(64) })));
  for (const trial of trials) {
    store.start(trial, start);
    for (let epoch = 1; epoch <= 12; epoch++) {
      const figures = { trainLoss: 1, trainAccuracy: 1, validationLoss: 1, validationAccuracy: 1, learningRate: 1 };
      store.addEpoch(trial, { epoch, ...figures, validationAuroc: 0.7, seconds: 1 });
      store.addEvent({ kind: 'trial-kept', ...trial, finished: epoch, trials: 12 });
    }
    if (trial.seed === 3) store.fail(trial, failure);
    else store.complete(trial, summary, many());
  }
  store.addEvaluation(
    'h'.repeat(64),
    'elsewhere',
    many().map(({ part, ...row }) => ({ arm: 'gray', seed: 1, ...row })),
  );
  store.close();
  mkdirSync(path.join(folder, 'damaged'));
});

const many = () =>
  Array.from({ length: 30 }, (_, copy) =>
    predictions.map((row) => ({ ...row, record: `${copy}/${row.record}` })),
  ).flat();

/** What came of each case, by its number; a case that ended its process has no outcome. */
function outcomes(first: number, last: number): ReadonlyMap<number, readonly string[]> {
  writeFileSync(journal, '');
  const { file, execArgv } = childEntry(import.meta.url, './damaged-reader.test-support');
  const child = spawnSync(process.execPath, [...execArgv, file, study.store, folder, journal, `${first}`, `${last}`], {
    encoding: 'utf8',
    timeout: 300_000,
  });
  expect({ status: child.status, signal: child.signal, error: child.stderr }).toEqual({
    status: 0,
    signal: null,
    error: '',
  });
  const lines = readFileSync(journal, 'utf8').trimEnd().split('\n');
  return new Map(lines.map((line) => [Number(line.split(' ')[0]), line.split(' ').slice(1)]));
}

describe('a damaged store (fixed seed)', { timeout: 600_000 }, () => {
  it('never ends the process, hangs or gives an error without a code, in 1000 cases', () => {
    const of = outcomes(0, 1000);
    expect(of.size).toBe(1000);
    const words = new Set([...of.values()].flat());
    expect([...words].filter((word) => word !== 'fine' && !word.startsWith('CHROMARAY_'))).toEqual([]);
    // The cases are worth something: many are found out, and some damage lies where nothing is read.
    const found = [...of.values()].filter(([read]) => read === 'CHROMARAY_STORE_UNREADABLE').length;
    expect(found).toBeGreaterThan(300);
    expect(found).toBeLessThan(1000);
  });
});
