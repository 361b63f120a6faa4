import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyColourTable } from './apply-table.js';
import { colourMapNames } from './colour-map-names.js';
import { colourTable } from './colour-table.js';

// Written by test/reference/colour_maps.py from matplotlib.
const fixture: { tables: Record<string, string> } = JSON.parse(
  readFileSync(new URL('../../test/fixtures/colour-maps.json', import.meta.url), 'utf8'),
);

describe('colourTable', () => {
  it.each(colourMapNames.filter((name) => name !== 'shuffled'))('%s is matplotlib’s within one level', (name) => {
    const expected = Buffer.from(fixture.tables[name]!, 'base64');
    const table = colourTable(name);
    expect(table.length).toBe(768);
    expect(Math.max(...table.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThanOrEqual(1);
  });

  it('gives gray levels their own value in the gray map', () => {
    expect([...colourTable('gray')]).toEqual(Array.from({ length: 768 }, (_, i) => Math.floor(i / 3)));
  });

  it('shuffles every entry of a map to some place, by seed', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('turbo', 'viridis', 'gray'), (seed, of) => {
        const shuffled = colourTable('shuffled', { seed, of });
        expect(entries(shuffled).sort()).toEqual(entries(colourTable(of)).sort());
        expect(colourTable('shuffled', { seed, of })).toEqual(shuffled);
        expect(entries(shuffled)).not.toEqual(entries(colourTable(of)));
      }),
    );
  });

  it('gives another order for another seed, and the same for a number and its text', () => {
    expect(colourTable('shuffled', { seed: 1 })).not.toEqual(colourTable('shuffled', { seed: 2 }));
    expect(colourTable('shuffled', { seed: 1 })).toEqual(colourTable('shuffled', { seed: '1' }));
  });

  it('hands out a table of its own each time', () => {
    colourTable('hot').fill(0);
    expect(colourTable('hot')[767]).toBe(255);
  });

  it.each([
    ['virdis', 'viridis'],
    ['Turbo', 'turbo'],
    ['toString', undefined],
  ])('suggests the nearest name for %s', (name, nearest) => {
    expect(() => colourTable(name)).toThrow(
      expect.objectContaining({
        code: 'CHROMARAY_COLOUR_UNKNOWN_MAP',
        remedy: nearest ? `Did you mean ${nearest}?` : expect.any(String),
      }),
    );
  });
});

describe('applyColourTable', () => {
  it('looks every pixel up', () => {
    const table = colourTable('jet');
    const image = { width: 2, height: 2, data: Uint8Array.of(0, 17, 255, 17) };
    const coloured = applyColourTable(image, table);
    expect(coloured).toMatchObject({ width: 2, height: 2, channels: 3 });
    expect([...coloured.data]).toEqual([0, 17, 255, 17].flatMap((v) => [...table.subarray(3 * v, 3 * v + 3)]));
  });
});

function entries(table: Uint8Array): string[] {
  return Array.from({ length: 256 }, (_, i) => table.subarray(3 * i, 3 * i + 3).join(' '));
}
