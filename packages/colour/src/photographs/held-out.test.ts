import { sha256 } from '@chromaray/base';
import { decodeImage, encodeJpeg, fingerprint, type Image } from '@chromaray/imaging';
import { describe, expect, it } from 'vitest';
import { chooseHeldOut, heldOutShare } from './held-out.js';
import { drawnPhotograph } from './photographs.test-support.js';

const candidate = (image: Image, hash = sha256(image.data)) => ({ hash, fingerprint: fingerprint(image) });
/** A hash that stands for a number from 0 to 1. */
const hashOf = (share: number) =>
  Math.floor(share * 2 ** 32)
    .toString(16)
    .padStart(8, '0')
    .padEnd(64, '0');

describe('chooseHeldOut', () => {
  it('holds out by content, whatever else is in the set and in whatever order', async () => {
    const all = Array.from({ length: 120 }, (_, seed) => candidate(drawnPhotograph(seed)));
    const { heldOut } = await chooseHeldOut(all);
    const chosen = new Set(all.filter((_, i) => heldOut[i]).map(({ hash }) => hash));
    expect(chosen.size).toBeGreaterThan(0);
    expect(chosen.size).toBeLessThan(4 * heldOutShare * all.length);
    const some = all.filter((_, i) => i % 3 !== 0).reverse();
    const again = await chooseHeldOut(some);
    for (const [i, { hash }] of some.entries()) expect(again.heldOut[i]).toBe(chosen.has(hash));
  });

  it('holds near-duplicates out together, by the least of their hashes', async () => {
    const photograph = drawnPhotograph(1, 96);
    const saved = await decodeImage(await encodeJpeg(photograph, 80));
    const other = drawnPhotograph(2, 96);
    const set = [candidate(photograph, hashOf(0.9)), candidate(other, hashOf(0.5)), candidate(saved, hashOf(0.01))];
    const { heldOut, nearDuplicates } = await chooseHeldOut(set);
    expect(heldOut).toEqual([true, false, true]);
    expect(nearDuplicates).toBe(2);
  });
});
