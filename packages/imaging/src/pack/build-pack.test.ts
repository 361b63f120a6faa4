import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Random, sha256 } from '@chromaray/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyAugmentation } from '../augment/apply.js';
import { drawAugmentation } from '../augment/draw.js';
import { decodeGray } from '../decode/decode.js';
import { encodePng } from '../encode/encode.js';
import type { Progress } from '../progress.js';
import { testFolder } from '../testing/folder.test-support.js';
import { grayPicture, pngHeader, rgbPicture } from '../testing/pictures.test-support.js';
import { type BuildPackOptions, buildPack } from './build-pack.js';
import { openPack } from './file-pack.js';
import type { PackItem } from './pack-key.js';
import type { PixelPack } from './pixel-pack.js';
import { unfinishedName } from './unfinished.js';

const augmentation = { rotationRange: 10, horizontalFlip: true, brightnessRange: [0.8, 1.2] as const };

describe('buildPack', () => {
  it('holds what decodeGray gives, in the order of the items', async () => {
    const { folder, items } = await pictures(7);
    const { pack, unreadable, reused } = await buildPack({ directory: folder, items, size: 16 });
    expect({ unreadable, reused, shape: pack.shape }).toEqual({ unreadable: [], reused: false, shape: [7, 16, 16, 1] });
    expect(pack.ids).toEqual(items.map((item) => item.id));
    for (const [i, item] of items.entries()) {
      expect(pack.indexOf(item.id)).toBe(i);
      expect(picture(pack, i)).toEqual((await decodeGray(item.file, { size: 16 })).data);
    }
    pack.close();
  });

  it('augments by seed, from one decoding of the file', async () => {
    const { folder, items } = await pictures(2);
    const copies = [0, 1, 2].map((copy) => ({ ...items[1]!, id: `copy ${copy}`, augment: { seed: `copy ${copy}` } }));
    const { pack } = await buildPack({ directory: folder, items: [...copies, ...items], size: 16, augmentation });
    const original = await decodeGray(items[1]!.file, { size: 16 });
    for (const [i, { augment }] of copies.entries()) {
      const parameters = drawAugmentation(augmentation, original, new Random(augment.seed));
      expect(picture(pack, i)).toEqual(applyAugmentation(original, parameters).data);
    }
    expect(picture(pack, 4)).toEqual(original.data);
    expect(picture(pack, 0)).not.toEqual(picture(pack, 1));
  });

  it('makes exact copies when every range is zero', async () => {
    const { folder, items } = await pictures(1);
    const copy = { ...items[0]!, id: 'copy', augment: { seed: 5 } };
    const { pack } = await buildPack({ directory: folder, items: [items[0]!, copy], size: 16, augmentation: {} });
    expect(picture(pack, 1)).toEqual(picture(pack, 0));
  });

  it('writes the same bytes at any concurrency', async () => {
    const { items } = await pictures(9);
    const written = await Promise.all(
      [1, 4].map(async (concurrency) => {
        const { pack } = await buildPack({ directory: testFolder(), items, size: 12, concurrency });
        return readFileSync(pack.file!);
      }),
    );
    expect(written[0]).toEqual(written[1]);
  });

  it('packs colour with three channels and repeats gray', async () => {
    const { folder, items } = await pictures(1);
    const colour = await item(folder, 'colour', await encodePng(rgbPicture(16, 16)));
    const { pack } = await buildPack({ directory: folder, items: [...items, colour], size: 16, channels: 3 });
    expect(pack.shape).toEqual([2, 16, 16, 3]);
    const gray = await decodeGray(items[0]!.file, { size: 16 });
    expect(picture(pack, 0)).toEqual(Uint8Array.from({ length: 768 }, (_, i) => gray.data[Math.floor(i / 3)]!));
    expect(picture(pack, 1)).toEqual(rgbPicture(16, 16).data);
  });

  it('lists the images it cannot read and packs the others without gaps', async () => {
    const { folder, items } = await pictures(4);
    const png = readFileSync(items[0]!.file);
    const mixed = [
      await item(folder, 'text', Buffer.from('not an image')),
      items[0]!,
      await item(folder, 'empty', Buffer.alloc(0)),
      await item(folder, 'cut', png.subarray(0, 100)),
      items[1]!,
      await item(folder, 'bomb', pngHeader(20_000, 20_000)),
      items[2]!,
      { ...items[3]!, id: 'changed', sha256: sha256('as it was') },
      items[3]!,
    ];
    const { pack, unreadable } = await buildPack({ directory: folder, items: mixed, size: 16 });
    expect(unreadable.map(({ id, code }) => [id, code])).toEqual([
      ['text', 'CHROMARAY_IMAGE_UNREADABLE'],
      ['empty', 'CHROMARAY_IMAGE_EMPTY'],
      ['cut', 'CHROMARAY_IMAGE_TRUNCATED'],
      ['bomb', 'CHROMARAY_IMAGE_TOO_LARGE'],
      ['changed', 'CHROMARAY_IMAGE_CHANGED'],
    ]);
    expect(pack.ids).toEqual(items.map((readable) => readable.id));
    for (const [i, { file }] of items.entries()) {
      expect(picture(pack, i)).toEqual((await decodeGray(file, { size: 16 })).data);
    }
  });

  it('makes a pack of none when nothing can be read', async () => {
    const folder = testFolder();
    const items = [await item(folder, 'text', Buffer.from('not an image'))];
    const { pack, unreadable } = await buildPack({ directory: folder, items, size: 8 });
    expect(pack.shape[0]).toBe(0);
    expect(unreadable).toHaveLength(1);
  });

  it('refuses two items of one id', async () => {
    const { folder, items } = await pictures(1);
    await expect(buildPack({ directory: folder, items: [...items, ...items], size: 8 })).rejects.toMatchObject({
      code: 'CHROMARAY_PACK_DUPLICATE_ID',
    });
  });

  it('reports progress up to the end', async () => {
    const { folder, items } = await pictures(5);
    const told: Progress[] = [];
    await buildPack({ directory: folder, items, size: 8, onProgress: (progress) => told.push(progress) });
    expect(told.at(-1)).toMatchObject({ done: 5, total: 5, secondsLeft: 0 });
    expect(told.at(-1)!.ratePerSecond).toBeGreaterThan(0);
  });

  it('stops when aborted, with the signal’s reason, and leaves nothing behind', async () => {
    const { items } = await pictures(30);
    const directory = testFolder();
    const abort = new AbortController();
    const reason = new Error('Ctrl-C');
    const onProgress = (): void => abort.abort(reason);
    await expect(buildPack({ directory, items, size: 8, signal: abort.signal, onProgress })).rejects.toBe(reason);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('clears what a killed build left, and leaves a living one’s file alone', async () => {
    const { items } = await pictures(1);
    const directory = testFolder();
    const mine = unfinishedName(path.join(directory, 'x'));
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const leftover = mine.replace(`-${process.pid}-`, `-${dead}-`);
    for (const file of [mine, leftover]) writeFileSync(file, 'half');
    const { pack } = await buildPack({ directory, items, size: 8 });
    expect(readdirSync(directory).sort()).toEqual([path.basename(mine), path.basename(pack.file!)].sort());
  });
});

describe('a pack that is there already', () => {
  it('is used again without touching the images', async () => {
    const { options, items } = await built();
    for (const { file } of items) rmSync(file);
    const again = await buildPack({ ...options, onProgress: () => expect.unreachable() });
    expect(again).toMatchObject({ reused: true, unreadable: [] });
    expect(picture(again.pack, 2)).toHaveLength(64);
  });

  it.each<[string, (options: BuildPackOptions) => BuildPackOptions]>([
    ['size', (options) => ({ ...options, size: 9 })],
    ['channels', (options) => ({ ...options, channels: 3 })],
    ['order', (options) => ({ ...options, items: options.items.toReversed() })],
    ['seed', (options) => ({ ...options, items: options.items.map((i) => ({ ...i, augment: { seed: 2 } })) })],
  ])('is not used for another %s', async (_what, change) => {
    const { options } = await built();
    expect((await buildPack(change(options))).reused).toBe(false);
  });

  it.each<[string, (file: string) => void]>([
    ['cut short', (file) => truncateSync(file, 4200)],
    ['emptied', (file) => truncateSync(file, 0)],
    ['lengthened', (file) => writeFileSync(file, 'more', { flag: 'a' })],
    ['changed in a pixel', (file) => flipByte(file, 4096 + 70)],
    ['changed in its header', (file) => flipByte(file, statSync(file).size - 5)],
    ['of another format version', (file) => flipByte(file, 16)],
  ])('is made anew when it was %s', async (_what, damage) => {
    const { options, file } = await built();
    const whole = readFileSync(file);
    damage(file);
    expect((await buildPack(options)).reused).toBe(false);
    expect(readFileSync(file)).toEqual(whole);
  });

  it('remembers unreadable images, and tries again those that were only out of reach', async () => {
    const { folder, items } = await pictures(2);
    const text = await item(folder, 'text', Buffer.from('not an image'));
    const first = await buildPack({ directory: folder, items: [...items, text], size: 8 });
    const second = await buildPack({ directory: folder, items: [...items, text], size: 8 });
    expect(second).toMatchObject({ reused: true, unreadable: first.unreadable });

    const directory = testFolder();
    const bytes = readFileSync(items[0]!.file);
    rmSync(items[0]!.file);
    expect((await buildPack({ directory, items, size: 8 })).unreadable).toMatchObject([
      { code: 'CHROMARAY_IMAGE_MISSING' },
    ]);
    writeFileSync(items[0]!.file, bytes);
    expect(await buildPack({ directory, items, size: 8 })).toMatchObject({ reused: false, unreadable: [] });
  });
});

describe('openPack', () => {
  it('gives back any pixels that went in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer(),
        async (width, height, seed) => {
          const folder = testFolder();
          const image = rgbPicture(width, height, seed);
          const items = [await item(folder, 'one', await encodePng(image))];
          const { pack } = await buildPack({ directory: folder, items, size: { width, height }, channels: 3 });
          pack.close();
          const opened = openPack(pack.file!);
          expect({ key: opened.key, shape: opened.shape }).toEqual({ key: pack.key, shape: [1, height, width, 3] });
          expect(picture(opened, 0)).toEqual(image.data);
          opened.close();
        },
      ),
      { numRuns: 15 },
    );
  });

  it('copies to where it is told and checks the room', async () => {
    const { file } = await built();
    const pack = openPack(file);
    const target = new Uint8Array(70).fill(7);
    pack.read(1, target, 3);
    expect([...target.subarray(0, 3), ...target.subarray(67)]).toEqual([7, 7, 7, 7, 7, 7]);
    expect(target.subarray(3, 67)).toEqual(picture(pack, 1));
    for (const [index, offset] of [
      [3, 0],
      [-1, 0],
      [0.5, 0],
      [0, 7],
      [0, -1],
    ] as const) {
      expect(() => pack.read(index, target, offset)).toThrow(expect.objectContaining({ code: 'CHROMARAY_PACK_RANGE' }));
    }
    pack.close();
    expect(() => pack.read(0, target)).toThrow('closed');
  });

  it('refuses what is no pack', () => {
    const file = path.join(testFolder(), 'x.pack');
    expect(() => openPack(file)).toThrow(expect.objectContaining({ code: 'CHROMARAY_PACK_MISSING' }));
    writeFileSync(file, 'x'.repeat(9000));
    expect(() => openPack(file)).toThrow(expect.objectContaining({ code: 'CHROMARAY_PACK_CORRUPT' }));
  });
});

async function pictures(count: number): Promise<{ folder: string; items: PackItem[] }> {
  const folder = testFolder();
  const items = Array.from({ length: count }, async (_, i) =>
    item(folder, `p${i}`, await encodePng(grayPicture(20 + i, 24, i))),
  );
  return { folder, items: await Promise.all(items) };
}

async function item(folder: string, id: string, content: Uint8Array): Promise<PackItem> {
  const file = path.join(folder, `${id}.png`);
  writeFileSync(file, content);
  return { id, file, sha256: sha256(content) };
}

async function built() {
  const { folder, items } = await pictures(3);
  const options: BuildPackOptions = { directory: folder, items, size: 8 };
  const { pack } = await buildPack(options);
  pack.close();
  return { options, items, file: pack.file! };
}

function picture(pack: PixelPack, index: number): Uint8Array {
  const [, height, width, channels] = pack.shape;
  const samples = new Uint8Array(height * width * channels);
  pack.read(index, samples);
  return samples;
}

function flipByte(file: string, position: number): void {
  const bytes = readFileSync(file);
  bytes[position]! ^= 0xff;
  writeFileSync(file, bytes);
}
