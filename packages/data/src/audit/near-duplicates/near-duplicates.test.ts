import { Random } from '@chromaray/base';
import {
  decodeGray,
  drawAnatomy,
  drawExposure,
  drawPathology,
  encodeJpeg,
  fingerprint,
  type GrayImage,
  renderPhantom,
  resize,
} from '@chromaray/imaging';
import { beforeAll, describe, expect, it } from 'vitest';
import { mirror, PictureComparer } from './compare-pictures.js';
import { findNearDuplicates, leastCorrelationOfSmall } from './find-near-duplicates.js';
import { describeTransform } from './groups.js';
import { Union } from './union.js';

const side = 120;
const chests = 40;

function chest(seed: number): GrayImage {
  const random = new Random(seed);
  const anatomy = drawAnatomy(random.fork('anatomy'));
  const pathology = drawPathology(seed % 2 === 0 ? 'normal' : 'bacteria', 0.3, anatomy, random.fork('pathology'));
  return renderPhantom(anatomy, pathology, drawExposure(random.fork('exposure')), side, random.fork('noise'));
}

function cropped({ width, data }: GrayImage, left: number, top: number, size: number): GrayImage {
  const result = new Uint8Array(size * size);
  for (let y = 0; y < size; y++) {
    result.set(data.subarray((y + top) * width + left, (y + top) * width + left + size), y * size);
  }
  return { width: size, height: size, data: result };
}

const alter: Record<string, (image: GrayImage, random: Random) => GrayImage | Promise<GrayImage>> = {
  'saved anew at low quality': async (image) => decodeGray(await encodeJpeg(image, 30)),
  rescaled: (image) => resize(image, { width: 90, height: 150 }),
  'cropped by 5 %': (image, random) => cropped(image, random.int(7), random.int(7), 114),
  'brighter or darker': (image, random) => {
    const [gain, offset] = [random.uniform(0.8, 1.2), random.uniform(-30, 30)];
    return { ...image, data: image.data.map((value) => Math.max(0, Math.min(255, gain * value + offset))) };
  },
  mirrored: (image) => ({ ...image, data: mirror(image.data, side) }),
};

describe('findNearDuplicates', () => {
  let originals: GrayImage[];
  let thumbnails: Uint8Array[];
  beforeAll(() => {
    originals = Array.from({ length: chests }, (_, seed) => chest(seed));
    thumbnails = originals.map((image) => fingerprint(image).thumbnail);
  });

  it('finds nothing among different chests', () => {
    expect(findNearDuplicates(thumbnails)).toEqual([]);
    expect(findNearDuplicates([])).toEqual([]);
    expect(findNearDuplicates(thumbnails.slice(0, 1))).toEqual([]);
  });

  it.each(Object.keys(alter))('finds every copy that was %s, and pairs no other', async (name) => {
    const random = new Random(name);
    const copies = await Promise.all(originals.map(async (image) => alter[name]!(image, random)));
    const pairs = findNearDuplicates([...thumbnails, ...copies.map((image) => fingerprint(image).thumbnail)]);
    expect(pairs.map(({ first, second }) => [first, second])).toEqual(originals.map((_, i) => [i, i + chests]));
    expect(pairs.every(({ mirrored }) => mirrored === (name === 'mirrored'))).toBe(true);
  });

  it('asks more of small pictures, which lack the detail that tells chests apart', () => {
    const copies = originals.map((image) => fingerprint(cropped(image, 9, 4, 104)).thumbnail);
    const all = [...thumbnails, ...copies];
    const pairs = findNearDuplicates(all);
    const certain = pairs.filter(({ correlation }) => correlation >= leastCorrelationOfSmall);
    expect(certain.length).toBeLessThan(pairs.length);
    expect(findNearDuplicates(all, () => true)).toEqual(certain);
    expect(findNearDuplicates(all, (position) => position >= chests)).toEqual(certain);
  });

  it('finds one copy and its original when there are only these two', () => {
    const copy = fingerprint(cropped(originals[0]!, 3, 2, 114)).thumbnail;
    expect(findNearDuplicates([thumbnails[0]!, copy])).toHaveLength(1);
    expect(findNearDuplicates([thumbnails[0]!, thumbnails[1]!])).toEqual([]);
  });

  it('connects many copies of one picture by no more pairs than it needs', () => {
    const copies = Array.from({ length: 30 }, (_, i) => thumbnails[0]!.map((value) => Math.min(255, value + i)));
    expect(findNearDuplicates([...thumbnails, ...copies])).toHaveLength(30);
  });

  it('survives pictures without contrast', () => {
    const blank = new Uint8Array(thumbnails[0]!.length).fill(9);
    expect(findNearDuplicates([blank, ...thumbnails, blank])).toEqual([]);
  });

  it('tells progress to the end', () => {
    const told: number[] = [];
    findNearDuplicates(thumbnails, undefined, (done, total) => told.push(done / total));
    expect(told.at(-1)).toBe(1);
  });
});

describe('PictureComparer', () => {
  it('tells how a copy lies on its original', () => {
    const image = chest(3);
    const copy = fingerprint(cropped(image, 6, 0, 114)).thumbnail;
    const { map } = new PictureComparer(fingerprint(image).thumbnail).compare(copy);
    // The crop shows 0.95 of the width, so that its content is 1/0.95 as large.
    expect(map[0]).toBeCloseTo(1 / 0.95, 1);
    expect(map[2]).toBeCloseTo(-0.05 / 0.95, 1);
  });

  it('puts the transform into words', () => {
    expect(describeTransform([1, 0, 0, 0, 1, 0], false)).toBe('in the same place');
    expect(describeTransform([0.95, 0, 0.04, 0, 0.95, 0.03], true)).toBe(
      'mirrored, 0.95 times as large, moved by 2.5 %',
    );
  });
});

describe('Union', () => {
  it('connects through others, and keeps the first as the name of the group', () => {
    const union = new Union(5);
    union.join(4, 3);
    union.join(3, 1);
    expect(union.together(1, 4)).toBe(true);
    expect(union.together(0, 4)).toBe(false);
    expect([0, 1, 2, 3, 4].map((item) => union.root(item))).toEqual([0, 1, 2, 1, 1]);
  });
});
