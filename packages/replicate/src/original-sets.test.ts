import type { Part } from '@chromaray/contracts';
import { auditDataset } from '@chromaray/data';
import { memoryDataset, patientsOf } from '@chromaray/testing/dataset';
import { describe, expect, it } from 'vitest';
import { colourSet, graySet } from './original-sets.js';
import { fastPlan, fullPlan } from './plan.js';
import { publishedGraySources } from './published.js';

const inPart = (part: Part, folder: string) =>
  [true, false].flatMap((positive) =>
    patientsOf(positive, positive ? 30 : 12, 1).map((record) => ({
      ...record,
      id: `${folder}/${record.id}`,
      patient: `${folder}-${record.patient}`,
      givenPart: part,
    })),
  );
const described = memoryDataset([...inPart('train', 'train'), ...inPart('test', 'test')]);

describe('the colour set', () => {
  const { dataset, split, sources } = colourSet(described, fullPlan);

  it('has the sizes the original study reports, from 8 NORMAL and 7 PNEUMONIA X-rays', () => {
    expect(dataset.records).toHaveLength(15_198);
    expect(new Set(dataset.records.map(({ id }) => id)).size).toBe(15_198);
    expect([split.counts.train.records, split.counts.validation.records, split.counts.test.records]).toEqual([
      10_668, 1520, 3010,
    ]);
    expect(sources.filter(({ positive }) => !positive)).toHaveLength(8);
    expect(sources.filter(({ positive }) => positive)).toHaveLength(7);
    expect(new Set(dataset.records.map(({ file }) => file))).toEqual(new Set(sources.map(({ file }) => file)));
  });

  it('copies training X-rays alone, none of them in the official test part', () => {
    expect(new Set(dataset.records.map(({ givenPart }) => givenPart))).toEqual(new Set(['train']));
  });

  it('is refused by the audit: every X-ray stands in several parts', () => {
    const blocking = auditDataset(dataset, split).findings.filter(({ severity }) => severity === 'blocks');
    const ids = blocking.map(({ id }) => id);
    expect(ids).toContain('duplicate-across-parts');
    expect(ids).toContain('patient-across-parts');
    expect(blocking.find(({ id }) => id === 'duplicate-across-parts')!.records).toHaveLength(15_198);
  });
});

describe('the grayscale set', () => {
  const { dataset, split, sources } = graySet(described, fullPlan);

  it('raises each class to 7,600 with copies of one X-ray', () => {
    expect(split.counts.train).toMatchObject({ positives: 7600, negatives: 7600 });
    for (const { file, positive } of sources) {
      const copies = dataset.records.filter((record) => record.file === file && split.part.get(record.id) === 'train');
      expect(copies).toHaveLength(7600 - (positive ? 30 : 12) + 1);
    }
  });

  it('has the official test part as validation and as test, which the audit refuses', () => {
    expect(split.counts.validation).toEqual(split.counts.test);
    expect(split.counts.test.records).toBe(42);
    const found = auditDataset(dataset, split).findings.find(({ id }) => id === 'duplicate-across-parts');
    expect(found).toMatchObject({ severity: 'blocks' });
    expect(found!.records).toHaveLength(84);
  });

  it('raises the smaller class to the larger where the plan says so, with copies of the published X-rays where they are', () => {
    const named = memoryDataset([
      ...described.records,
      {
        ...described.records.find(({ givenPart, positive }) => givenPart === 'train' && !positive)!,
        id: 'train/z',
        file: `/x/${publishedGraySources.negative}`,
      },
    ]);
    const small = graySet(named, fastPlan);
    expect(small.split.counts.train).toMatchObject({ positives: 30, negatives: 30 });
    expect(small.sources[0]!.id).toBe('train/z');
  });
});

it('asks for the published layout when the parts are missing', () => {
  const flat = memoryDataset(patientsOf(true, 10, 1).concat(patientsOf(false, 10, 1)));
  expect(() => colourSet(flat, fullPlan)).toThrowError(
    expect.objectContaining({ code: 'CHROMARAY_REPLICATE_TOO_FEW' }) as Error,
  );
});
