import { Random } from '@chromaray/base';
import {
  applyColourTable,
  clahe,
  colourTable,
  decodeGray,
  drawAnatomy,
  drawExposure,
  drawPathology,
  encodeJpeg,
  type Fingerprint,
  fingerprint,
  type GrayImage,
  type Image,
  renderPhantom,
  resize,
} from '@chromaray/imaging';
import { beforeAll, describe, expect, it } from 'vitest';
import { comparable, mirror, PictureComparer } from './compare-pictures.js';
import { describePair, describeTransform } from './describe-transform.js';
import { findNearDuplicates } from './find-near-duplicates.js';
import { leastCorrelationOfSmall } from './limits.js';
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

type Alter = (image: GrayImage) => GrayImage | Image;

/** The picture as a lookup by a place in it, rounded: outside it is `fill`. */
function redrawn(
  { width, height, data }: GrayImage,
  place: (x: number, y: number) => readonly [number, number],
  fill = 0,
): GrayImage {
  const result = Uint8Array.from({ length: data.length }, (_, i) => {
    const [x, y] = place(i % width, Math.floor(i / width)).map(Math.round) as [number, number];
    return x >= 0 && y >= 0 && x < width && y < height ? data[y * width + x]! : fill;
  });
  return { width, height, data: result };
}

const last = side - 1;
const middle = last / 2;

function turned(image: GrayImage, radians: number, fill: number): GrayImage {
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)];
  return redrawn(
    image,
    (x, y) => [middle + cos * (x - middle) - sin * (y - middle), middle + sin * (x - middle) + cos * (y - middle)],
    fill,
  );
}

/** Kinds that only landmarks, or undoing what was done, can find. */
const further: Record<string, Alter> = {
  inverted: (image) => ({ ...image, data: image.data.map((value) => 255 - value) }),
  'turned by 90': (image) => redrawn(image, (x, y) => [y, last - x]),
  'flipped top to bottom': (image) => redrawn(image, (x, y) => [x, last - y]),
  transposed: (image) => redrawn(image, (x, y) => [y, x]),
  'coloured with jet, turned by 90': (image) =>
    applyColourTable(
      redrawn(image, (x, y) => [y, last - x]),
      colourTable('jet'),
    ),
  'framed in white': (image) =>
    redrawn(image, (x, y) => [middle + 1.25 * (x - middle), middle + 1.25 * (y - middle)], 255),
  'cropped by 10 % of each side': (image) => cropped(image, 12, 12, 96),
  'shifted by 10 %': (image) => redrawn(image, (x, y) => [x - 12, y + 10]),
  'turned by 8 degrees': (image) => turned(image, 0.14, 0),
  'CLAHE, upside down': (image) => clahe(redrawn(image, (x, y) => [x, last - y])),
};

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
  let prints: Fingerprint[];
  beforeAll(() => {
    originals = Array.from({ length: chests }, (_, seed) => chest(seed));
    prints = originals.map((image) => fingerprint(image));
  });

  it('finds nothing among different chests', () => {
    expect(findNearDuplicates(prints)).toEqual([]);
    expect(findNearDuplicates([])).toEqual([]);
    expect(findNearDuplicates(prints.slice(0, 1))).toEqual([]);
  });

  it.each(Object.keys(alter))('finds every copy that was %s, and pairs no other', async (name) => {
    const random = new Random(name);
    const copies = await Promise.all(originals.map(async (image) => alter[name]!(image, random)));
    const pairs = findNearDuplicates([...prints, ...copies.map((image) => fingerprint(image))]);
    expect(pairs.map(({ first, second }) => [first, second])).toEqual(originals.map((_, i) => [i, i + chests]));
    expect(pairs.every(({ mirrored }) => mirrored === (name === 'mirrored'))).toBe(true);
  });

  it.each(Object.keys(further))('finds nearly every copy that was %s, and pairs no other', (name) => {
    const copies = originals.slice(0, 20).map((image) => further[name]!(image));
    const pairs = findNearDuplicates([...prints, ...copies.map((image) => fingerprint(image))]);
    expect(pairs.filter(({ first, second }) => second !== first + chests)).toEqual([]);
    expect(pairs.length).toBeGreaterThanOrEqual(18);
  });

  it('asks more of small pictures, which lack the detail that tells chests apart', () => {
    const copies = originals.map((image) => fingerprint(cropped(image, 9, 4, 104)));
    const all = [...prints, ...copies];
    const strict = findNearDuplicates(all, () => true);
    expect(strict.length).toBeGreaterThan(0);
    expect(strict.length).toBeLessThan(findNearDuplicates(all).length);
    expect(strict.every(({ correlation }) => correlation >= leastCorrelationOfSmall)).toBe(true);
    expect(findNearDuplicates(all, (position) => position >= chests)).toEqual(strict);
  });

  it('finds one copy and its original when there are only these two', () => {
    const copy = fingerprint(cropped(originals[0]!, 3, 2, 114));
    expect(findNearDuplicates([prints[0]!, copy])).toHaveLength(1);
    expect(findNearDuplicates([prints[0]!, prints[1]!])).toEqual([]);
  });

  it('connects many copies of one picture by no more pairs than it needs', () => {
    const copies = Array.from({ length: 30 }, (_, i) =>
      fingerprint({ ...originals[0]!, data: originals[0]!.data.map((value) => Math.min(255, value + i)) }),
    );
    expect(findNearDuplicates([...prints, ...copies])).toHaveLength(30);
  });

  it('survives pictures without contrast', () => {
    const blank = fingerprint({ width: side, height: side, data: new Uint8Array(side * side).fill(9) });
    expect(findNearDuplicates([blank, ...prints, blank])).toEqual([]);
  });

  it('reports progress to the end', () => {
    const told: number[] = [];
    findNearDuplicates(prints, undefined, (done, total) => told.push(done / total));
    expect(told.at(-1)).toBe(1);
  });
});

describe('PictureComparer', () => {
  it('describes how a copy was changed from its original', () => {
    const image = chest(3);
    const copy = comparable(fingerprint(cropped(image, 6, 0, 114)).thumbnail);
    const { map } = new PictureComparer(comparable(fingerprint(image).thumbnail)).compare(copy);
    // The crop shows 0.95 of the width, so that its content is 1/0.95 as large.
    expect(map[0]).toBeCloseTo(1 / 0.95, 1);
    expect(map[2]).toBeCloseTo(-0.05 / 0.95, 1);
  });

  it('says what was done to a picture, and how one lies on the other', () => {
    const [still, quarter] = [[1, 0, 0, 0, 1, 0] as const, [0, -1, 0, 1, 0, 0] as const];
    const content = { thumbnail: new Uint8Array(), colourMap: 'turbo', framed: false };
    const plain = { map: still, mirrored: false, inverted: false };
    expect(describePair(plain, null, content)).toBe('coloured with turbo');
    expect(describePair({ ...plain, map: quarter }, null, content)).toBe('coloured with turbo, turned by 90°');
    expect(describePair(plain, null, { ...content, colourMap: null, framed: true })).toBe('even borders left out');
    expect(describePair({ ...plain, inverted: true }, null, null)).toBe('inverted');
    expect(describePair({ ...plain, mirrored: true, map: [-1, 0, 0, 0, -1, 0] }, null, null)).toBe(
      'flipped top to bottom',
    );
  });

  it('puts the transform into words', () => {
    expect(describeTransform({ map: [1, 0, 0, 0, 1, 0], mirrored: false, inverted: false })).toBe('in the same place');
    expect(describeTransform({ map: [0.95, 0, 0.04, 0, 0.95, 0.03], mirrored: true, inverted: false })).toBe(
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
