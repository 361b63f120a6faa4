import { describe, expect, it } from 'vitest';
import { compareArms } from './compare-arms.js';
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

  it('lines up trials whose records were stored in another order: comparisons do not change', () => {
    const turned = [
      ...predictions.filter(({ arm }) => arm === 'gray'),
      ...predictions.filter(({ arm }) => arm === 'turbo').reverse(),
    ];
    const endpoint = {
      metric: 'auroc',
      part: 'test',
      margin: 0.02,
      alpha: 0.05,
      correction: 'holm',
      bootstrap: 100,
    } as const;
    const named = [
      { name: 'gray', control: true },
      { name: 'turbo', control: false },
    ];
    const compared = (given: typeof predictions) => compareArms(named, studyScores(given), endpoint);
    expect(compared(turned)).toEqual(compared(predictions));
    const whollyTurned = compared([...predictions].reverse()).comparisons[0]!;
    const { difference, bootstrap } = compared(predictions).comparisons[0]!;
    expect(whollyTurned.difference).toBeCloseTo(difference, 12);
    expect(whollyTurned.bootstrap.bca![0]).toBeCloseTo(bootstrap.bca![0], 12);
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

  it('refuses trials that were tested on other labels', () => {
    const flipped = predictions.map((row) =>
      row.arm === 'turbo' && row.record === 'test-well-0003' ? { ...row, positive: true } : row,
    );
    expect(() => studyScores(flipped)).toThrow(expect.objectContaining({ code: 'CHROMARAY_PREDICTIONS_INCOMPLETE' }));
  });

  it.each([Number.NaN, -0.01, 1.0000001, Number.POSITIVE_INFINITY])(
    'refuses a probability of %d, and names trial and record',
    (probability) => {
      const bad = predictions.map((row, i) => (i === 3 ? { ...row, probability } : row));
      const { arm, seed, record } = predictions[3]!;
      expect(() => studyScores(bad)).toThrow(
        expect.objectContaining({
          code: 'CHROMARAY_PREDICTIONS_VALUE',
          details: { arm, seed, record, probability: String(probability) },
        }),
      );
    },
  );

  it('refuses a record that a trial predicts twice, within a part and across parts', () => {
    const again = (part: 'validation' | 'test') => [...predictions, { ...predictions[0]!, part }];
    for (const rows of [again('test'), again('validation')]) {
      expect(() => studyScores(rows)).toThrow(expect.objectContaining({ code: 'CHROMARAY_PREDICTIONS_DUPLICATE' }));
    }
  });

  it.each(['validation', 'test'] as const)('refuses a %s part with one class only', (part) => {
    const oneClass = predictions.filter((row) => row.part !== part || row.positive);
    expect(() => studyScores(oneClass)).toThrow(
      expect.objectContaining({
        code: 'CHROMARAY_PREDICTIONS_ONE_CLASS',
        message: expect.stringContaining(`only positive records in its ${part} part`),
      }),
    );
  });
});
