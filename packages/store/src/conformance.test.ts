import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Progressed } from '@chromaray/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryStore } from './memory/memory-store.js';
import type { StudyStore } from './ports.js';
import { openStudyStore } from './sqlite/sqlite-store.js';
import {
  epoch,
  failure,
  gray,
  ofClasses,
  planned,
  predictions,
  start,
  summary,
  turbo,
} from './store-samples.test-support.js';

/** What every adapter of the ports does. */
const adapters: Readonly<Record<string, (folder: string) => StudyStore>> = {
  SQLite: (folder) => openStudyStore(path.join(folder, 'tiny', 'study.db')),
  memory: () => memoryStore('tiny'),
};

const progress = (done: number, phase: Progressed['phase']): Progressed => ({
  ...{ kind: 'progress', phase, done, total: 9, unit: 'images' },
});

describe.each(Object.entries(adapters))('a store in %s', (_, open) => {
  let folder: string;
  let store: StudyStore;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-store-'));
    store = open(folder);
  });
  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives back trials, epochs and predictions as they were', () => {
    store.plan([planned]);
    store.start(gray, start);
    store.addEpoch(gray, epoch(1, 0.7));
    store.complete(gray, { ...summary, details: { note: 'x' } }, [...predictions].reverse());
    expect(store.trial(gray)).toEqual({
      ...{ ...planned, ...summary, ...start, status: 'done', details: { note: 'x' }, error: null },
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      finishedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(store.trials()).toEqual([store.trial(gray)]);
    expect(store.epochs(gray)).toEqual([epoch(1, 0.7)]);
    expect(store.predictions()).toEqual(predictions.map((prediction) => ({ ...gray, ...prediction })));
  });

  it('gives back the probability of each of several classes, in their order, also of another data set', () => {
    store.plan([planned]);
    store.complete(gray, summary, ofClasses);
    const [first] = store.predictions();
    expect(store.predictions()).toEqual(ofClasses.map((prediction) => ({ ...gray, ...prediction })));
    expect(Object.keys(first!.probabilities!)).toEqual(['NORMAL', 'BACTERIA', 'VIRUS']);
    const elsewhere = ofClasses.map(({ part: _, ...prediction }) => ({ ...gray, ...prediction }));
    const id = store.addEvaluation('hash', 'other', elsewhere);
    expect(store.evaluationPredictions(id)).toEqual(elsewhere);
  });

  it('narrows predictions by arm, seed and part, and knows those of finished trials only', () => {
    store.plan([planned, { ...turbo, fingerprint: 'b' }]);
    store.complete(gray, summary, predictions);
    expect(store.predictions({ part: 'validation' })).toHaveLength(1);
    expect(store.predictions({ ...gray, part: 'test' })).toHaveLength(3);
    expect(store.predictions({ arm: 'turbo' })).toEqual([]);
    store.start(gray, start);
    expect(store.predictions()).toEqual([]);
  });

  it('knows nothing of a trial that is not planned', () => {
    expect(store.trial(gray)).toBeUndefined();
    const unknown = expect.objectContaining({ code: 'CHROMARAY_STORE_TRIAL_UNKNOWN' });
    expect(() => store.epochs(gray)).toThrow(unknown);
    expect(() => store.interrupt(gray)).toThrow(unknown);
    expect(() => store.start(gray, start)).toThrow(unknown);
    expect(() => store.addEpoch(gray, epoch(1, 1))).toThrow(unknown);
  });

  it('replaces an epoch run again after a resume, and those after it', () => {
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
  });

  it('forgets trials whose fingerprint changed or that left the plan, and keeps the others', () => {
    store.plan([planned, { ...turbo, fingerprint: 'b' }, { arm: 'old', seed: 1, fingerprint: 'c' }]);
    store.complete(gray, summary, predictions);
    const forgotten = store.plan([planned, { ...turbo, fingerprint: 'changed' }]);
    expect(forgotten).toEqual([turbo, { arm: 'old', seed: 1 }]);
    expect(store.trials().map(({ arm, status }) => [arm, status])).toEqual([
      ['gray', 'done'],
      ['turbo', 'waiting'],
    ]);
    expect(store.predictions()).toHaveLength(predictions.length);
  });

  it('keeps nothing of a completion that fails half-way', () => {
    store.plan([planned]);
    const impossible = { ...predictions[0]!, record: 'z', probability: 1.5 };
    expect(() => store.complete(gray, summary, [...predictions, impossible])).toThrow();
    expect(store.trial(gray)?.status).toBe('waiting');
    expect(store.predictions()).toEqual([]);
  });

  it('keeps the error of a failed trial, clears it when the trial starts again, and the first start', () => {
    store.plan([planned]);
    store.start(gray, start);
    const first = store.trial(gray)!.startedAt;
    store.fail(gray, failure);
    expect(store.trial(gray)).toMatchObject({ status: 'failed', error: failure, startedAt: first });
    store.start(gray, start);
    expect(store.trial(gray)).toMatchObject({ status: 'running', error: null, finishedAt: null, startedAt: first });
  });

  it('takes running trials for interrupted ones when asked to', () => {
    store.plan([planned, { ...turbo, fingerprint: 'b' }]);
    store.start(gray, start);
    store.markInterrupted();
    expect(store.trials().map(({ status }) => status)).toEqual(['interrupted', 'waiting']);
    store.interrupt(turbo);
    expect(store.trial(turbo)?.status).toBe('interrupted');
  });

  it('keeps every look at another data set, sorted by trial and record', () => {
    expect(store.evaluations()).toEqual([]);
    const seen = { patient: null, label: 'NORMAL', positive: false, probability: 0.25 };
    const rows = [
      { ...turbo, record: 'b', ...seen },
      { ...gray, record: 'b', ...seen },
      { ...gray, record: 'a', ...seen },
    ];
    const id = store.addEvaluation('h', 'elsewhere', rows);
    expect(store.addEvaluation('h', 'elsewhere', [])).toBeGreaterThan(id);
    expect(store.evaluations()[0]).toMatchObject({ id, dataset: 'h', name: 'elsewhere' });
    expect(store.evaluationPredictions(id)).toEqual([rows[2], rows[1], rows[0]]);
    expect(store.evaluationPredictions(99)).toEqual([]);
  });

  it('numbers and dates events in the order in which they happened', () => {
    const first = store.addEvent({ kind: 'run-started', version: '0.1.0' });
    const second = store.addEvent({ kind: 'trial-kept', ...gray, finished: 1, trials: 2 });
    expect([first.seq, second.seq]).toEqual([1, 2]);
    expect(first).toMatchObject({ study: 'tiny', kind: 'run-started', version: '0.1.0' });
    expect(Math.abs(Date.now() - Date.parse(first.at))).toBeLessThan(60_000);
    expect(store.events()).toEqual({ events: [first, second], damage: null });
    expect(store.events(1).events).toEqual([second]);
    expect(store.events(2).events).toEqual([]);
  });

  it('keeps the last progress of each phase, and never uses a number twice', () => {
    const start = store.addEvent({ kind: 'audit-started', records: 9 });
    store.addEvent(progress(1, 'reading'));
    const decoding = store.addEvent(progress(1, 'decoding'));
    const reading = store.addEvent(progress(2, 'reading'));
    expect(store.events().events).toEqual([start, decoding, reading]);
    expect(store.addEvent(progress(3, 'reading')).seq).toBe(5);
    expect(store.events(reading.seq).events.map(({ seq }) => seq)).toEqual([5]);
  });
});
