import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { drawAugmentation, noAugmentation } from './draw.js';
import type { AugmentationOptions } from './options.js';

const size = { width: 100, height: 50 };

function draws(options: AugmentationOptions, count = 400) {
  const random = new Random('draws');
  return Array.from({ length: count }, () => drawAugmentation(options, size, random));
}

describe('drawAugmentation', () => {
  it('draws nothing when every range is zero', () => {
    const zero = { rotationRange: 0, widthShiftRange: 0, shearRange: 0, zoomRange: 0, horizontalFlip: false };
    for (const drawn of draws(zero, 20)) expect(drawn).toEqual(noAugmentation);
  });

  it('gives the same draws for the same seed and others for another', () => {
    const options = { rotationRange: 15, zoomRange: 0.2, horizontalFlip: true };
    const draw = (seed: number) => drawAugmentation(options, size, new Random(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('stays within the ranges and fills them', () => {
    const drawn = draws({ rotationRange: 15, shearRange: 8, zoomRange: [0.5, 1.25], brightnessRange: [0.9, 1.4] });
    expectFills(
      drawn.map((d) => d.rotation),
      -15,
      15,
    );
    expectFills(
      drawn.map((d) => d.shear),
      -8,
      8,
    );
    expectFills(
      drawn.map((d) => d.zoomX),
      0.5,
      1.25,
    );
    expectFills(
      drawn.map((d) => d.zoomY),
      0.5,
      1.25,
    );
    expectFills(
      drawn.map((d) => d.brightness ?? Number.NaN),
      0.9,
      1.4,
    );
    expect(drawn.some((d) => d.zoomX !== d.zoomY)).toBe(true);
  });

  it('reads a shift below 1 as a fraction of its own side', () => {
    const drawn = draws({ widthShiftRange: 0.1, heightShiftRange: 0.2 });
    expectFills(
      drawn.map((d) => d.shiftX),
      -10,
      10,
    );
    expectFills(
      drawn.map((d) => d.shiftY),
      -10,
      10,
    );
  });

  it('reads an integer shift as whole pixels, fewer than it says', () => {
    const shifts = new Set(draws({ widthShiftRange: 3 }).map((d) => d.shiftX + 0));
    expect([...shifts].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
  });

  it('flips about half of the pictures', () => {
    const flipped = draws({ horizontalFlip: true }).filter((d) => d.flipHorizontal).length;
    expect(flipped).toBeGreaterThan(160);
    expect(flipped).toBeLessThan(240);
  });

  it.each([
    [{ rotationRange: -1 }, 'rotationRange'],
    [{ zoomRange: 1 }, 'zoomRange'],
    [{ zoomRange: [1.2, 0.8] }, 'zoomRange'],
    [{ brightnessRange: [Number.NaN, 1] }, 'brightnessRange'],
    [{ fillMode: 'reflekt' }, 'fillMode'],
    [{ fillValue: 256 }, 'fillValue'],
  ])('refuses %j and names the field', (options, field) => {
    expect(() => draws(options as AugmentationOptions, 1)).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_AUGMENT_OPTION', message: expect.stringContaining(field) }),
    );
  });
});

function expectFills(values: number[], low: number, high: number): void {
  const [least, greatest, span] = [Math.min(...values), Math.max(...values), high - low];
  expect(least).toBeGreaterThanOrEqual(low);
  expect(greatest).toBeLessThan(high);
  expect(least).toBeLessThan(low + 0.05 * span);
  expect(greatest).toBeGreaterThan(high - 0.05 * span);
}
