import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { applyColourTable } from '../colour/apply-table.js';
import { colourTable } from '../colour/colour-table.js';
import { encodePng } from '../encode/encode.js';
import { resize } from '../resize/resize.js';
import { testFolder } from '../testing/folder.test-support.js';
import { grayPicture } from '../testing/pictures.test-support.js';
import { buildPack, type PackColouring } from './build-pack.js';
import type { PackItem } from './pack-key.js';

const table = colourTable('turbo');
const turbo = (at: PackColouring['at']): PackColouring => ({
  key: 'turbo',
  at,
  colour: (gray) => applyColourTable(gray, table),
});

describe('a pack with colouring', () => {
  it('colours the picture as decoded, or the pixels that a gray pack holds', async () => {
    const { directory, items, picture } = await onePicture();
    const large = await buildPack({ directory, items, size: 8, colouring: turbo('full-size') });
    expect(pixels(large.pack)).toEqual([...resize(applyColourTable(picture, table), 8).data]);
    const small = await buildPack({ directory, items, size: 8, colouring: turbo('pack-size') });
    expect(pixels(small.pack)).toEqual([...applyColourTable(resize(picture, 8), table).data]);
    expect(large.pack.shape).toEqual([1, 8, 8, 3]);
  });

  it('varies a copy as the gray pack varies it', async () => {
    const { directory, items } = await onePicture();
    const varied = items.map((item) => ({ ...item, augment: { seed: 7 } }));
    const options = { directory, items: varied, size: 16, augmentation: { rotationRange: 25, widthShiftRange: 0.2 } };
    const gray = await buildPack(options);
    const coloured = await buildPack({ ...options, colouring: turbo('pack-size') });
    const data = Uint8Array.from(pixels(gray.pack));
    expect(pixels(coloured.pack)).toEqual([...applyColourTable({ width: 16, height: 16, data }, table).data]);
  });

  it('is found again by its colours, and never taken for another', async () => {
    const { directory, items } = await onePicture();
    const build = (colouring?: PackColouring) =>
      buildPack({ directory, items, size: 8, ...(colouring && { colouring }) });
    const first = await build(turbo('full-size'));
    expect((await build(turbo('full-size'))).reused).toBe(true);
    const others = [
      await build(),
      await build(turbo('pack-size')),
      await build({ ...turbo('full-size'), key: 'other' }),
    ];
    expect(new Set([first, ...others].map(({ pack }) => pack.key)).size).toBe(4);
  });

  it('stops when colouring fails, and leaves nothing behind', async () => {
    const { directory, items } = await onePicture();
    const fault = new Error('no colours');
    const colouring: PackColouring = { key: 'broken', at: 'full-size', colour: () => Promise.reject(fault) };
    await expect(buildPack({ directory, items, size: 8, colouring })).rejects.toBe(fault);
    expect(
      (await buildPack({ directory, items, size: 8, colouring: { ...turbo('full-size'), key: 'broken' } })).reused,
    ).toBe(false);
  });
});

async function onePicture() {
  const folder = testFolder();
  const picture = grayPicture(20, 30, 3);
  const file = path.join(folder, 'a.png');
  const bytes = await encodePng(picture);
  writeFileSync(file, bytes);
  const items: PackItem[] = [{ id: 'a', file, sha256: sha256(bytes) }];
  return { directory: path.join(folder, 'packs'), items, picture };
}

function pixels(pack: Awaited<ReturnType<typeof buildPack>>['pack']): number[] {
  const [, height, width, channels] = pack.shape;
  const target = new Uint8Array(height * width * channels);
  pack.read(0, target);
  return [...target];
}
