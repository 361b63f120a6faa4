import { Random } from '@chromaray/base';
import { fingerprint, type GrayImage } from '@chromaray/imaging';
import { memoryDataset } from '@chromaray/testing/dataset';
import { describe, expect, it } from 'vitest';
import { nearDuplicateGroups, searchNearDuplicates } from './groups.js';

const side = 64;

function clouds(seed: number): GrayImage {
  const random = new Random(`clouds ${seed}`);
  const spots = Array.from({ length: 12 }, () => [random.int(side), random.int(side), 3 + random.int(9)] as const);
  const data = Uint8Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    const light = spots.reduce((sum, [cx, cy, r]) => sum + Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * r * r)), 0);
    return Math.min(255, 30 + 70 * light);
  });
  return { width: side, height: side, data };
}

const darker = (image: GrayImage): GrayImage => ({ ...image, data: image.data.map((level) => level * 0.9) });

/** Ten pictures, and a darker copy of the last. */
function dataset() {
  const pictures = Array.from({ length: 10 }, (_, i) => clouds(i));
  return memoryDataset(
    [...pictures, darker(pictures[9]!)].map((image, i) => ({
      id: `${i}.png`,
      positive: i % 2 === 0,
      width: side,
      height: side,
      pixelHash: `${i}`,
      fingerprint: fingerprint(image),
    })),
  );
}

const idsOf = (groups: ReturnType<typeof nearDuplicateGroups>) =>
  groups.map(({ records }) => records.map(({ id }) => id));

describe('a search that lets other work run', () => {
  it('finds what the search at one go finds, which afterwards takes its result', async () => {
    const searched = dataset();
    const done: number[] = [];
    const groups = await searchNearDuplicates(searched, (pictures) => done.push(pictures));
    expect(idsOf(groups)).toEqual([['10.png', '9.png']]);
    expect(groups).toEqual(nearDuplicateGroups(dataset()));
    expect(nearDuplicateGroups(searched)).toBe(groups);
    expect(done.at(-1)).toBe(11);
  });

  it('ends when it is cancelled, and begins anew when it is asked again', async () => {
    const searched = dataset();
    const controller = new AbortController();
    const reason = new Error('enough');
    const compared: number[] = [];
    const search = searchNearDuplicates(
      searched,
      (pictures) => {
        compared.push(pictures);
        if (pictures === 3) controller.abort(reason);
      },
      controller.signal,
    );
    await expect(search).rejects.toBe(reason);
    expect(compared.at(-1)).toBe(3);
    expect(idsOf(await searchNearDuplicates(searched))).toEqual([['10.png', '9.png']]);
  });
});
