import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { explainLearning } from '../verdict/explain.js';
import { learning } from './learning.js';

const random = new Random('learning');
const labels = Array.from({ length: 120 }, (_, i) => i % 2);
const records = labels.map(() => random.normal());
const scored = (separation: number) =>
  labels.map((label, i) => separation * label + records[i]! + 0.3 * random.normal());
const constant = labels.map(() => 0.5);

describe('whether an arm learned', () => {
  it('is shown by an interval that lies above 0.5', () => {
    const found = learning({ labels, scores: [scored(2), scored(2.1)] });
    expect(found.notLearned).toBeNull();
    expect(found.perSeed.map(({ notLearned }) => notLearned)).toEqual([null, null]);
    expect(explainLearning(found, 'gray')).toMatch(/^gray learned: AUROC 0\.\d{3} \(95\u00a0% interval/);
  });

  it('is not shown by scores that guess', () => {
    const found = learning({ labels, scores: [scored(0), scored(0), scored(0)] });
    expect(found.notLearned).toBe('chance');
    expect(explainLearning(found, 'gray')).toMatch(
      /^gray is not shown to have learned: .*cannot be distinguished from chance/,
    );
    expect(explainLearning(found, 'gray')).toContain('of its 3 networks, none are better than chance');
  });

  it('is not shown by one network that learned and two that did not, and says how many did', () => {
    const found = learning({ labels, scores: [scored(3), constant, constant] });
    expect(found.notLearned).toBe('chance');
    expect(found.perSeed.map(({ notLearned }) => notLearned)).toEqual([null, 'constant scores', 'constant scores']);
    expect(explainLearning(found, 'gray')).toContain('of its 3 networks, 1 is better than chance');
  });

  it('is not shown by two networks that both learned but vary much: the reason is their variation, not that they did not learn', () => {
    const found = learning({ labels, scores: [scored(4), scored(1)] });
    expect(found.interval.lower).toBeLessThan(0.5);
    expect(found.notLearned).toBe('seeds vary');
    expect(explainLearning(found, 'gray')).toMatch(
      /^each network of gray is better than chance.*more seeds are needed/,
    );
  });

  it('is not shown by constant scores, on any number of records', () => {
    expect(learning({ labels, scores: [constant, constant] }).notLearned).toBe('constant scores');
    const many = Array.from({ length: 5000 }, (_, i) => i % 2);
    expect(learning({ labels: many, scores: [many.map(() => 0)] }).notLearned).toBe('constant scores');
  });

  it('of inverted scores is below chance', () => {
    const found = learning({ labels, scores: [scored(-2)] });
    expect(found.notLearned).toBe('below chance');
    expect(explainLearning(found, 'gray')).toContain('below chance');
  });
});
