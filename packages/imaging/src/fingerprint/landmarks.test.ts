import { Random } from '@chromaray/base';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GrayImage } from '../image.js';
import { drawAnatomy, drawExposure, drawPathology, renderPhantom } from '../phantom/index.js';
import { mirroredBit } from './describe-spot.js';
import {
  descriptionWords,
  differingBits,
  findLandmarks,
  type Landmarks,
  packLandmarks,
  unpackLandmarks,
} from './landmarks.js';

const side = 192;

describe('landmarks', () => {
  let chest: GrayImage;
  let original: Landmarks;
  beforeAll(() => {
    const random = new Random(5);
    const anatomy = drawAnatomy(random.fork('anatomy'));
    const pathology = drawPathology('normal', 0.3, anatomy, random.fork('pathology'));
    chest = renderPhantom(anatomy, pathology, drawExposure(random.fork('exposure')), side, random.fork('noise'));
    original = findLandmarks(chest);
  });

  /** Landmarks of `a` that have one of `b` at the place where the change takes them, alike within 20 of 128 bits. */
  function foundAgain(a: Landmarks, b: Landmarks, place: (x: number, y: number) => readonly [number, number]): number {
    let found = 0;
    for (let i = 0; i < a.count; i++) {
      const [x, y] = place(a.places[4 * i]!, a.places[4 * i + 1]!);
      let isThere = false;
      for (let k = 0; k < b.count && !isThere; k++) {
        const near = Math.hypot(b.places[4 * k]! - x, b.places[4 * k + 1]! - y) < 0.05;
        isThere = near && differingBits(a.descriptions, 4 * i, b.descriptions, 4 * k) <= 20;
      }
      if (isThere) found++;
    }
    return found / a.count;
  }

  const moved = (source: (x: number, y: number) => readonly [number, number]): GrayImage => ({
    ...chest,
    data: chest.data.map((_, i) => {
      const [x, y] = source(i % side, Math.floor(i / side));
      return chest.data[y * side + x]!;
    }),
  });

  it('are found again, described alike, in a picture turned by a quarter', () => {
    const turned = findLandmarks(moved((x, y) => [y, side - 1 - x]));
    expect(original.count).toBeGreaterThan(15);
    expect(foundAgain(original, turned, (x, y) => [-y, x])).toBeGreaterThan(0.7);
  });

  it('do not change when bright and dark are exchanged', () => {
    const inverted = findLandmarks({ ...chest, data: chest.data.map((value) => 255 - value) });
    expect(foundAgain(original, inverted, (x, y) => [x, y])).toBeGreaterThan(0.8);
  });

  it('are mirrored bit by bit when the picture is', () => {
    const mirrored = findLandmarks(moved((x, y) => [side - 1 - x, y]));
    const descriptions = new Int32Array(original.descriptions.length);
    for (let bit = 0; bit < original.count * 128; bit++) {
      const [landmark, own] = [Math.floor(bit / 128), bit % 128];
      const isSet = (original.descriptions[landmark * descriptionWords + (own >> 5)]! >>> (own & 31)) & 1;
      const to = mirroredBit(own);
      if (isSet) descriptions[landmark * descriptionWords + (to >> 5)]! |= 1 << (to & 31);
    }
    const places = original.places.map((value, i) => (i % 4 === 0 ? -value : value));
    expect(foundAgain({ ...original, descriptions, places }, mirrored, (x, y) => [x, y])).toBeGreaterThan(0.7);
    // Without it they are others.
    expect(foundAgain({ ...original, places }, mirrored, (x, y) => [x, y])).toBeLessThan(0.4);
  });

  it('are kept in 20 bytes each', () => {
    const packed = packLandmarks(original);
    expect(packed).toHaveLength(20 * original.count);
    const again = unpackLandmarks(packed);
    expect(again.descriptions).toEqual(original.descriptions);
    again.places.forEach((value, i) => {
      const difference = Math.abs(value - original.places[i]!);
      expect(i % 4 === 3 ? Math.min(difference, Math.abs(difference - 2 * Math.PI)) : difference).toBeLessThan(0.03);
    });
  });

  it('are none in a picture without contrast', () => {
    expect(findLandmarks({ width: 64, height: 64, data: new Uint8Array(4096).fill(80) }).count).toBe(0);
  });
});
