import type { Split, StudyFile } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { sensitivityNote } from './planned-sensitivity.js';

const part = { records: 624, patients: 428, positives: 390, negatives: 234 };
const split = { counts: { train: part, validation: part, test: part } } as unknown as Split;
const study = (seeds: readonly number[], margin: number): StudyFile =>
  ({ arms: [{}, {}], seeds, endpoint: { margin, alpha: 0.05, correction: 'holm' } }) as unknown as StudyFile;

describe('the note on sensitivity before training', () => {
  it('sets what can be seen against the margin', () => {
    expect(sensitivityNote(split, study([1, 2, 3], 0.2))).toContain('within the margin of 0.2');
    expect(sensitivityNote(split, study([1, 2, 3], 0.001))).toContain('more than the margin of 0.001');
  });

  it('warns of one seed and of two, not of three', () => {
    expect(sensitivityNote(split, study([1], 0.01))).toContain('One seed says nothing');
    expect(sensitivityNote(split, study([1, 2], 0.01))).toContain('Two seeds tell little');
    expect(sensitivityNote(split, study([1, 2, 3], 0.01))).not.toContain('at least three');
  });
});
