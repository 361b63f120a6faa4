import type { Part } from '@chromaray/contracts';
import { memoryDataset, patientsOf } from '@chromaray/testing/dataset';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSplit } from './make-split.js';

const fractions = { train: 0.7, validation: 0.1, test: 0.2 };
const section = { method: 'patient' as const, fractions, seed: 42 };
const failsWith = (what: string) => expect.objectContaining({ code: `CHROMARAY_SPLIT_${what}` });

describe('a split by patient', () => {
  it('never separates a patient or a picture, and gives every part both classes', () => {
    const patient = fc.record({
      positive: fc.boolean(),
      images: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(
        fc.array(patient, { minLength: 3, maxLength: 40 }),
        fc.integer({ min: 0, max: 1000 }),
        (patients, seed) => {
          // Three patients of each class, far from all others, make a split possible.
          const sure = [...patientsOf(true, 3, 1), ...patientsOf(false, 3, 1)];
          const drawn = patients.flatMap(({ positive, images }, index) =>
            images.map((picture, image) => ({
              id: `${index}-${image}`,
              positive,
              patient: `p${index}`,
              pixelHash: `picture ${picture}`,
            })),
          );
          const dataset = memoryDataset([...sure, ...drawn]);
          const split = makeSplit(dataset, { ...section, seed });
          expect(split.part.size).toBe(dataset.records.length);
          for (const key of ['patient', 'pixelHash'] as const) {
            const seen = new Map<string | null, Part>();
            for (const record of dataset.records) {
              const part = split.part.get(record.id)!;
              expect(seen.get(record[key]) ?? part).toBe(part);
              seen.set(record[key], part);
            }
          }
          for (const counts of Object.values(split.counts)) {
            expect(Math.min(counts.positives, counts.negatives)).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('comes near the fractions and the prevalence in a data set of ordinary size', () => {
    const uneven = (patient: number) => 1 + (patient % 5);
    const dataset = memoryDataset([...patientsOf(true, 300, uneven), ...patientsOf(false, 120, uneven)]);
    const { imbalance, counts, notes } = makeSplit(dataset, section);
    expect(imbalance.largestSizeGap).toBeLessThan(0.005);
    expect(imbalance.largestPrevalenceGap).toBeLessThan(0.01);
    expect(counts.train.records + counts.validation.records + counts.test.records).toBe(dataset.records.length);
    expect(notes.join()).toContain('points');
  });

  it('is the same for the same seed and another for another', () => {
    const dataset = memoryDataset([...patientsOf(true, 50, 2), ...patientsOf(false, 50, 2)]);
    expect(makeSplit(dataset, section)).toEqual(makeSplit(dataset, section));
    expect(makeSplit(dataset, { ...section, seed: 7 }).part).not.toEqual(makeSplit(dataset, section).part);
  });

  it('spreads subtypes over the parts as well', () => {
    const sick = patientsOf(true, 200, 1).map((record, i) => ({ ...record, subtype: i % 4 ? 'bacteria' : 'virus' }));
    const split = makeSplit(memoryDataset([...sick, ...patientsOf(false, 100, 1)]), section);
    const viral = sick.filter(({ subtype }) => subtype === 'virus');
    expect(viral.filter(({ id }) => split.part.get(id) === 'test')).toHaveLength(10);
  });

  it('says aloud that it works without patients', () => {
    const records = Array.from({ length: 40 }, (_, i) => ({ id: `${i}`, positive: i % 2 === 0 }));
    const split = makeSplit(memoryDataset(records), section);
    expect(split.notes[0]).toContain('Patients are unknown');
    expect(split.counts.train.patients).toBeNull();
  });

  it('refuses fewer patients of a class than parts, however many records they have', () => {
    const dataset = memoryDataset([...patientsOf(true, 2, 50), ...patientsOf(false, 50, 1)]);
    expect(() => makeSplit(dataset, section)).toThrowError(failsWith('TOO_FEW_PATIENTS'));
  });
});

describe('a split as provided', () => {
  const placed = (part: Part, positive: number, negative: number) =>
    [...patientsOf(true, positive, 2), ...patientsOf(false, negative, 2)].map((record) => ({
      ...record,
      id: `${part}/${record.id}`,
      patient: `${part} ${record.patient}`,
      givenPart: part,
    }));
  const provided = { ...section, method: 'provided' as const };

  it('keeps parts that will do', () => {
    const dataset = memoryDataset([
      ...placed('train', 100, 80),
      ...placed('validation', 20, 20),
      ...placed('test', 9, 9),
    ]);
    const split = makeSplit(dataset, provided);
    expect(dataset.records.every(({ id, givenPart }) => split.part.get(id) === givenPart)).toBe(true);
    expect(split.notes).toEqual([]);
  });

  it.each([
    ['too small a share', 3, 3, 'has 12 of 372 records'],
    ['too few patients of one class', 40, 19, 'has 19 patients of one class'],
    ['none at all', 0, 0, 'is missing'],
  ])('rebuilds a validation part from train, leaves test alone and says so: %s', (_, positive, negative, said) => {
    const dataset = memoryDataset([
      ...placed('train', 100, 80),
      ...placed('validation', positive, negative),
      ...placed('test', 9, 9),
    ]);
    const split = makeSplit(dataset, provided);
    const learning = dataset.records.filter(({ givenPart }) => givenPart !== 'test').length;
    expect(split.notes.join()).toContain(said);
    expect(split.counts.test.records).toBe(36);
    expect(split.counts.validation.records / learning).toBeCloseTo(0.125, 1);
    for (const { id, givenPart } of dataset.records) expect(split.part.get(id) === 'test').toBe(givenPart === 'test');
  });

  it('refuses records without a part and parts without a class', () => {
    const train = placed('train', 50, 50);
    expect(() => makeSplit(memoryDataset(train), provided)).toThrowError(failsWith('NOT_PROVIDED'));
    const homeless = memoryDataset([...train, ...placed('test', 5, 5), { id: 'x', positive: true }]);
    expect(() => makeSplit(homeless, provided)).toThrowError(/the first is x/);
  });
});

describe('a split like scikit-learn', () => {
  it('places every record, in the sizes of the original study', () => {
    const records = Array.from({ length: 15198 }, (_, i) => ({
      id: String(i).padStart(5, '0'),
      positive: i % 2 === 0,
    }));
    const { counts, part, notes } = makeSplit(memoryDataset(records), { ...section, method: 'sklearn' });
    expect([counts.train.records, counts.validation.records, counts.test.records]).toEqual([10668, 1520, 3010]);
    expect(part.size).toBe(15198);
    expect(notes.join()).toContain('copies of one image');
  });
});
