import { Random } from '@chromaray/base';
import { type Image, rgbToYuv } from '@chromaray/imaging';
import { describe, expect, it } from 'vitest';
import { augmented, eachChroma, type PhotographAugmentation, writeGray } from './example.js';
import { drawWarp, warped } from './perspective.js';

const photograph: Image = {
  width: 48,
  height: 40,
  channels: 3,
  data: Uint8Array.from({ length: 48 * 40 * 3 }, (_, i) => (Math.imul(i, 2654435761) >>> 20) & 255),
};
const none = { flip: false, zoom: 1, lighting: 0 };
const draw = (options: PhotographAugmentation, seed: number) => augmented(photograph, options, new Random(seed));

describe('augmented', () => {
  it('changes nothing when everything is off, but for the rounding of light', () => {
    const { data } = draw(none, 1);
    expect(Math.max(...data.map((level, i) => Math.abs(level - photograph.data[i]!)))).toBe(0);
  });

  it('depends on the seed alone', () => {
    const all = { flip: true, zoom: 1.2, lighting: 0.5 };
    expect(draw(all, 3)).toEqual(draw(all, 3));
    expect(draw(all, 3).data).not.toEqual(draw(all, 4).data);
  });

  it('mirrors about half, and mirrored twice is the photograph', () => {
    const mirrored = (image: Image): Uint8Array =>
      image.data.map((_, i) => {
        const [pixel, c] = [Math.floor(i / 3), i % 3];
        const [x, y] = [pixel % image.width, Math.floor(pixel / image.width)];
        return image.data[3 * (y * image.width + image.width - 1 - x) + c]!;
      });
    const flips = Array.from({ length: 60 }, (_, seed) => draw({ ...none, flip: true }, seed));
    const turned = flips.filter(({ data }) => Buffer.compare(data, photograph.data) !== 0);
    expect(turned.length).toBeGreaterThan(15);
    expect(turned.length).toBeLessThan(45);
    expect(mirrored(turned[0]!)).toEqual(photograph.data);
  });

  it('enlarges by up to the factor', () => {
    const widths = Array.from({ length: 60 }, (_, seed) => draw({ ...none, zoom: 1.2 }, seed).width);
    expect(Math.min(...widths)).toBeGreaterThanOrEqual(40);
    expect(Math.min(...widths)).toBeLessThan(42);
    expect(Math.max(...widths)).toBeGreaterThan(46);
  });

  it('warps where asked to, and draws all else as it would without', () => {
    const all = { flip: true, zoom: 1.2, lighting: 0.5 };
    const [plain, slanted] = [draw(all, 3), draw({ ...all, warp: 0.25 }, 3)];
    expect([slanted.width, slanted.height]).toEqual([plain.width, plain.height]);
    expect(slanted.data).not.toEqual(plain.data);
    expect(draw({ ...all, warp: 0.25 }, 3)).toEqual(slanted);
    expect(slanted).toEqual(warped(plain, drawWarp(0.25, new Random(3).fork('warp'))));
    expect(draw({ ...all, warp: 0 }, 3)).toEqual(plain);
  });

  it('varies light and leaves black and white', () => {
    const wedge: Image = {
      width: 256,
      height: 1,
      channels: 3,
      data: Uint8Array.from({ length: 768 }, (_, i) => i / 3),
    };
    const middles = Array.from({ length: 60 }, (_, seed) => {
      const { data } = augmented(wedge, { ...none, lighting: 0.5 }, new Random(seed));
      const levels = data.filter((_, i) => i % 3 === 0);
      expect([levels[0], levels[255]]).toEqual([0, 255]);
      expect(levels.every((level, i) => i === 0 || level >= levels[i - 1]!)).toBe(true);
      return levels[128]!;
    });
    expect(Math.min(...middles)).toBeLessThan(90);
    expect(Math.max(...middles)).toBeGreaterThan(165);
  });
});

describe('writeGray and eachChroma', () => {
  it('give what OpenCV’s YUV has, as means over squares', () => {
    const even: Image = { width: 8, height: 8, channels: 3, data: new Uint8Array(192) };
    for (let i = 0; i < 64; i++) even.data.set(i % 8 < 4 ? [200, 40, 90] : [10, 120, 250], 3 * i);
    const gray = new Uint8Array(64);
    const square = writeGray(even, 8, gray);
    const [y, u, v] = rgbToYuv(square).data;
    expect(gray[0]).toBe(y);
    const found: number[][] = [];
    eachChroma(square, (place, foundU, foundV) => found.push([place, foundU, foundV]));
    expect(found.map(([place]) => place)).toEqual([0, 1, 2, 3]);
    expect(Math.abs(found[0]![1]! + 128 - u!)).toBeLessThan(1);
    expect(Math.abs(found[0]![2]! + 128 - v!)).toBeLessThan(1);
    expect(found[2]).toEqual([2, ...found[0]!.slice(1)]);
  });
});
