import { describe, expect, it } from 'vitest';
import { armCalls, type Case, caseQuerySchema, selectCases } from './cases.js';

const said = (arm: string, probability: number, outcome: Case['arms'][number]['outcome'], wrong = 0) => ({
  ...{ arm, probability, seeds: 2, wrong, outcome },
  ofSeeds: [{ seed: 1, probability, threshold: 0.5, right: wrong === 0 }],
});
const one = (record: string, more: Partial<Case>): Case => ({
  ...{ record, label: 'NORMAL', positive: false, patient: null, error: 0, confidence: 0, disagreement: 0, spread: 0 },
  ...{ arms: [said('gray', 0.2, 'true negative'), said('turbo', 0.6, 'false positive', 1)] },
  ...more,
});
const cases = [
  one('a', { error: 0.1, spread: 0.4 }),
  one('B', { error: 0.9, disagreement: 0.3 }),
  one('c', {
    error: 0.9,
    label: 'PNEUMONIA',
    arms: [said('gray', 0.9, 'true positive'), said('turbo', 0.1, 'false negative', 2)],
  }),
];
const names = (query: object): readonly string[] =>
  selectCases(cases, caseQuerySchema.parse(query)).map(({ record }) => record);

describe('cases', () => {
  it('are sorted by what is asked for, equal ones by record', () => {
    expect(names({})).toEqual(['B', 'c', 'a']);
    expect(names({ order: 'up' })).toEqual(['a', 'B', 'c']);
    expect(names({ sort: 'spread' })).toEqual(['a', 'B', 'c']);
    expect(names({ sort: 'disagreement' })).toEqual(['B', 'a', 'c']);
    expect(names({ sort: 'probability', arm: 'turbo', order: 'up' })).toEqual(['c', 'B', 'a']);
  });

  it('are filtered by class, name and what an arm made of them', () => {
    expect(names({ label: 'PNEUMONIA' })).toEqual(['c']);
    expect(names({ text: 'b' })).toEqual(['B']);
    expect(names({ arm: 'turbo', outcome: 'false negative' })).toEqual(['c']);
    expect(names({ arm: 'gray', outcome: 'false negative' })).toEqual([]);
    expect(names({ arm: 'turbo', outcome: 'wrong' })).toEqual(['B', 'c', 'a']);
    expect(names({ arm: 'gray', outcome: 'right' })).toEqual(['B', 'c', 'a']);
    expect(names({ arm: 'none', outcome: 'right' })).toEqual([]);
  });
});

describe('a case of several classes', () => {
  const trial = (seed: number, ...classes: readonly (readonly number[])[]) => ({
    ...{ arm: 'gray', seed, threshold: 0.5 },
    test: Float64Array.from(classes[0]!, (reference) => 1 - reference),
    classes: classes.map((ofClass) => Float64Array.from(ofClass)),
  });
  const classes = ['NORMAL', 'BACTERIA', 'VIRUS'];

  it('is right where its own class is the most probable, wrong where another ill one is', () => {
    // Virus, sure to be ill in both networks: against the reference alone it would be a true positive.
    const found = armCalls('gray', [trial(1, [0.1], [0.6], [0.3]), trial(2, [0.1], [0.3], [0.6])], classes, 2, 0);
    expect(found).toMatchObject({ outcome: 'wrong', called: 'BACTERIA', seeds: 2, wrong: 1 });
    expect(found.probability).toBeCloseTo(0.45, 12);
    expect(found.ofSeeds.map(({ called, right, threshold }) => [called, right, threshold])).toEqual([
      ['BACTERIA', false, null],
      ['VIRUS', true, null],
    ]);
    expect(armCalls('gray', [trial(1, [0.2], [0.7], [0.1])], classes, 1, 0)).toMatchObject({
      ...{ outcome: 'right', called: 'BACTERIA', wrong: 0, probability: 0.7 },
    });
  });
});
