import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { memoryStore } from './memory/memory-store.js';
import { exportPredictions } from './predictions-csv.js';
import { gray, planned, predictions, summary } from './store-samples.test-support.js';

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
