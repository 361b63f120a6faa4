import { applyColourTable, colourTable, luma, toRgb } from '@chromaray/imaging';
import { describe, expect, it } from 'vitest';
import { lumaKept } from './luma-kept.js';

const gray = { width: 16, height: 16, channels: 1 as const, data: Uint8Array.from({ length: 256 }, (_, i) => i) };

describe('what a colour leaves of brightness', () => {
  it('all of it in gray, on one channel or three', () => {
    const all = { within: 1, mean: 0, largest: 0, ordered: 1 };
    expect([lumaKept(gray, gray), lumaKept(gray, toRgb(gray))]).toEqual([all, all]);
  });

  it('as much as the table of a map says', () => {
    for (const map of ['viridis', 'turbo', 'jet', 'hot', 'shuffled']) {
      const table = colourTable(map);
      const shown = Array.from({ length: 256 }, (_, v) => luma(table[3 * v]!, table[3 * v + 1]!, table[3 * v + 2]!));
      const apart = shown.map((value, level) => Math.abs(value - level));
      const found = lumaKept(gray, applyColourTable(gray, table));
      expect(found).toEqual({
        within: apart.filter((one) => one <= 1).length / 256,
        mean: apart.reduce((sum, one) => sum + one, 0) / 256,
        largest: Math.max(...apart),
        ordered: shown.filter((value, level) => level > 0 && value >= shown[level - 1]!).length / 255,
      });
    }
    expect(lumaKept(gray, applyColourTable(gray, colourTable('viridis'))).ordered).toBe(1);
    expect(lumaKept(gray, applyColourTable(gray, colourTable('turbo'))).ordered).toBeLessThan(0.8);
  });

  it('speaks only of levels that the picture has', () => {
    const two = { ...gray, data: gray.data.map((level) => (level < 128 ? 60 : 200)) };
    expect(lumaKept(two, toRgb(two)).ordered).toBe(1);
    const turned = { ...two, data: two.data.map((level) => 255 - level) };
    expect(lumaKept(two, turned)).toEqual({ within: 0, mean: (135 + 145) / 2, largest: 145, ordered: 0 });
    const flat = { ...gray, data: gray.data.map(() => 7) };
    expect(lumaKept(flat, flat).ordered).toBe(1);
  });
});
