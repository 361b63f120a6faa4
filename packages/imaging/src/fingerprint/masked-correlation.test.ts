import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { identity } from './affine.js';
import { maskedCorrelation } from './masked-correlation.js';

const side = 48;

/** Noise, black where a place says so. */
function picture(seed: string, isBlack: (x: number, y: number) => boolean): Uint8Array {
  const random = new Random(seed);
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const value = 40 + random.int(180);
    return isBlack(i % side, Math.floor(i / side)) ? 0 : value;
  });
}

const correlation = (a: Uint8Array, b: Uint8Array): number => maskedCorrelation(a, b, identity, side, 3);
const isCorner = (x: number, y: number): boolean => x + y < 16;
const isBackground = (_: number, y: number): boolean => y >= 36;

describe('maskedCorrelation', () => {
  it('leaves out a corner that is filled in one picture alone', () => {
    const whole = picture('chest', () => false);
    expect(correlation(whole, picture('chest', isCorner))).toBeCloseTo(1, 2);
    expect(Math.abs(correlation(whole, picture('other', isCorner)))).toBeLessThan(0.2);
  });

  it('does so beside a background that both show, however large that is', () => {
    const framed = picture('chest', isBackground);
    const turned = picture('chest', (x, y) => isCorner(x, y) || isBackground(x, y));
    expect(correlation(framed, turned)).toBeCloseTo(1, 2);
  });

  it('takes a large part that is black in one picture alone for a difference', () => {
    expect(
      correlation(
        picture('chest', () => false),
        picture('chest', isBackground),
      ),
    ).toBeLessThan(0.95);
  });
});
