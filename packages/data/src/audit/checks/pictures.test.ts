import type { Dataset, DatasetRecord } from '@chromaray/contracts';
import { describe, expect, it } from 'vitest';
import { pictures } from './pictures.js';

const side = 16;
const levels = { low: 0, high: 255 };

/** A bright middle in dark air, never twice the same, or its negative. */
function chest(id: string, negative: boolean, seed: number): DatasetRecord {
  const thumbnail = Uint8Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [(i % side) - 7.5, Math.floor(i / side) - 7.5];
    const value = 200 * Math.exp(-(x * x + y * y) / 40) + ((i * (seed + 7)) % 31);
    return negative ? 255 - value : value;
  });
  return { id, fingerprint: { thumbnail, brightness: levels } } as unknown as DatasetRecord;
}

function inverted(negatives: number, all = 40): readonly string[] {
  const records = Array.from({ length: all }, (_, i) => chest(`r${String(i).padStart(2, '0')}`, i < negatives, i));
  const found = pictures.run({ dataset: { records } as unknown as Dataset, split: null, part: () => null });
  return found.flatMap(({ id, records: ids }) => (id === 'inverted-images' ? ids : []));
}

describe('pictures in negative', () => {
  it.each([0, 1, 5, 19, 20])('%i of 40 are found', (negatives) => {
    expect(inverted(negatives)).toEqual(Array.from({ length: negatives }, (_, i) => `r${String(i).padStart(2, '0')}`));
  });

  it('when they are the most, the others look wrong', () => {
    expect(inverted(30).length).toBe(10);
  });
});
