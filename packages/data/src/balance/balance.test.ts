import { defaultAugmentation } from '@chromaray/contracts';
import { memoryDataset, patientsOf } from '@chromaray/testing/dataset';
import { describe, expect, it } from 'vitest';
import { makeSplit } from '../split/make-split.js';
import { augmentationOptions } from './augmentation-options.js';
import { planBalance } from './plan.js';

const dataset = memoryDataset([...patientsOf(true, 60, 2), ...patientsOf(false, 25, 2)]);
const split = makeSplit(dataset, {
  method: 'patient',
  fractions: { train: 0.7, validation: 0.1, test: 0.2 },
  seed: 42,
});
const { positives, negatives, records } = split.counts.train;
const isPositive = new Map(dataset.records.map(({ id, positive }) => [id, positive]));

describe('planBalance', () => {
  it('leaves everything alone without a method', () => {
    const plan = planBalance(dataset, split, { method: 'none' }, 1);
    expect(plan.entries).toHaveLength(records);
    expect(plan.entries.every(({ copy }) => copy === 0)).toBe(true);
    expect(plan.classWeights).toEqual({ positive: 1, negative: 1 });
  });

  it('weighs classes so that both weigh the same and the mean weight is 1', () => {
    const { positive, negative } = planBalance(dataset, split, { method: 'weights' }, 1).classWeights;
    expect(positive * positives).toBeCloseTo(negative * negatives, 10);
    expect((positive * positives + negative * negatives) / records).toBeCloseTo(1, 10);
  });

  it('raises each class to the count with copies spread evenly, of the training part only', () => {
    const plan = planBalance(
      dataset,
      split,
      { method: 'augment', perClass: 150, augmentation: defaultAugmentation },
      1,
    );
    expect(plan.entries.every(({ record }) => split.part.get(record) === 'train')).toBe(true);
    for (const side of [true, false]) {
      const entries = plan.entries.filter(({ record }) => isPositive.get(record) === side);
      expect(entries).toHaveLength(150);
      const copies = new Map<string, number[]>();
      for (const { record, copy } of entries) copies.set(record, [...(copies.get(record) ?? []), copy]);
      const sizes = [...copies.values()].map((list) => list.length);
      expect(copies.size).toBe(side ? positives : negatives);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      for (const list of copies.values()) expect(list).toEqual(list.map((_, i) => i));
    }
    expect(plan.augmentation).toEqual(defaultAugmentation);
  });

  it('raises the smaller class to the larger when no count is given', () => {
    const plan = planBalance(dataset, split, { method: 'augment', augmentation: defaultAugmentation }, 1);
    expect(plan.entries).toHaveLength(2 * Math.max(positives, negatives));
  });

  it('depends on the seed and on nothing else', () => {
    const plan = (seed: number) => planBalance(dataset, split, { method: 'augment', perClass: 101 }, seed).entries;
    expect(plan(1)).toEqual(plan(1));
    expect(plan(2)).not.toEqual(plan(1));
  });

  it('says that copies without variation are copies', () => {
    const still = { ...defaultAugmentation, rotation: 0, widthShift: 0, heightShift: 0 };
    const ranges = { ...still, zoom: [1, 1] as const, brightness: [1, 1] as const };
    const notes = planBalance(dataset, split, { method: 'augment', augmentation: ranges }, 1).notes;
    expect(notes.join()).toContain('exact copies');
    expect(planBalance(dataset, split, { method: 'augment', augmentation: still }, 1).notes).toHaveLength(1);
  });

  it('never drops an X-ray', () => {
    expect(() => planBalance(dataset, split, { method: 'augment', perClass: 3 }, 1)).toThrowError(
      expect.objectContaining({ code: 'CHROMARAY_BALANCE_PER_CLASS' }),
    );
  });

  it('hands its ranges on under the names that augmentation knows', () => {
    expect(augmentationOptions(defaultAugmentation)).toMatchObject({ rotationRange: 10, zoomRange: [0.9, 1.1] });
  });
});
