import { type Endpoint, endpointName, isLowerBetter } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { acrossSplits } from './across-splits.js';
import { armResults } from './arm-results.js';
import { compareArms } from './compare-arms.js';
import { type ConstructedArm, constructedPredictions } from './constructed-scores.test-support.js';
import { comparisonsStatement } from './statement.js';
import { studyScores } from './study-scores.js';

const seeds = [1, 2, 3];
const arms = [
  { name: 'gray', control: true },
  { name: 'turbo', control: false },
];
const scoresOf = (gray: number, turbo: number) => {
  const constructed: readonly ConstructedArm[] = [
    { arm: 'gray', separation: gray, chance: 0.1, seeds },
    { arm: 'turbo', separation: turbo, chance: 0.1, seeds },
  ];
  return studyScores(constructedPredictions(constructed, 300, 150));
};
const kinds = [
  { metric: 'auroc' },
  { metric: 'auprc' },
  { metric: 'partial-auroc', range: [0, 0.2] },
  { metric: 'sensitivity', at: 0.8 },
  { metric: 'specificity', at: 0.8 },
  { metric: 'balanced-accuracy' },
  { metric: 'brier' },
] as const;
const endpointOf = (kind: (typeof kinds)[number], margin = 0.01): Endpoint => ({
  ...{ ...kind, part: 'test', margin, alpha: 0.05, correction: 'holm', bootstrap: 100 },
});

describe.each(kinds.map((kind) => ({ kind, name: endpointName(kind) })))(
  'a study whose endpoint is the $name',
  ({ kind, name }) => {
    const endpoint = endpointOf(kind);
    const better = scoresOf(1, 3.5);
    const [helped] = compareArms(arms, better, endpoint).comparisons;
    const [harmed] = compareArms(arms, scoresOf(3.5, 1), endpoint).comparisons;

    it('finds what helps and what harms, whichever direction is better', () => {
      expect(helped!.verdict).toBe('helps');
      expect(harmed!.verdict).toBe('harms');
      expect(Math.sign(helped!.difference)).toBe(isLowerBetter(kind) ? -1 : 1);
      expect(Math.sign(harmed!.difference)).toBe(isLowerBetter(kind) ? 1 : -1);
    });

    it('says its name in every sentence, and the AUROC in none that is about another', () => {
      const [open] = compareArms(arms, scoresOf(1.5, 1.505), endpointOf(kind, 1e-6)).comparisons;
      const [equal] = compareArms(arms, scoresOf(1.5, 1.5), endpointOf(kind, 0.4)).comparisons;
      const across = acrossSplits(
        helped!,
        { asked: 3, finished: [better, scoresOf(1, 3.1), scoresOf(1, 2.7)] },
        { train: { records: 700 }, test: { records: 600 } },
        endpoint,
      );
      expect([open!.verdict, equal!.verdict]).toEqual(['inconclusive', 'no meaningful difference']);
      const sentences = [
        ...[helped!, harmed!, open!, equal!].flatMap((one) => [one.statement, comparisonsStatement([one], endpoint)]),
        across.statement,
      ];
      for (const sentence of sentences) {
        expect(sentence).toContain(name);
        expect(sentence.replaceAll(name, '')).not.toContain('AUROC');
      }
    });

    it('shows each arm’s own value and each seed’s difference beside the AUROC', () => {
      const [gray, turbo] = armResults(arms, better, endpoint);
      if (kind.metric === 'auroc') {
        expect(gray!.endpoint).toBeUndefined();
        expect(helped!.perSeed[0]!.difference).toBeUndefined();
        return;
      }
      expect(turbo!.endpoint!.mean - gray!.endpoint!.mean).toBeCloseTo(helped!.difference, 10);
      const perSeed = helped!.perSeed.map(({ difference }) => difference!);
      expect(perSeed.reduce((sum, one) => sum + one, 0) / seeds.length).toBeCloseTo(helped!.difference, 10);
      expect(perSeed).toEqual(turbo!.endpoint!.perSeed.map((value, s) => value - gray!.endpoint!.perSeed[s]!));
    });
  },
);

it('a lower Brier score is called better, a higher one worse', () => {
  const endpoint = endpointOf({ metric: 'brier' });
  const said = (gray: number, turbo: number) =>
    comparisonsStatement(compareArms(arms, scoresOf(gray, turbo), endpoint).comparisons, endpoint);
  expect(said(1, 3.5)).toBe('turbo has a lower (better) Brier score than gray.');
  expect(said(3.5, 1)).toBe('turbo has a higher (worse) Brier score than gray.');
});

it('thresholds come from validation: with other validation scores the endpoint is another, the AUROC is not', () => {
  const scores = scoresOf(1.5, 2);
  const shifted = {
    ...scores,
    trials: scores.trials.map((trial) => ({ ...trial, validation: trial.validation!.map((p) => p / 2) })),
  };
  const difference = (of: typeof scores, kind: (typeof kinds)[number]) =>
    compareArms(arms, of, endpointOf(kind)).comparisons[0]!.difference;
  expect(difference(shifted, { metric: 'sensitivity', at: 0.8 })).not.toBeCloseTo(
    difference(scores, { metric: 'sensitivity', at: 0.8 }),
    3,
  );
  expect(difference(shifted, { metric: 'auroc' })).toBe(difference(scores, { metric: 'auroc' }));
});
