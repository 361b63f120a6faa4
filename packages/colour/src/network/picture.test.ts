import { type ExampleSource, predict } from '@chromaray/engine';
import { describe, expect, it } from 'vitest';
import { trainableColourUNet } from './models.js';
import { chromaOf } from './picture.js';

const side = 32;
const answer = {
  centres: [
    [-40, 20],
    [30, -10],
    [0, 60],
  ] as const,
  offsets: [0, 0, 0],
  temperature: 1,
};
const pixels = Uint8Array.from({ length: side * side }, (_, i) => (Math.imul(i, 2654435761) >>> 21) & 255);
const source = {
  ...{ count: 1, shape: [1, side, side], targetSize: 1 },
  read: (_: Int32Array, into: { pixels: Uint8Array }) => into.pixels.set(pixels),
} as unknown as ExampleSource;

describe('the picture that a network learns', () => {
  it('is its gray picture under its U and V, enlarged', async () => {
    const coarse = await predict(trainableColourUNet(side, 5, answer, 'colours').model, source);
    const picture = Float32Array.from(await predict(trainableColourUNet(side, 5, answer, 'picture').model, source));
    const chroma = chromaOf(picture, side * side, 'imagenet');
    const [mean, deviation] = [
      [0.485, 0.456, 0.406],
      [0.229, 0.224, 0.225],
    ];
    const [area, small] = [side * side, side / 4];
    for (let i = 0; i < area; i++) {
      const rgb = [0, 1, 2].map((c) => 255 * (picture[c * area + i]! * deviation[c]! + mean[c]!));
      expect(0.299 * rgb[0]! + 0.587 * rgb[1]! + 0.114 * rgb[2]!).toBeCloseTo(pixels[i]!, 2);
    }
    // The four pixels around the centre of a coarse one have its value as their mean, away from the edges.
    for (let y = 1; y < small - 1; y++) {
      for (let x = 1; x < small - 1; x++) {
        for (const channel of [0, 1]) {
          const at = (row: number, column: number) => chroma[channel * area + (4 * y + row) * side + 4 * x + column]!;
          const middle = (at(1, 1) + at(1, 2) + at(2, 1) + at(2, 2)) / 4;
          const value = coarse[(channel * small + y) * small + x]!;
          const around = [-1, 0, 1].flatMap((dy) =>
            [-1, 0, 1].map((dx) => coarse[(channel * small + y + dy) * small + x + dx]!),
          );
          expect(Math.abs(middle - value)).toBeLessThan(0.3 * (Math.max(...around) - Math.min(...around)) + 0.01);
        }
      }
    }
  });

  it('has the chroma of the colours', () => {
    // Y = 0.299 * 200 + 0.587 * 30 + 0.114 * 90 = 87.67; U = 0.492 (90 - Y), V = 0.877 (200 - Y).
    const levels = [200, 30, 90];
    const [foundU, foundV] = chromaOf(
      Float32Array.from(levels, (level) => level / 255),
      1,
      'unit',
    );
    expect(foundU).toBeCloseTo(1.14636, 3);
    expect(foundV).toBeCloseTo(98.51341, 3);
  });
});
