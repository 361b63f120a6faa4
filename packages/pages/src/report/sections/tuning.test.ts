import type { TuningRecord } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { sampleInput } from '../report.test-support.js';
import { tuningSections, tuningWords } from './tuning.js';

const result = (candidate: number, state: 'chosen' | 'not chosen' | 'failed', auroc: number | null) => ({
  ...{ candidate, state, epochs: 4, auroc },
  ...{ loss: auroc === null ? null : 0.4, selectedEpoch: auroc === null ? null : 2 },
});
const record: TuningRecord = {
  ...{ identity: 'h', method: 'random', seed: 0, at: '2026-01-01T00:00:00Z', finishedTrials: 0 },
  candidates: [
    { candidate: 1, settings: {} },
    { candidate: 2, settings: { 'training.learningRate': 0.002 } },
  ],
  rungs: [{ candidates: 2, epochs: 4 }],
  validation: { records: 120, positives: 60 },
  arms: [
    {
      arm: 'gray',
      chosen: 1,
      epochs: 8,
      continued: true,
      candidates: [result(1, 'chosen', 0.9), result(2, 'failed', null)],
    },
    {
      arm: 'turbo',
      chosen: 2,
      epochs: 8,
      continued: true,
      candidates: [result(1, 'not chosen', 0.8), result(2, 'chosen', 0.95)],
    },
  ],
};

describe('the report on a search for hyperparameters', () => {
  it('lists every candidate of every arm with what it reached', () => {
    const [section] = tuningSections({ ...sampleInput(), tuning: record });
    const rows = section!.tables![0]!.rows.map((row) => row.map(String));
    expect(rows.map((row) => [row[0], row[1], row[2], row[6]])).toEqual([
      ['gray', '1', 'the study’s own', 'chosen'],
      ['gray', '2', 'learningRate 0.002', 'failed'],
      ['turbo', '1', 'the study’s own', 'not chosen'],
      ['turbo', '2', 'learningRate 0.002', 'chosen'],
    ]);
  });

  it('is not there for a study whose hyperparameters were taken as written', () => {
    expect(tuningSections(sampleInput())).toEqual([]);
  });

  it('says that the budget was one, and what each arm spent where it was not', () => {
    expect(tuningWords(record)).toContain('ranked on 120 validation X-rays: 8 epochs an arm.');
    const [gray, turbo] = record.arms;
    const uneven = { ...record, arms: [{ ...gray!, epochs: 12, continued: false }, turbo!] };
    expect(tuningWords(uneven)).toContain('gray 12 epochs and turbo 8 epochs (what was allowed is the same');
    expect(tuningWords(uneven)).toContain('Stages of gray found no checkpoint');
    expect(tuningWords(record)).not.toContain('checkpoint');
  });

  it('says so when results could be known', () => {
    expect(tuningWords(record)).toContain('before any trial was tested');
    expect(tuningWords({ ...record, finishedTrials: 3 })).toContain('when 3 trials had been tested already');
  });
});
