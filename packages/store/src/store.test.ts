import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { childEntry } from '@chromaray/base';
import { parse } from 'csv-parse/sync';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportPredictions } from './predictions-csv.js';
import type { StoredEpoch, TrialPrediction, TrialSummary } from './rows.js';
import { StudyStore } from './store.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-store-'));
  file = path.join(folder, 'study.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const gray = { arm: 'gray', seed: 1 };
const planned = { ...gray, fingerprint: 'a' };
const start = { backend: 'onnxruntime', precision: 'float32', threads: 1, parameters: 10 };
const summary: TrialSummary = { seconds: 3, epochsRun: 2, bestEpoch: 1, imagesPerSecond: 80.5, peakMemoryBytes: 1e9 };
const epoch = (number: number, trainLoss: number): StoredEpoch => ({
  epoch: number,
  trainLoss,
  trainAccuracy: 0.5,
  validationLoss: null,
  validationAccuracy: null,
  validationAuroc: 0.75,
  learningRate: 0.001,
  seconds: 1.5,
});
const predictions: TrialPrediction[] = [
  { part: 'test', record: 'a/é,"x".jpeg', patient: null, label: 'NORMAL', positive: false, probability: 0.1 + 0.2 },
  { part: 'validation', record: 'b.jpeg', patient: 'p1', label: 'PNEUMONIA', positive: true, probability: 1 / 3 },
  { part: 'test', record: 'c.jpeg', patient: 'p2', label: 'PNEUMONIA', positive: true, probability: 5e-324 },
];

function caught(action: () => unknown): { code?: string } {
  try {
    action();
  } catch (error) {
    return error as { code?: string };
  }
  return {};
}

describe('StudyStore', () => {
  it('keeps trials, epochs and predictions over a reopening', () => {
    const store = StudyStore.open(file);
    store.plan([planned]);
    store.start(gray, start);
    store.addEpoch(gray, epoch(1, 0.7));
    store.complete(gray, { ...summary, details: { note: 'x' } }, predictions);
    store.close();
    const again = StudyStore.openExisting(file);
    expect(again.trial(gray)).toMatchObject({
      ...planned,
      ...summary,
      ...start,
      status: 'done',
      details: { note: 'x' },
    });
    expect(again.epochs(gray)).toEqual([epoch(1, 0.7)]);
    expect(again.predictions()).toEqual(predictions.map((prediction) => ({ ...gray, ...prediction })));
    expect(again.predictions({ part: 'validation' })).toHaveLength(1);
    expect(again.predictions({ arm: 'turbo' })).toEqual([]);
    again.close();
  });

  it('replaces an epoch run again after a resume, and those after it', () => {
    const store = StudyStore.open(file);
    store.plan([planned]);
    for (const [number, loss] of [
      [1, 0.9],
      [2, 0.8],
      [3, 0.7],
      [2, 0.5],
    ] as const) {
      store.addEpoch(gray, epoch(number, loss));
    }
    expect(store.epochs(gray).map(({ trainLoss }) => trainLoss)).toEqual([0.9, 0.5]);
    store.close();
  });

  it('forgets trials whose fingerprint changed or that left the plan, and keeps the others', () => {
    const store = StudyStore.open(file);
    store.plan([planned, { arm: 'turbo', seed: 1, fingerprint: 'b' }, { arm: 'old', seed: 1, fingerprint: 'c' }]);
    store.complete(gray, summary, predictions);
    const forgotten = store.plan([planned, { arm: 'turbo', seed: 1, fingerprint: 'changed' }]);
    expect(forgotten).toEqual([
      { arm: 'turbo', seed: 1 },
      { arm: 'old', seed: 1 },
    ]);
    expect(store.trials().map(({ arm, status }) => [arm, status])).toEqual([
      ['gray', 'done'],
      ['turbo', 'waiting'],
    ]);
    store.close();
  });

  it('keeps nothing of a completion that fails half-way', () => {
    const store = StudyStore.open(file);
    store.plan([planned]);
    const impossible = { ...predictions[0]!, record: 'z', probability: 1.5 };
    expect(() => store.complete(gray, summary, [...predictions, impossible])).toThrow();
    expect(store.trial(gray)?.status).toBe('waiting');
    expect(store.predictions()).toEqual([]);
    store.close();
  });

  it('keeps the error of a failed trial and clears it when the trial starts again', () => {
    const store = StudyStore.open(file);
    store.plan([planned]);
    const error = { name: 'ChromarayError', code: 'CHROMARAY_X', message: 'm', remedy: 'r', details: { step: 3 } };
    store.fail(gray, error);
    expect(store.trial(gray)).toMatchObject({ status: 'failed', error });
    store.start(gray, start);
    expect(store.trial(gray)).toMatchObject({ status: 'running', error: null });
    store.close();
  });

  it('keeps what was committed before the process was killed', async () => {
    const { file: entry, execArgv } = childEntry(import.meta.url, './killed-writer.test-support');
    const child = fork(entry, [file], { execArgv: [...execArgv] });
    await new Promise((resolve) => child.once('exit', resolve));
    expect(child.signalCode).toBe('SIGKILL');
    const store = StudyStore.open(file);
    store.markInterrupted();
    expect(store.trial(gray)?.status).toBe('interrupted');
    expect(store.epochs(gray)).toHaveLength(2);
    store.close();
  });

  it('refuses a store of a newer version', () => {
    StudyStore.open(file).close();
    const raw = new Database(file);
    raw.pragma('user_version = 99');
    raw.close();
    expect(caught(() => StudyStore.open(file)).code).toBe('CHROMARAY_STORE_NEWER');
  });

  it('refuses a file that is no store, and a missing one', () => {
    writeFileSync(file, 'this is not a database, and long enough to be taken for one'.repeat(20));
    expect(caught(() => StudyStore.open(file)).code).toBe('CHROMARAY_STORE_UNREADABLE');
    const foreign = path.join(folder, 'foreign.db');
    const raw = new Database(foreign);
    raw.exec('CREATE TABLE other (x)');
    raw.close();
    expect(caught(() => StudyStore.open(foreign)).code).toBe('CHROMARAY_STORE_UNREADABLE');
    expect(caught(() => StudyStore.openExisting(path.join(folder, 'none.db'))).code).toBe('CHROMARAY_STORE_MISSING');
  });

  it('names a trial that was never planned', () => {
    const store = StudyStore.open(file);
    expect(caught(() => store.interrupt(gray)).code).toBe('CHROMARAY_STORE_TRIAL_UNKNOWN');
    store.close();
  });
});

describe('exportPredictions', () => {
  it('writes probabilities that read back as the same doubles, and quotes names', () => {
    const store = StudyStore.open(file);
    store.plan([planned]);
    store.complete(gray, summary, predictions);
    const csv = path.join(folder, 'predictions.csv');
    exportPredictions(store, csv);
    store.close();
    const text = readFileSync(csv, 'utf8');
    expect(text.split('\n')[0]).toBe('arm,seed,part,record,patient,label,probability');
    const rows = parse(text, { columns: true }) as Record<string, string>[];
    expect(rows.map(({ probability }) => Number(probability))).toEqual(predictions.map((row) => row.probability));
    expect(rows.map(({ record }) => record)).toEqual(predictions.map((row) => row.record));
    expect(rows[0]).toMatchObject({ arm: 'gray', seed: '1', part: 'test', patient: '', label: 'NORMAL' });
  });
});
