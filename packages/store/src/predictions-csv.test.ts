import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { memoryStore } from './memory/memory-store.js';
import { exportPredictions } from './predictions-csv.js';
import { gray, ofClasses, planned, predictions, summary } from './store-samples.test-support.js';

it('writes probabilities that read back as the same doubles, and quotes names', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-csv-'));
  const store = memoryStore('tiny');
  store.plan([planned]);
  store.complete(gray, summary, predictions);
  const csv = path.join(folder, 'predictions.csv');
  exportPredictions(store, csv);
  const text = readFileSync(csv, 'utf8');
  rmSync(folder, { recursive: true });
  expect(text.split('\n')[0]).toBe('arm,seed,part,record,patient,label,probability');
  const rows = parse(text, { columns: true }) as Record<string, string>[];
  expect(rows.map(({ probability }) => Number(probability))).toEqual(predictions.map((row) => row.probability));
  expect(rows.map(({ record }) => record)).toEqual(predictions.map((row) => row.record));
  expect(rows[0]).toMatchObject({ arm: 'gray', seed: '1', part: 'test', patient: '', label: 'NORMAL' });
});

it('has a column for each of several classes, under its name', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-csv-'));
  const store = memoryStore('tiny');
  store.plan([{ arm: 'a', seed: 1, fingerprint: 'x' }, planned]);
  store.complete(gray, summary, ofClasses);
  const csv = path.join(folder, 'predictions.csv');
  exportPredictions(store, csv);
  const rows = parse(readFileSync(csv, 'utf8'), { columns: true }) as Record<string, string>[];
  rmSync(folder, { recursive: true });
  expect(rows.map((row) => Number(row['probability VIRUS']))).toEqual([0.625, 0]);
  expect(Number(rows[1]!['probability NORMAL'])).toBe(2 / 3);
});
