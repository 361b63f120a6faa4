import { Random } from '@chromaray/base';
import { expect, it } from 'vitest';
import { type TuningDesign, tuningBias } from './tuned-arm.js';

const design: TuningDesign = {
  ...{ arm: 1, control: 1, on: 'validation', spread: 0.02 },
  ...{ auroc: 0.9, seeds: 3, seedDeviation: 0.01, validation: 60, test: 60 },
};
const bias = (changes: Partial<TuningDesign>) =>
  tuningBias({ ...design, ...changes }, 150, new Random('tuning')).difference;

it('a search in one arm favours it, one of the same size in both favours none, and one on the test part is worst', () => {
  const [none, one, both, test] = [
    bias({}),
    bias({ arm: 16 }),
    bias({ arm: 16, control: 16 }),
    bias({ arm: 16, on: 'test' }),
  ] as const;
  // Standard errors over 150 studies are near 0.002.
  expect(Math.abs(none)).toBeLessThan(0.008);
  expect(Math.abs(both)).toBeLessThan(0.008);
  expect(one).toBeGreaterThan(0.008);
  expect(test).toBeGreaterThan(one);
});

it('without a difference between candidates, choosing on validation wins nothing, and on the test part still does', () => {
  expect(Math.abs(bias({ arm: 16, spread: 0 }))).toBeLessThan(0.006);
  expect(bias({ arm: 16, spread: 0, on: 'test' })).toBeGreaterThan(0.01);
});
