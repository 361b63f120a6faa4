import { memoryDataset, patientsOf } from '@chromaray/testing/dataset';
import { describe, expect, it } from 'vitest';
import { auditDataset } from './audit.js';

const rows = [...patientsOf(true, 30, 2), ...patientsOf(false, 30, 2)];
const unchecked = (dataset: ReturnType<typeof memoryDataset>) => auditDataset(dataset, null).notRun!;
const ids = (dataset: ReturnType<typeof memoryDataset>) => unchecked(dataset).map(({ check }) => check);
const print = {
  thumbnail: new Uint8Array(48 * 48),
  brightness: { mean: 128, deviation: 40, low: 3, high: 250 },
  content: null,
  landmarks: new Uint8Array(),
};
const complete = rows.map((row) => ({
  ...row,
  givenPart: 'train' as const,
  fingerprint: print,
  width: 64,
  height: 64,
}));

describe('what an audit could not look at', () => {
  it('is nothing in a data set with patients, parts and pictures of some size', () => {
    expect(unchecked(memoryDataset(complete))).toEqual([]);
  });

  it('is reported for unknown patients, missing parts, missing pictures and small ones', () => {
    expect(ids(memoryDataset(complete, { patientRule: null }))).toEqual(['patients', 'lookalike-patients']);
    expect(ids(memoryDataset(complete.map((row) => ({ ...row, givenPart: null }))))).toEqual(['duplicates']);
    expect(ids(memoryDataset(complete.map((row) => ({ ...row, fingerprint: null }))))).toEqual(['near-duplicates']);
    expect(unchecked(memoryDataset(complete.map((row) => ({ ...row, width: 28 }))))[0]!.reason).toMatch(/120 pictures/);
  });

  it('is reported for a set too small to measure shortcuts, with the number that is needed', () => {
    const few = memoryDataset(complete.filter((_, i) => i < 20 || i >= 60));
    expect(unchecked(few)).toEqual([
      { check: 'label-shortcuts', reason: expect.stringMatching(/smaller class has 10 patients; at least 20/) },
    ]);
  });
});
