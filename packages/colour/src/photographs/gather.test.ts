import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decodeImage, encodeJpeg, encodePng, type Image, resize, toGray, toRgb, upright } from '@chromaray/imaging';
import { zipOf } from '@chromaray/testing/zip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isColourless } from './colourless.js';
import { gatherPhotographs } from './gather.js';
import { leftOutReasons } from './left-out.js';
import { drawnPhotograph, writePhotographs } from './photographs.test-support.js';
import { PhotographStore } from './store.js';

const root = mkdtempSync(path.join(tmpdir(), 'chromaray-photographs-'));
const set = path.join(root, 'set');
afterAll(() => rmSync(root, { recursive: true, force: true }));

function work(name: string): string {
  const folder = path.join(root, name);
  mkdirSync(folder);
  return folder;
}

/** The head of a JPEG of four components, as printers take them. */
const cmyk = Buffer.from([
  ...[0xff, 0xd8, 0xff, 0xc0, 0, 20, 8, 0, 80, 0, 80, 4],
  ...[1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0, 0xff, 0xd9],
]);

/** The same JPEG with an EXIF block that holds an orientation alone. */
function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
  const tiff = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
  const block = [...Buffer.from('Exif\0\0'), ...tiff];
  return Buffer.concat([
    jpeg.subarray(0, 2),
    Buffer.from([0xff, 0xe1, 0, block.length + 2, ...block]),
    jpeg.subarray(2),
  ]);
}

/** Every level times three numbers: a toned print. */
function toned(image: Image): Image {
  const { data } = toRgb(toGray(image));
  return { ...image, data: data.map((level, i) => level * [1, 0.86, 0.66][i % 3]!) };
}

beforeAll(async () => {
  await writePhotographs(set, 60);
  const photograph = drawnPhotograph(900);
  const write = (name: string, bytes: Uint8Array) => writeFileSync(path.join(set, name), bytes);
  write('gray.png', await encodePng(toGray(photograph)));
  write('gray.jpg', await encodeJpeg(toRgb(toGray(photograph)), 60));
  write('sepia.png', await encodePng(toned(photograph)));
  write('sepia.jpg', await encodeJpeg(toned(photograph), 75));
  write('tiny.png', await encodePng(resize(photograph, 40)));
  write('cmyk.jpg', cmyk);
  write('cut.png', (await encodePng(photograph)).subarray(0, 900));
  write('text.jpg', Buffer.from('no picture'));
  write('copy.png', readFileSync(path.join(set, 'photo-0003.png')));
  write('near.jpg', await encodeJpeg(drawnPhotograph(7), 90));
});

describe('gatherPhotographs', () => {
  it('leaves out what teaches nothing or cannot be read, and says why', async () => {
    const { training, heldOut, leftOut } = await gatherPhotographs(set, { folder: work('a'), side: 32 });
    expect(training.length + heldOut.length).toBe(61);
    expect(leftOut.map(({ file, reason }) => [file, reason]).sort()).toEqual([
      ['cmyk.jpg', 'cmyk'],
      ['cut.png', 'unreadable'],
      ['gray.jpg', 'colourless'],
      ['gray.png', 'colourless'],
      ['photo-0003.png', 'copy'],
      ['sepia.jpg', 'colourless'],
      ['sepia.png', 'colourless'],
      ['text.jpg', 'unreadable'],
      ['tiny.png', 'tiny'],
    ]);
    expect(leftOut.every(({ reason }) => leftOutReasons.includes(reason))).toBe(true);
  });

  it('gives the same from a zip, and once gathered reads back', async () => {
    const folder = await gatherPhotographs(set, { folder: work('b'), side: 32 });
    const zip = path.join(root, 'set.zip');
    const parts = readdirSync(set).map((name) => ({ name, content: readFileSync(path.join(set, name)) }));
    writeFileSync(zip, zipOf(parts));
    const archive = await gatherPhotographs(zip, { folder: work('c'), side: 32 });
    expect(archive.contents).toBe(folder.contents);
    expect([archive.training, archive.heldOut]).toEqual([folder.training, folder.heldOut]);
    const stores = [folder, archive].map(({ file }) => readFileSync(file));
    expect(Buffer.compare(stores[0]!, stores[1]!)).toBe(0);

    let read = 0;
    const again = { folder: path.join(root, 'c'), side: 32, onProgress: () => read++ };
    expect(await gatherPhotographs(zip, again)).toEqual(archive);
    expect(read).toBe(0);
    expect((await gatherPhotographs(zip, { ...again, side: 48 })).side).toBe(48);
    expect(read).toBeGreaterThan(0);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns photographs of EXIF orientation %i upright', async (orientation) => {
    const folder = path.join(root, `orientation-${orientation}`);
    mkdirSync(folder);
    const jpeg = await encodeJpeg(drawnPhotograph(901), 95);
    writeFileSync(path.join(folder, 'a.jpg'), withOrientation(jpeg, orientation));
    const { file } = await gatherPhotographs(folder, { folder: work(`turned-${orientation}`), side: 96 });
    expect(new Uint8Array(readFileSync(file))).toEqual(upright(await decodeImage(jpeg), orientation).data);
  });

  it('keeps near-duplicates on one side', async () => {
    const { nearDuplicates } = await gatherPhotographs(set, { folder: work('d'), side: 32 });
    expect(nearDuplicates).toBeGreaterThanOrEqual(2);
  });

  it('stores photographs at the size asked for', async () => {
    const gathered = await gatherPhotographs(set, { folder: work('e'), side: 36 });
    const store = new PhotographStore(gathered.file, gathered.side);
    // The first file by name that is none of those left out is the copy.
    const expected = resize(drawnPhotograph(3), 36);
    expect(Buffer.compare(store.read(0).data, expected.data)).toBe(0);
    store.close();
  });

  it('stops when asked to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(gatherPhotographs(set, { folder: work('f'), side: 32, signal })).rejects.toThrow('enough');
  });
});

describe('isColourless', () => {
  it('takes faint colours for colours', () => {
    const { data, ...size } = drawnPhotograph(5);
    const faint = data.map((level, i) => 128 + (level - 128) / 2 + (i % 3 === 0 && i % 600 < 300 ? 8 : 0));
    expect(isColourless({ ...size, data: faint })).toBe(false);
  });
});
