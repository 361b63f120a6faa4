import type { Dataset, DatasetRecord, Manifest } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { exactOverlap, leftOutNote, withoutOverlap } from './overlap.js';

const record = (id: string, patient: string | null, positive: boolean): DatasetRecord =>
  ({ id, patient, positive, sha256: `sha-${id}`, pixelHash: `pixels-${id}` }) as unknown as DatasetRecord;
const other = {
  root: '/elsewhere',
  records: [
    record('a', 'p1', true),
    record('b', 'p1', false),
    record('c', 'p2', true),
    record('d', 'p3', false),
    record('e', null, true),
  ],
} as unknown as Dataset;

describe('pictures of another data set that the models have learned from', () => {
  it('are known by file or pixels, apart from those of the test part', () => {
    const records = [
      { id: 'known-1', part: 'train', sha256: 'sha-a', pixelHash: 'x' },
      { id: 'known-2', part: 'validation', sha256: 'y', pixelHash: 'pixels-c' },
      { id: 'known-3', part: 'test', sha256: 'sha-d', pixelHash: 'pixels-d' },
    ];
    expect(exactOverlap(other, { records } as unknown as Manifest)).toEqual({
      learned: [
        { record: 'a', known: 'known-1' },
        { record: 'c', known: 'known-2' },
      ],
      tested: 1,
    });
  });

  it('are left out with the other pictures of their patients, and each says why', () => {
    const { dataset, leftOut } = withoutOverlap(
      other,
      [{ record: 'a', known: 'known-1' }],
      [{ record: 'c', known: 'known-2' }],
    );
    expect(dataset.records.map(({ id }) => id)).toEqual(['d', 'e']);
    expect(leftOut).toEqual([
      { record: 'a', known: 'known-1', why: 'same-picture' },
      { record: 'b', known: 'known-1', why: 'same-patient' },
      { record: 'c', known: 'known-2', why: 'altered-copy' },
    ]);
    expect(leftOutNote(leftOut)).toBe(
      '3 pictures were left out because the models have learned from them or their patients: 1 identical picture, 1 altered copy and 1 other picture of the same patients.',
    );
    expect(leftOutNote(leftOut.slice(0, 1))).toBe(
      '1 picture was left out because the models have learned from it or its patient: 1 identical picture.',
    );
  });

  it('stay where they are when there are none', () => {
    expect(withoutOverlap(other, [], [])).toEqual({ dataset: other, leftOut: [] });
  });

  it('cannot be left out where nothing of a class would stay', () => {
    const all = [
      { record: 'a', known: 'known-1' },
      { record: 'd', known: 'known-2' },
    ];
    expect(() => withoutOverlap(other, all, [])).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_EVALUATE_NOTHING_LEFT' }),
    );
  });
});
