import type { Part } from '@chromaray/contracts';
import { memoryDataset, patientsOf } from '@chromaray/testing/dataset';
import { describe, expect, it } from 'vitest';
import { makeSplit, splitCount } from './make-split.js';

const fractions = { train: 0.7, validation: 0.1, test: 0.2 };
const section = { method: 'patient' as const, fractions, seed: 42 };
const failsWith = (what: string, message: RegExp) =>
  expect.objectContaining({ code: `CHROMARAY_SPLIT_${what}`, message: expect.stringMatching(message) });
const uneven = (patient: number) => 1 + (patient % 3);

describe('folds', () => {
  const dataset = memoryDataset([...patientsOf(true, 53, uneven), ...patientsOf(false, 31, uneven)]);
  const folds = [1, 2, 3, 4, 5].map((number) => makeSplit(dataset, { ...section, folds: 5 }, number));

  it('test every record once, with both classes near their share in each', () => {
    const tested = folds.flatMap(({ part }) => [...part].filter(([, of]) => of === 'test').map(([id]) => id));
    expect(tested.sort()).toEqual(dataset.records.map(({ id }) => id));
    const whole = dataset.records.filter(({ positive }) => positive).length / dataset.records.length;
    for (const { counts } of folds) {
      expect(Math.abs(counts.test.positives / counts.test.records - whole)).toBeLessThan(0.04);
      expect(Math.abs(counts.test.records / dataset.records.length - 0.2)).toBeLessThan(0.03);
    }
  });

  it('keep patients apart in each, and take validation from what is not tested', () => {
    for (const { part, counts } of folds) {
      const seen = new Map<string, Part>();
      for (const { id, patient } of dataset.records) {
        expect(seen.get(patient!) ?? part.get(id)).toBe(part.get(id));
        seen.set(patient!, part.get(id)!);
      }
      const share = counts.validation.records / (counts.validation.records + counts.train.records);
      expect(Math.abs(share - 0.125)).toBeLessThan(0.04);
      expect(Math.min(counts.validation.positives, counts.validation.negatives)).toBeGreaterThan(0);
    }
    expect(folds[2]!.notes.join()).toContain('fold 3 of 5');
  });

  it('are the same for the same seed and others for another', () => {
    const again = makeSplit(dataset, { ...section, folds: 5 }, 2);
    expect([...again.part]).toEqual([...folds[1]!.part]);
    const other = makeSplit(dataset, { ...section, seed: 43, folds: 5 }, 2);
    expect([...other.part]).not.toEqual([...folds[1]!.part]);
  });

  it('need a patient of each class for each fold', () => {
    const few = memoryDataset([...patientsOf(true, 20, 2), ...patientsOf(false, 4, 5)]);
    expect(() => makeSplit(few, { ...section, folds: 5 })).toThrow(
      failsWith('TOO_FEW_PATIENTS', /^5 folds need at least 5 patients of each class .* 20 positive and 4 negative/),
    );
  });
});

describe('sites', () => {
  const at = <T>(site: string | undefined, records: readonly T[], name = site) =>
    records.map((record, i) => ({
      ...record,
      id: `${name}-${i}`,
      patient: `${name}-${(record as { patient: string }).patient}`,
      ...(site === undefined ? {} : { site }),
    }));
  const both = (site: string) => at(site, [...patientsOf(true, 6, 2), ...patientsOf(false, 5, 2)]);
  const bySite = { ...section, by: 'site' as const };

  it('are tested one after the other, in the order of their names, by what is learned from the others', () => {
    const dataset = memoryDataset([...both('north'), ...both('east'), ...both('west')]);
    expect(splitCount(bySite, dataset.records)).toBe(3);
    for (const [i, site] of ['east', 'north', 'west'].entries()) {
      const split = makeSplit(dataset, bySite, i + 1);
      const tested = dataset.records.filter(({ id }) => split.part.get(id) === 'test');
      expect(new Set(tested.map((record) => record.site))).toEqual(new Set([site]));
      expect(tested).toHaveLength(22);
      expect(split.counts.validation.records).toBeGreaterThan(0);
      expect(split.notes.join()).toContain(`The test part is the site ${site}, ${i + 1} of 3`);
    }
  });

  it.each([
    ['unknown', [...patientsOf(true, 6, 1), ...patientsOf(false, 6, 1)], /^12 of 12 records have no site\.$/],
    [
      'unknown in part',
      [...both('north'), ...at(undefined, patientsOf(true, 1, 3), 'x')],
      /^3 of 25 records have no site/,
    ],
    ['one only', both('north'), /^All 22 records are of one site, north\.$/],
    ['one of a single class', [...both('north'), ...at('east', patientsOf(true, 4, 1))], /site east are all PNEUMONIA/],
    [
      'a patient in two',
      [
        ...both('north'),
        ...both('east').map((record, i) => (i === 0 ? { ...record, patient: 'north-sick0' } : record)),
      ],
      /^1 patient or picture is in more than one site, such as .* \(east and north\)/,
    ],
  ] as const)('are refused where they are %s', (_, records, message) => {
    expect(() => makeSplit(memoryDataset(records), bySite)).toThrow(failsWith('SITES', message));
  });
});
