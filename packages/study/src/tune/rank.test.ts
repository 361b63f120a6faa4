import { describe, expect, it } from 'vitest';
import { ranked, scoreAfter } from './rank.js';

const epoch = (number: number, validationLoss: number | null, validationAuroc: number | null) => ({
  epoch: number,
  validationLoss,
  validationAuroc,
});
const epochs = [epoch(1, 0.6, 0.7), epoch(2, 0.4, 0.8), epoch(3, 0.5, 0.9), epoch(4, 0.1, 0.95)];

describe('the score of a candidate', () => {
  it('is that of the epoch whose weights would be tested after so many epochs', () => {
    expect(scoreAfter(7, epochs, 3, 'best')).toEqual({ candidate: 7, auroc: 0.8, loss: 0.4, selectedEpoch: 2 });
    expect(scoreAfter(7, epochs, 3, 'last')).toMatchObject({ auroc: 0.9, selectedEpoch: 3 });
    expect(scoreAfter(7, epochs, 4, 'best')).toMatchObject({ auroc: 0.95, selectedEpoch: 4 });
  });

  it('is the first of epochs with equal losses, as training selects', () => {
    expect(scoreAfter(1, [epoch(1, 0.5, 0.6), epoch(2, 0.5, 0.9)], 2, 'best')).toMatchObject({ selectedEpoch: 1 });
  });

  it('is none without an epoch, or where figures are no numbers', () => {
    expect(scoreAfter(1, [], 3, 'best')).toBeUndefined();
    expect(scoreAfter(1, [epoch(1, null, null)], 3, 'best')).toBeUndefined();
    expect(scoreAfter(1, [epoch(1, Number.NaN, 0.5)], 3, 'last')).toBeUndefined();
  });
});

it('candidates are ranked by AUROC, then loss, then number, in any order they come', () => {
  const of = (candidate: number, auroc: number, loss: number) => ({ candidate, auroc, loss, selectedEpoch: 1 });
  const scores = [of(4, 0.8, 0.1), of(3, 0.9, 0.5), of(2, 0.9, 0.4), of(1, 0.9, 0.5)];
  for (const order of [scores, [...scores].reverse()]) {
    expect(ranked(order).map(({ candidate }) => candidate)).toEqual([2, 1, 3, 4]);
  }
});
