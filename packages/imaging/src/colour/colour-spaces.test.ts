import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toRgb } from '../luma.js';
import { grayLightness, labToSrgb, mergeLightness, srgbToLab } from './lab.js';
import { largestDifference, reference } from './reference.test-support.js';
import { mergeLuma, rgbToYuv, yuvToRgb } from './yuv.js';

const { rgb } = reference;
const width = rgb.length / 3;
const picture = { width, height: 1, channels: 3, data: Uint8Array.from(rgb) } as const;
const byte = fc.integer({ min: 0, max: 255 });
const colour = fc.tuple(byte, byte, byte);

describe('YUV', () => {
  it('is OpenCV’s, sample for sample, both ways', () => {
    expect([...rgbToYuv(picture).data]).toEqual(reference.yuv);
    expect([...yuvToRgb(picture).data]).toEqual(reference.rgbOfYuv);
  });

  it('gives a gray picture back when the colours have none', () => {
    const gray = { width: 256, height: 1, data: Uint8Array.from({ length: 256 }, (_, i) => i) };
    const neutral = { ...toRgb({ ...gray, data: new Uint8Array(256).fill(77) }) };
    expect([...mergeLuma(gray, neutral).data]).toEqual([...toRgb(gray).data]);
  });

  it('merges as converting there and back does', () => {
    const gray = { width, height: 1, data: Uint8Array.from({ length: width }, (_, i) => (i * 37) % 256) };
    const yuv = rgbToYuv(picture);
    for (let i = 0; i < width; i++) yuv.data[3 * i] = gray.data[i]!;
    expect(mergeLuma(gray, picture)).toEqual(yuvToRgb(yuv));
  });

  it('keeps the gray picture’s luma within rounding wherever no channel is cut off', () => {
    fc.assert(
      fc.property(byte, colour, (level, [red, green, blue]) => {
        const gray = { width: 1, height: 1, data: Uint8Array.of(level) };
        const merged = mergeLuma(gray, { ...gray, channels: 3, data: Uint8Array.of(red, green, blue) });
        if (merged.data.some((sample) => sample === 0 || sample === 255)) return;
        expect(Math.abs(rgbToYuv(merged).data[0]! - level)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('Lab', () => {
  it('is scikit-image’s within the digits of its white, and OpenCV’s within what its table interpolates', () => {
    const lab = Array.from({ length: width }, (_, i) =>
      srgbToLab([rgb[3 * i]! / 255, rgb[3 * i + 1]! / 255, rgb[3 * i + 2]! / 255]),
    );
    expect(largestDifference(lab.flat(), reference.labByFormula)).toBeLessThan(0.03);
    expect(largestDifference(lab.flat(), reference.lab)).toBeLessThan(0.6);
  });

  it('comes back to the same colour', () => {
    fc.assert(
      fc.property(colour, (samples) => {
        const back = labToSrgb(srgbToLab(samples.map((sample) => sample / 255) as [number, number, number]));
        expect(back.map((value) => Math.round(value * 255))).toEqual(samples);
      }),
    );
  });

  it('knows published points: white, black, and CIE’s red of sRGB', () => {
    expect(grayLightness[0]).toBeCloseTo(0, 10);
    expect(grayLightness[255]).toBeCloseTo(100, 4);
    const [l, a, b] = srgbToLab([1, 0, 0]);
    expect([l, a, b].map((value) => Math.round(value * 10) / 10)).toEqual([53.2, 80.1, 67.2]);
  });

  it('merges colours on a gray picture as converting each pixel does', () => {
    fc.assert(
      fc.property(byte, fc.integer({ min: -110, max: 110 }), fc.integer({ min: -110, max: 110 }), (level, a, b) => {
        const gray = { width: 1, height: 1, data: Uint8Array.of(level) };
        const merged = mergeLightness(gray, { ...gray, a: Float32Array.of(a), b: Float32Array.of(b) });
        const expected = labToSrgb([grayLightness[level]!, a, b]).map((value) => Math.round(value * 255));
        expect([...merged.data]).toEqual(expected);
      }),
    );
  });

  it('leaves gray as it is where there is no colour', () => {
    const gray = { width: 256, height: 1, data: Uint8Array.from({ length: 256 }, (_, i) => i) };
    const none = new Float32Array(256);
    expect([...mergeLightness(gray, { ...gray, a: none, b: none }).data]).toEqual([...toRgb(gray).data]);
  });
});
