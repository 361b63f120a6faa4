import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GrayImage, Image } from '../image.js';
import { applyAugmentation } from './apply.js';
import { type AugmentationParameters, noAugmentation } from './draw.js';

interface Fixture {
  cases: {
    width: number;
    height: number;
    pixels: number[];
    parameters: Pick<AugmentationParameters, 'rotation' | 'shiftX' | 'shiftY' | 'shear' | 'zoomX' | 'zoomY'>;
    fillMode: AugmentationParameters['fillMode'];
    fillValue: number;
    expected: number[];
  }[];
  brightness: { factor: number; expected: number[] }[];
}
// From test/reference/augmentation.py: SciPy's affine_transform with Keras's matrices; Pillow's brightness.
const fixture: Fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/augmentation.json', import.meta.url), 'utf8'),
);

describe('applyAugmentation', () => {
  it.each(fixture.cases)('agrees with SciPy: $width x $height, $fillMode, $parameters', (example) => {
    const { width, height, fillMode, fillValue, expected } = example;
    const image: GrayImage = { width, height, data: Uint8Array.from(example.pixels) };
    const result = applyAugmentation(image, { ...noAugmentation, ...example.parameters, fillMode, fillValue });
    const furthest = Math.max(...expected.map((value, i) => Math.abs(value - result.data[i]!)));
    // half a level of rounding, and the four decimals of the fixture
    expect(furthest).toBeLessThanOrEqual(0.5001);
  });

  it.each(fixture.brightness)('multiplies by $factor as Pillow does', ({ factor, expected }) => {
    const image: GrayImage = { width: 16, height: 16, data: Uint8Array.from({ length: 256 }, (_, i) => i) };
    expect([...applyAugmentation(image, { ...noAugmentation, brightness: factor }).data]).toEqual(expected);
  });

  it('copies exactly, into new memory, when nothing is to change', () => {
    fc.assert(
      fc.property(images, (image) => {
        const result = applyAugmentation(image, noAugmentation);
        expect(result).toEqual(image);
        expect(result.data).not.toBe(image.data);
      }),
    );
  });

  it('gives the picture back after two flips', () => {
    fc.assert(
      fc.property(images, (image) => {
        const flip = { ...noAugmentation, flipHorizontal: true };
        expect(applyAugmentation(applyAugmentation(image, flip), flip)).toEqual(image);
      }),
    );
  });

  it('mirrors columns, not rows or channels', () => {
    const image: Image = {
      width: 2,
      height: 2,
      channels: 3,
      data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    };
    const flipped = applyAugmentation(image, { ...noAugmentation, flipHorizontal: true });
    expect([...flipped.data]).toEqual([4, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9]);
  });

  it('treats the channels of a colour picture alike and apart', () => {
    fc.assert(
      fc.property(images, fc.double({ min: -180, max: 180, noNaN: true }), (image, rotation) => {
        const parameters = { ...noAugmentation, rotation, zoomX: 1.3, shiftY: 0.4 };
        const result = applyAugmentation(image, parameters);
        for (let c = 0; c < image.channels; c++) {
          expect(plane(result, c)).toEqual(applyAugmentation(plane(image, c), parameters));
        }
      }),
    );
  });

  it('fills with samples of the picture unless a constant is given', () => {
    const image: GrayImage = { width: 5, height: 4, data: new Uint8Array(20).fill(130) };
    for (const fillMode of ['nearest', 'reflect', 'wrap'] as const) {
      const result = applyAugmentation(image, { ...noAugmentation, rotation: 33, shiftX: -9, zoomX: 4, fillMode });
      expect(new Set(result.data)).toEqual(new Set([130]));
    }
  });
});

const images: fc.Arbitrary<Image> = fc
  .record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
    channels: fc.constantFrom(1 as const, 3 as const),
  })
  .chain(({ width, height, channels }) =>
    fc
      .uint8Array({ minLength: width * height * channels, maxLength: width * height * channels })
      .map((data) => ({ width, height, channels, data })),
  );

function plane({ width, height, channels, data }: Image, channel: number): Image {
  return { width, height, channels: 1, data: data.filter((_, i) => i % channels === channel) };
}
