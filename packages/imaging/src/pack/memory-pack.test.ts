import { describe, expect, it } from 'vitest';
import { grayPicture } from '../testing/pictures.test-support.js';
import { memoryPack } from './memory-pack.js';

describe('memoryPack', () => {
  it('reads like a pack in a file', () => {
    const images = [1, 2, 3].map((seed) => grayPicture(6, 4, seed));
    const pack = memoryPack(images.map((image, i) => ({ id: `p${i}`, image })));
    expect(pack).toMatchObject({ shape: [3, 4, 6, 1], ids: ['p0', 'p1', 'p2'], file: undefined });
    const target = new Uint8Array(24);
    pack.read(pack.indexOf('p1')!, target);
    expect(target).toEqual(images[1]!.data);
    expect(pack.indexOf('p9')).toBeUndefined();
    expect(() => pack.read(3, target)).toThrow(expect.objectContaining({ code: 'CHROMARAY_PACK_RANGE' }));
  });

  it('has a key of ids and pixels', () => {
    const key = (id: string, seed: number): string => memoryPack([{ id, image: grayPicture(6, 4, seed) }]).key;
    expect(key('a', 1)).toBe(key('a', 1));
    expect(new Set([key('a', 1), key('b', 1), key('a', 2)]).size).toBe(3);
  });

  it('refuses pictures of different sizes', () => {
    const items = [5, 6].map((side) => ({ id: `${side}`, image: grayPicture(side, 5) }));
    expect(() => memoryPack(items)).toThrow(/6 x 5/);
  });
});
