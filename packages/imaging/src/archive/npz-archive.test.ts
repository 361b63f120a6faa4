import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { zipOf } from '@chromaray/testing/zip';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeImage } from '../decode/decode.js';
import { readNpyHeader } from '../numpy/npy-header.js';
import { readNpyValues } from '../numpy/npy-values.js';
import { NpzArchive } from './npz-archive.js';

const fixtures = JSON.parse(readFileSync(new URL('../../test/fixtures/numpy-files.json', import.meta.url), 'utf8'));
const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-npz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function write(content: Uint8Array | string): string {
  const file = path.join(folder, `arrays-${count++}.npz`);
  writeFileSync(file, typeof content === 'string' ? Buffer.from(content, 'base64') : content);
  return file;
}
const fault = (what: string) => expect.objectContaining({ code: `CHROMARAY_NUMPY_${what}` });

/** A `.npy` file with a header and as many values of nothing as it announces. */
function npy(header: string, length: number): Buffer {
  const head = Buffer.from(`${header}\n`, 'latin1');
  const start = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1');
  start.writeUInt16LE(head.length, 8);
  return Buffer.concat([start, head, Buffer.alloc(length)]);
}
const header = (descr: string, shape: string, order = 'False') =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;

describe('readNpyHeader and readNpyValues', () => {
  it.each(Object.entries<string>(fixtures.values))('read the numbers that NumPy wrote as %s', (_, text) => {
    const bytes = Buffer.from(text, 'base64');
    const found = readNpyValues(bytes, readNpyHeader(bytes, 'a'), 'a');
    expect(found).toEqual({ shape: [2, 3], values: Float64Array.of(1, 2, 3, 4, 5, 6) });
  });

  it('read Fortran order as C order, booleans as 0 and 1, and every version of the format', () => {
    const read = (text: string) => {
      const bytes = Buffer.from(text, 'base64');
      return [...readNpyValues(bytes, readNpyHeader(bytes, 'a'), 'a').values];
    };
    expect(read(fixtures.valuesFortran)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(read(fixtures.booleans)).toEqual([1, 0]);
    for (const version of Object.values<string>(fixtures.versions)) expect(read(version)).toEqual([0, 1, 1]);
  });

  it.each([
    ['Python objects', header("'|O'", '(3,)'), 'PICKLE'],
    ['objects within a structure', header("[('a', '|O')]", '(3,)'), 'TYPE'],
    ['a structure', header("[('a', '<i4')]", '(3,)'), 'TYPE'],
    ['text', header("'<U6'", '(3,)'), 'TYPE'],
    ['complex numbers', header("'<c16'", '(3,)'), 'TYPE'],
    ['half precision', header("'<f2'", '(3,)'), 'TYPE'],
    ['an expression for a shape', header("'|u1'", '(2**40,)'), 'MALFORMED'],
    ['an overflowing shape', header("'|u1'", '(99999999999, 99999999999)'), 'MALFORMED'],
    ['no dictionary', "exec('x')", 'MALFORMED'],
  ])('refuse %s', (_, text, what) => {
    expect(() => readNpyHeader(npy(text, 3), 'a')).toThrow(fault(what));
  });

  it('refuse what NumPy itself wrote of other kinds', () => {
    expect(() => readNpyHeader(Buffer.from(fixtures.structured, 'base64'), 'a')).toThrow(fault('TYPE'));
    expect(() => readNpyHeader(Buffer.from(fixtures.text, 'base64'), 'a')).toThrow(fault('TYPE'));
  });

  it('refuse a header or values that end early, and another file', () => {
    const whole = npy(header("'<i4'", '(3,)'), 12);
    expect(() => readNpyHeader(whole.subarray(0, 8), 'a')).toThrow(fault('TRUNCATED'));
    expect(() => readNpyHeader(whole.subarray(0, 40), 'a')).toThrow(fault('TRUNCATED'));
    expect(() => readNpyHeader(Buffer.from('not an array at all'), 'a')).toThrow(fault('MALFORMED'));
    const short = whole.subarray(0, -1);
    expect(() => readNpyValues(short, readNpyHeader(short, 'a'), 'a')).toThrow(fault('TRUNCATED'));
  });
});

describe('NpzArchive', () => {
  it.each(['stored', 'compressed'])('gives each picture of a %s array as Netpbm', async (kind) => {
    const archive = await NpzArchive.open(write(fixtures[kind]));
    const pictures = archive.picturesOf('train_images')!;
    expect(pictures).toEqual(['train_images/0', 'train_images/1', 'train_images/2']);
    expect([...archive.files.keys()]).toEqual(pictures);
    const bytes = await archive.read(pictures[1]!, 1e6);
    expect(Buffer.from(bytes).toString('latin1', 0, 11)).toBe('P5\n5 4\n255\n');
    expect(archive.files.get(pictures[1]!)!.bytes).toBe(bytes.length);
    expect(await decodeImage(bytes)).toMatchObject({ width: 5, height: 4, channels: 1, format: 'netpbm' });
    expect([...(await decodeImage(bytes)).data]).toEqual(fixtures.images[1].flat());
    expect((await archive.values('train_labels')).shape).toEqual([3, 1]);
  });

  it('gathers pictures from Fortran order, gray and colour', async () => {
    const gray = await NpzArchive.open(write(fixtures.fortran));
    const rgb = await NpzArchive.open(write(fixtures.rgbFortran));
    for (const [i, expected] of fixtures.images.entries()) {
      expect([...(await decodeImage(await gray.read(`images/${i}`, 1e6))).data]).toEqual(expected.flat());
    }
    const image = await decodeImage(await rgb.read('images/1', 1e6));
    expect(image).toMatchObject({ width: 3, height: 2, channels: 3 });
    expect([...image.data]).toEqual(fixtures.rgb[1].flat(2));
  });

  it('never opens a pickle: asking for its numbers gives the reason', async () => {
    const archive = await NpzArchive.open(write(fixtures.pickle));
    const pickled = archive.arrays.filter((name) => archive.picturesOf(name) === undefined);
    expect(pickled.length).toBeGreaterThan(0);
    for (const name of pickled) {
      await expect(archive.values(name)).rejects.toEqual(fault('PICKLE'));
      expect(() => archive.shapeOf(name)).toThrow(fault('PICKLE') as never);
    }
  });

  it('takes no array of other numbers for pictures', async () => {
    const archive = await NpzArchive.open(write(fixtures.floats));
    expect(archive.picturesOf('images')).toBeUndefined();
    expect(archive.shapeOf('images')).toEqual([3, 4, 5]);
  });

  it('refuses arrays that are shorter than announced, and files that are no arrays', async () => {
    const content = npy(header("'|u1'", '(5, 4, 4)'), 79);
    await expect(NpzArchive.open(write(zipOf([{ name: 'images.npy', content }])))).rejects.toEqual(fault('TRUNCATED'));
    await expect(NpzArchive.open(write(zipOf([{ name: 'images.txt', content }])))).rejects.toEqual(fault('MALFORMED'));
  });

  it('says that an archive is damaged or ends early when its pictures are read', async () => {
    const content = npy(header("'|u1'", '(5, 4, 4)'), 80);
    const damaged = zipOf([{ name: 'images.npy', content, claims: { crc32: 1 } }]);
    const archive = await NpzArchive.open(write(damaged));
    await expect(archive.read('images/0', 1e6)).rejects.toEqual(
      expect.objectContaining({ code: 'CHROMARAY_ZIP_CORRUPT' }),
    );
    await expect(NpzArchive.open(write(damaged.subarray(0, -30)))).rejects.toEqual(
      expect.objectContaining({ code: 'CHROMARAY_ZIP_NOT_ZIP' }),
    );
  });

  it('reads arrays too large to hold from where they lie, or from a file of its own', async () => {
    const side = 1024;
    const content = npy(header("'|u1'", `(100, ${side}, ${side})`), 100 * side * side);
    content[content.length - 1] = 77;
    for (const stored of [true, false]) {
      const archive = await NpzArchive.open(write(zipOf([{ name: 'images.npy', content, stored }])));
      const last = await decodeImage(await archive.read('images/99', 1e9));
      expect(last.data.at(-1)).toBe(77);
      expect((await decodeImage(await archive.read('images/00', 1e9))).data.every((value) => value === 0)).toBe(true);
      archive.close();
    }
  });
});
