import { describe, expect, it } from 'vitest';
import { constructedPredictions } from './constructed-scores.test-support.js';
import { studyScores } from './study-scores.js';

const arms = [
  { arm: 'gray', separation: 1, chance: 0.2, seeds: [2, 1] },
  { arm: 'turbo', separation: 1, chance: 0.2, seeds: [1] },
];
const predictions = constructedPredictions(arms, 10);

describe('studyScores', () => {
  it('lines up trials on the records of the test part', () => {
    const { test, trials } = studyScores(predictions);
    expect(trials.map(({ arm, seed }) => `${arm}-${seed}`)).toEqual(['gray-2', 'gray-1', 'turbo-1']);
    expect(test.records).toHaveLength(20);
    expect(test.labels.filter((label) => label === 1)).toHaveLength(10);
    const turbo = predictions.filter(({ arm, part }) => arm === 'turbo' && part === 'test');
    expect([...trials[2]!.test]).toEqual(turbo.map(({ probability }) => probability));
  });

  it('chooses thresholds on validation alone: the test part does not move them', () => {
    const thresholds = (given: typeof predictions) => studyScores(given).trials.map(({ threshold }) => threshold);
    const before = thresholds(predictions);
    const otherTest = predictions.map((row) => (row.part === 'test' ? { ...row, probability: 0.999 } : row));
    expect(thresholds(otherTest)).toEqual(before);
    const otherValidation = predictions.map((row) =>
      row.part === 'validation' ? { ...row, probability: row.probability / 2 } : row,
    );
    expect(thresholds(otherValidation)).not.toEqual(before);
  });

  it('takes a record without a patient for a patient of its own', () => {
    const nameless = predictions.map((row) => ({ ...row, patient: null }));
    expect(new Set(studyScores(nameless).test.patients).size).toBe(20);
  });

  it('refuses trials that were tested on other records', () => {
    const last = predictions.findLastIndex(({ part }) => part === 'test');
    expect(() => studyScores(predictions.toSpliced(last, 1))).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_PREDICTIONS_INCOMPLETE' }),
    );
  });
});
