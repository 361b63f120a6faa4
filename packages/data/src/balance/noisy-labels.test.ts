import { memoryDataset, patientsOf } from '@chromaray/testing/dataset';
import { describe, expect, it } from 'vitest';
import { makeSplit } from '../split/make-split.js';
import { noisyTraining, turnedLabels } from './noisy-labels.js';

const dataset = memoryDataset([...patientsOf(true, 60, 2), ...patientsOf(false, 25, 2)]);
const split = makeSplit(dataset, {
  method: 'patient',
  fractions: { train: 0.6, validation: 0.2, test: 0.2 },
  seed: 3,
});
const { positives, negatives } = split.counts.train;

describe('labels turned on purpose', () => {
  it('are the asked share of each class, of the training part and of no other', () => {
    const noisy = noisyTraining(dataset, split, { flip: 0.25, seed: 1 });
    const turned = dataset.records.filter(({ positive }, i) => noisy.dataset.records[i]!.positive !== positive);
    expect(turned.every(({ id }) => split.part.get(id) === 'train')).toBe(true);
    expect(turned.filter(({ positive }) => positive)).toHaveLength(Math.round(0.25 * positives));
    expect(turned.filter(({ positive }) => !positive)).toHaveLength(Math.round(0.25 * negatives));
    const told = noisy.dataset.records.filter(({ id, positive }) => positive && split.part.get(id) === 'train');
    expect(noisy.split.counts.train.positives).toBe(told.length);
    expect(noisy.split.counts.test).toEqual(split.counts.test);
  });

  it('of a larger share hold those of the smaller; another seed turns others', () => {
    const of = (flip: number, seed: number) => turnedLabels(dataset, split, { flip, seed }).positives;
    expect(of(0.4, 1)).toEqual(expect.arrayContaining([...of(0.1, 1)]));
    expect(new Set(of(0.4, 2))).not.toEqual(new Set(of(0.4, 1)));
  });

  it('can be of one class; a class that is none is refused', () => {
    const { positive, negative } = dataset;
    const found = turnedLabels(dataset, split, { flip: { [positive]: 0.5 }, seed: 1 });
    expect([found.positives.length, found.negatives.length]).toEqual([Math.round(0.5 * positives), 0]);
    expect(() => noisyTraining(dataset, split, { flip: { VIRUS: 0.5, [negative]: 0.1 }, seed: 1 })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_LABELS_CLASS', message: expect.stringContaining('"VIRUS"') }),
    );
  });
});
