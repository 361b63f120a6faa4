import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../archive/open-archives.js';
import { decodeGray } from '../decode/decode.js';
import type { GrayImage } from '../image.js';
import { describeLikeness, distancesFrom, isFar } from './likeness.js';
import { traitsOf } from './traits.js';

const side = 64;
const random = new Random('likeness');

const turned = ({ width, height, data }: GrayImage): GrayImage => ({
  ...{ width: height, height: width },
  data: Uint8Array.from(
    { length: data.length },
    (_, i) => data[(i % height) * width + (width - 1 - Math.floor(i / height))]!,
  ),
});
const inverted = (gray: GrayImage): GrayImage => ({ ...gray, data: gray.data.map((level) => 255 - level) });
const noise = (): GrayImage => ({
  width: side,
  height: side,
  data: Uint8Array.from({ length: side * side }, () => random.uint32() >>> 24),
});
const noisy = (gray: GrayImage): GrayImage => ({
  ...gray,
  data: gray.data.map((level) => Math.min(255, Math.max(0, level + ((random.uint32() >>> 24) - 128) / 1.5))),
});

describe('traits', () => {
  it('do not change with brightness and contrast', () => {
    const gray = noise();
    const half = { ...gray, data: gray.data.map((level) => 2 * (level >> 2)) };
    const brighter = { ...half, data: half.data.map((level) => level + 100) };
    const [a, b] = [traitsOf(half)!, traitsOf(brighter)!];
    expect(b.fine).toBeCloseTo(a.fine, 9);
    expect([...b.pattern]).toEqual([...a.pattern].map((value) => expect.closeTo(value, 9)));
  });

  it('of independent pixels have the fine structure that statistics say: 20 times their variance', () => {
    const large = {
      width: 512,
      height: 512,
      data: Uint8Array.from({ length: 512 * 512 }, () => random.uint32() >>> 24),
    };
    expect(traitsOf(large)!.fine).toBeCloseTo(Math.log10(20), 1);
  });

  it('a flat or a tiny picture has none', () => {
    expect(traitsOf({ width: 9, height: 9, data: new Uint8Array(81).fill(7) })).toBeUndefined();
    expect(traitsOf({ width: 2, height: 9, data: new Uint8Array(18).map((_, i) => i) })).toBeUndefined();
  });
});

const photographs = path.resolve(import.meta.dirname, '../../../../../shared/data/photos/clothing-cc0.zip');
const xRays = path.resolve(import.meta.dirname, '../../../../../shared/data/chest_xray');

describe.skipIf(!existsSync(xRays))('X-rays (skipped: no ../shared/data)', () => {
  it('are told from noise and photographs, and from themselves inverted, turned and noisy; others of their kind are not far', async () => {
    const some = async (part: string, count: number): Promise<readonly GrayImage[]> => {
      const folders = ['NORMAL', 'PNEUMONIA'].map((name) => path.join(xRays, part, name));
      const files = folders.flatMap((folder) =>
        readdirSync(folder)
          .sort()
          .slice(0, count)
          .map((name) => path.join(folder, name)),
      );
      return Promise.all(files.map((file) => decodeGray(file, { size: side })));
    };
    const train = await some('train', 120);
    const held = train.filter((_, i) => i % 3 === 0);
    const likeness = describeLikeness(
      train.filter((_, i) => i % 3 !== 0),
      held,
    )!;
    const test = await some('test', 50);
    const far = (pictures: readonly GrayImage[]): number =>
      pictures.filter((gray) => isFar(distancesFrom(gray, likeness), likeness)).length / pictures.length;
    expect(far(held)).toBe(0);
    expect(far(test)).toBeLessThan(0.08);
    const others = [test.map(inverted), test.map(turned), test.map(noisy), test.map(noise)];
    expect(others.map(far)).toEqual([1, 1, 1, 1]);
    const { files } = await openArchive(photographs);
    const names = [...files.keys()].filter((name) => name.endsWith('.jpg')).slice(0, 100);
    const photos = await Promise.all(names.map((name) => decodeGray(`${photographs}/${name}`, { size: side })));
    expect(far(photos)).toBeGreaterThan(0.95);
  });
});

describe('a likeness', () => {
  const pictures = Array.from({ length: 60 }, (_, i) => blob(i));
  const likeness = describeLikeness(pictures.slice(0, 40), pictures.slice(40))!;

  it('lets all through that set its limits, and says how many there were', () => {
    expect([likeness.described, likeness.calibrated]).toEqual([40, 20]);
    expect(pictures.slice(40).some((gray) => isFar(distancesFrom(gray, likeness), likeness))).toBe(false);
  });

  it('calls far what passes either limit, and what is flat', () => {
    const { limits } = likeness;
    expect(isFar(limits, likeness)).toBe(false);
    expect(isFar({ ...limits, fine: limits.fine + 0.001 }, likeness)).toBe(true);
    expect(isFar({ ...limits, pattern: limits.pattern + 0.001 }, likeness)).toBe(true);
    const black = { width: side, height: side, data: new Uint8Array(side * side) };
    expect(isFar(distancesFrom(black, likeness), likeness)).toBe(true);
    for (const gray of [inverted(pictures[0]!), noise()])
      expect(isFar(distancesFrom(gray, likeness), likeness)).toBe(true);
  });

  it('of too few pictures, or flat ones, there is none', () => {
    const black = { width: side, height: side, data: new Uint8Array(side * side) };
    expect(describeLikeness(pictures.slice(0, 7), pictures)).toBeUndefined();
    expect(describeLikeness(pictures, pictures.slice(0, 7))).toBeUndefined();
    expect(
      describeLikeness(
        Array.from({ length: 20 }, () => black),
        pictures,
      ),
    ).toBeUndefined();
  });

  it('with 199 held back lets the largest pass, with 400 two be far', () => {
    const many = Array.from({ length: 480 }, (_, i) => blob(i + 100));
    const known = describeLikeness(many.slice(0, 80), many.slice(80))!;
    const distances = many.slice(80).map((gray) => distancesFrom(gray, known));
    expect(distances.filter(({ pattern }) => pattern > known.limits.pattern)).toHaveLength(1);
    expect(distances.filter(({ fine }) => fine > known.limits.fine)).toHaveLength(1);
  });
});

/** A bright round spot somewhere near the middle, with a little noise: pictures of one kind. */
function blob(i: number): GrayImage {
  const stream = new Random(`blob ${i}`);
  const draw = (): number => stream.uint32() / 2 ** 32;
  const [x, y, wide] = [24 + 16 * draw(), 24 + 16 * draw(), 200 + 200 * draw()];
  const data = Uint8Array.from({ length: side * side }, (_, at) => {
    const [dx, dy] = [(at % side) - x, Math.floor(at / side) - y];
    return 30 + 180 * Math.exp(-(dx * dx + dy * dy) / wide) + 6 * draw();
  });
  return { width: side, height: side, data };
}
