import { describe, expect, it } from 'vitest';
import { clahe } from '../operations/clahe.js';
import { edgePreservingDetail } from './detail.js';
import { informationChannels } from './information.js';
import { largestDifference, reference } from './reference.test-support.js';

describe('clahe', () => {
  it.each(reference.clahe)(
    'is OpenCV’s but for single-precision roundings:  $width x $height in $tiles x $tiles tiles',
    (example) => {
      const result = clahe({ ...example, data: Uint8Array.from(example.pixels) }, example);
      expect(largestDifference(result.data, example.expected)).toBeLessThanOrEqual(1);
      expect(result.data.filter((value, i) => value !== example.expected[i]).length).toBeLessThan(
        0.02 * result.data.length,
      );
    },
  );

  it('takes pictures smaller than its tiles', () => {
    expect(clahe({ width: 1, height: 3, data: Uint8Array.of(0, 9, 255) }).data).toHaveLength(3);
  });
});

describe('edgePreservingDetail', () => {
  it('is the residue of the guided filter of He, Sun and Tang', () => {
    const { detail } = reference;
    const result = edgePreservingDetail({ ...detail, data: Uint8Array.from(detail.pixels) }, detail);
    expect(largestDifference(result.data, detail.expected)).toBeLessThanOrEqual(0.5001);
  });

  it('sees nothing in a flat picture, and no halo along a strong edge', () => {
    const flat = { width: 32, height: 32, data: new Uint8Array(1024).fill(90) };
    expect(new Set(edgePreservingDetail(flat).data)).toEqual(new Set([128]));
    const edge = { ...flat, data: Uint8Array.from({ length: 1024 }, (_, i) => (i % 32 < 16 ? 20 : 220)) };
    expect(largestDifference(edgePreservingDetail(edge).data, new Uint8Array(1024).fill(128))).toBeLessThan(8);
  });
});

describe('informationChannels', () => {
  it('holds the picture, its equalised contrast and its detail', () => {
    const { detail } = reference;
    const gray = { ...detail, data: Uint8Array.from(detail.pixels) };
    const { data, channels } = informationChannels(gray);
    expect(channels).toBe(3);
    const channel = (c: number) => data.filter((_, i) => i % 3 === c);
    expect(channel(0)).toEqual(gray.data);
    expect(channel(1)).toEqual(clahe(gray).data);
    expect(channel(2)).toEqual(edgePreservingDetail({ width: 30, height: 21, data: gray.data }).data);
  });
});
