import { type BalanceSection, type Dataset, defaultAugmentation, defaultFractions, parts } from '@chromaray/contracts';
import { memoryDataset } from '@chromaray/testing/dataset';
import { describe, expect, it } from 'vitest';
import { planBalance } from '../balance/plan.js';
import { makeSplit } from './make-split.js';

const several = ['NORMAL', 'BACTERIA', 'VIRUS'];

/** So many patients of each class, with one to three pictures each. */
function dataset(patients: readonly number[], given?: (index: number, patient: number) => 'train' | 'test'): Dataset {
  const records = several.flatMap((label, index) =>
    Array.from({ length: patients[index]! }, (_, patient) =>
      Array.from({ length: 1 + (patient % 3) }, (__, picture) => ({
        id: `${label}-${patient}-${picture}`,
        label,
        positive: index > 0,
        patient: `${label} ${patient}`,
        ...(given && { givenPart: given(index, patient) }),
      })),
    ).flat(),
  );
  return memoryDataset(records, { several, classes: [...several].sort(), positive: 'BACTERIA + VIRUS' });
}

const byPatient = { method: 'patient', fractions: defaultFractions, seed: 1 } as const;
const refusal = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe('a split of several classes', () => {
  it('gives every part its share of each class, and no patient to two', () => {
    const data = dataset([60, 40, 20]);
    const split = makeSplit(data, byPatient);
    for (const part of parts) {
      for (const name of several) {
        const all = data.records.filter(({ label }) => label === name).length;
        const share = split.counts[part].classes![name]! / all;
        expect(Math.abs(share - defaultFractions[part])).toBeLessThan(0.06);
      }
    }
    const partsOf = new Map<string, Set<string>>();
    for (const { id, patient } of data.records)
      partsOf.set(patient!, (partsOf.get(patient!) ?? new Set()).add(split.part.get(id)!));
    expect([...partsOf.values()].every(({ size }) => size === 1)).toBe(true);
  });

  it('refuses a class of three records, by name, before anything is trained', () => {
    const data = dataset([40, 40, 3]);
    const three = { ...data, records: data.records.filter(({ id }) => !/VIRUS-\d-[12]/.test(id)) };
    expect(refusal(() => makeSplit(three, byPatient))).toMatchObject({
      code: 'CHROMARAY_SPLIT_TOO_FEW_PATIENTS',
      message: expect.stringMatching(/The test part holds 1 patient of VIRUS, of 3 patients in all/),
    });
    expect(refusal(() => makeSplit(dataset([40, 40, 2]), byPatient))).toMatchObject({
      message: expect.stringMatching(/40 NORMAL, 40 BACTERIA and 2 VIRUS/),
    });
  });

  it('refuses given parts whose test part lacks a class that training has', () => {
    const data = dataset([40, 40, 40], (index, patient) => (patient % 4 === 0 && index < 2 ? 'test' : 'train'));
    expect(refusal(() => makeSplit(data, { ...byPatient, method: 'provided' }))).toMatchObject({
      code: 'CHROMARAY_SPLIT_NOT_PROVIDED',
      message: expect.stringContaining('"test"'),
    });
  });

  it('refuses a part made record by record that has too few of a class', () => {
    const data = dataset([40, 40, 2]);
    expect(refusal(() => makeSplit(data, { ...byPatient, method: 'sklearn' }))).toMatchObject({
      code: 'CHROMARAY_SPLIT_TOO_FEW_PATIENTS',
    });
  });
});

describe('the balance of several classes', () => {
  const data = dataset([60, 40, 20]);
  const split = makeSplit(data, byPatient);
  const planned = (section: BalanceSection) => planBalance(data, split, section, 1);
  const counts = several.map((name) => split.counts.train.classes![name]!);

  it('weighs them so that all weigh the same and the mean is 1, as scikit-learn does', () => {
    const { severalWeights } = planned({ method: 'weights' });
    const total = counts.reduce((sum, count) => sum + count, 0);
    expect(severalWeights).toEqual(counts.map((count) => total / (3 * count)));
  });

  it('raises each to the count of the largest', () => {
    const { entries, notes } = planned({ method: 'augment', augmentation: defaultAugmentation });
    for (const name of several)
      expect(entries.filter(({ record }) => record.startsWith(name))).toHaveLength(Math.max(...counts));
    expect(notes[0]).toContain(
      `to ${Math.max(...counts)} pictures from ${counts[0]} X-rays of NORMAL, ${counts[1]} of BACTERIA and ${counts[2]} of VIRUS`,
    );
  });

  it('refuses a number below the largest class, by name', () => {
    expect(refusal(() => planned({ method: 'augment', perClass: 5 }))).toMatchObject({
      code: 'CHROMARAY_BALANCE_PER_CLASS',
      message: expect.stringContaining('records of NORMAL'),
    });
  });
});
