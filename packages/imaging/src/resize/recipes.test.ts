import { describe, expect, it } from 'vitest';
import { largestDifference, reference } from '../colour/reference.test-support.js';
import { resizeAsPillow } from './pillow.js';
import { stretchPlane } from './plane.js';

describe('resizeAsPillow', () => {
  it.each(reference.sizes)(
    'gives Pillow’s samples: $width x $height x $channels to $toWidth x $toHeight, $filter',
    (example) => {
      const image = { ...example, data: Uint8Array.from(example.pixels) };
      const { data } = resizeAsPillow(image, { width: example.toWidth, height: example.toHeight }, example.filter);
      expect([...data]).toEqual(example.expected);
    },
  );

  it('never hands out the picture it was given', () => {
    const image = { width: 2, height: 1, data: Uint8Array.of(1, 2) };
    const same = resizeAsPillow(image, { width: 2, height: 1 }, 'bilinear');
    expect(same.data).toEqual(image.data);
    expect(same.data).not.toBe(image.data);
  });
});

describe('stretchPlane', () => {
  it.each(reference.planes)('interpolates as torch does: $width x $height to $toWidth x $toHeight', (example) => {
    const result = stretchPlane(Float32Array.from(example.plane), example, {
      width: example.toWidth,
      height: example.toHeight,
    });
    expect(largestDifference(result, example.expected)).toBeLessThan(1e-3);
  });
});
