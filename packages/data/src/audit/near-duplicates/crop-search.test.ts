import { describe, expect, it } from 'vitest';
import { CropSearch, middleTables } from './crop-search.js';
import { signatureTables } from './signature-tables.js';

const side = 48;

/** Waves that no two seeds share, seen from so near that `scale` of them fills the picture. */
function picture(seed: number, scale: number): Uint8Array {
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const x = scale * (((i % side) + 0.5) / (side / 2) - 1);
    const y = scale * ((Math.floor(i / side) + 0.5) / (side / 2) - 1);
    let value = 128;
    for (let k = 1; k <= 6; k++)
      value += 18 * Math.sin(seed * k * 1.7 + x * (k % 4) * 3.1 + y * ((k * seed) % 5) * 2.3);
    return Math.max(0, Math.min(255, Math.round(value)));
  });
}

function cropSearch(thumbnails: readonly Uint8Array[]): CropSearch {
  const { tables, measures } = resultOf(signatureTables(thumbnails));
  return new CropSearch(tables, resultOf(middleTables(thumbnails, side, measures)));
}

function resultOf<T>(steps: Generator<number, T, void>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

describe('CropSearch', () => {
  const count = 500;
  const originals = Array.from({ length: count }, (_, seed) => picture(seed + 1, 1));

  it.each([0.1, 0.15])('finds the middle of a picture, cut by %d of each side, and tells how large it is', (margin) => {
    const cuts = Array.from({ length: 20 }, (_, i) => picture(7 * i + 1, 1 - 2 * margin));
    const thumbnails = [...originals, ...cuts];
    const search = cropSearch(thumbnails);
    const scales = cuts.map((_, i) => search.of(count + i).find(({ other }) => other === 7 * i)?.scale);
    expect(scales.filter((scale) => scale !== undefined).length).toBeGreaterThanOrEqual(18);
    for (const scale of scales) if (scale !== undefined) expect(Math.abs(scale - (1 - 2 * margin))).toBeLessThan(0.07);
  });

  it('finds the whole of which an earlier picture is the middle', () => {
    const cut = picture(8, 0.8);
    const thumbnails = [cut, ...originals];
    const search = cropSearch(thumbnails);
    expect(search.of(8).find(({ other }) => other === 0)?.scale).toBeCloseTo(1 / 0.8, 0);
  });
});
