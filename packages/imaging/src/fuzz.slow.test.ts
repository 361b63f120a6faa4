import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { isChromarayError, Random } from '@chromaray/base';
import { zipOf } from '@chromaray/testing/zip';
import { afterAll, describe, expect, it } from 'vitest';
import { openArchive } from './archive/open-archives.js';
import { decodeImage } from './decode/decode.js';
import { radiographElements } from './dicom/dicom-files.test-support.js';
import { encodeElements, writePart10 } from './dicom/write-part-10.js';
import { encodeJpeg, encodePng } from './encode/encode.js';
import { sharp } from './sharp.js';
import { deepPng, grayPicture, rgbPicture } from './testing/pictures.test-support.js';

const rounds = 80;
/** Far more than any of these small files takes; more is a hang. */
const longest = 10_000;
const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../test/fixtures/${name}`, import.meta.url), 'utf8'));
const picture = grayPicture(48, 40);
const radiograph = writePart10(
  radiographElements(
    new Uint16Array(768).map((_, i) => i * 5),
    32,
    24,
  ),
);
const deflatedHead = writePart10(radiographElements(new Uint16Array(768), 32, 24), '1.2.840.10008.1.2.1.99');
const elements = encodeElements(radiographElements(new Uint16Array(768), 32, 24));

/** A whole file of each format and variant that is read, by name. */
async function originals(): Promise<readonly (readonly [string, Buffer])[]> {
  const { width, height, data } = picture;
  const gray = sharp()(data, { raw: { width, height, channels: 1 } });
  const arrays = fixture('numpy-files.json');
  const npz = (['stored', 'compressed', 'fortran', 'rgb', 'pickle'] as const).flatMap((name) =>
    typeof arrays[name] === 'string' ? [[`${name}.npz`, Buffer.from(arrays[name], 'base64')] as const] : [],
  );
  return [
    ['a.jpeg', Buffer.from(await encodeJpeg(picture))],
    ['colour.jpeg', Buffer.from(await encodeJpeg(rgbPicture(40, 30)))],
    ['progressive.jpeg', await gray.clone().jpeg({ progressive: true }).toBuffer()],
    ['a.png', Buffer.from(await encodePng(picture))],
    ['palette.png', await gray.clone().png({ palette: true }).toBuffer()],
    [
      'deep.png',
      await deepPng(
        24,
        24,
        1,
        new Uint16Array(576).map((_, i) => i * 100),
      ),
    ],
    ['a.pgm', Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data])],
    ['a.dcm', radiograph],
    ['headless.dcm', radiograph.subarray(132)],
    ['deflated.dcm', Buffer.concat([deflatedHead.subarray(0, -elements.length), deflateRawSync(elements)])],
    ...fixture('dicom.json').synthetic.map(
      ({ file }: { file: string }, i: number) => [`pydicom${i}.dcm`, Buffer.from(file, 'base64')] as const,
    ),
    ...fixture('odd-dicom.json').depths.map(
      ({ file }: { file: string }, i: number) => [`depth${i}.dcm`, Buffer.from(file, 'base64')] as const,
    ),
    [
      'a.zip',
      zipOf([
        { name: 'x/a.png', content: await encodePng(picture) },
        { name: 'x/b.pgm', content: 'P5\n1 1\n255\n0', stored: true },
      ]),
    ],
    ...npz,
  ];
}

/** One of the ways in which files are damaged in the world. */
function damaged(original: Buffer, random: Random): Buffer {
  const bytes = Buffer.from(original);
  const at = random.int(bytes.length);
  switch (random.int(7)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      for (let k = 0; k < 1 + random.int(8); k++) bytes[random.int(bytes.length)] = random.int(256);
      return bytes;
    case 2:
      for (let k = 0; k < 4; k++) bytes[random.int(Math.min(512, bytes.length))] = random.int(2) * 255;
      return bytes;
    case 3:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + random.int(64)))]);
    case 4:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(random.int(bytes.length))]);
    case 5:
      return bytes.fill(0, at, Math.min(bytes.length, at + 1 + random.int(200)));
    default:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.of(0xff, 0xff, 0xff, 0xff),
        bytes.subarray(at),
        Buffer.alloc(random.int(99), 7),
      ]);
  }
}

async function readAll(name: string, bytes: Buffer): Promise<void> {
  if (!/\.(?:zip|npz)$/.test(name)) {
    await decodeImage(bytes, { maxPixels: 100_000 });
    return;
  }
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  const archive = await openArchive(file);
  try {
    for (const inside of [...archive.files.keys()].slice(0, 5)) {
      await archive.head(inside, 132);
      await decodeImage(`${file}/${inside}`, { maxPixels: 100_000 });
    }
  } finally {
    archive.close();
    rmSync(file);
  }
}

describe('damaged files of every format', async () => {
  const files = await originals();

  it('are more than two thousand', () => {
    expect(files.length * rounds).toBeGreaterThan(2000);
    for (const format of ['jpeg', 'png', 'pgm', 'dcm', 'zip', 'npz']) {
      expect(files.filter(([name]) => name.endsWith(`.${format}`)).length, format).toBeGreaterThan(0);
    }
  });

  it.each(files)(`%s, ${rounds} times: a picture or an error with a code, soon`, async (name, original) => {
    const random = new Random(`fuzz ${name}`);
    for (let round = 0; round < rounds; round++) {
      const bytes = damaged(original, random);
      const started = performance.now();
      const error = await readAll(name.replace('.', `-${round}.`), bytes).catch((thrown: unknown) => thrown);
      const passed = performance.now() - started;
      expect(error === undefined || isChromarayError(error), `round ${round}: ${(error as Error)?.stack}`).toBe(true);
      if (isChromarayError(error))
        expect(error.message, `round ${round}`).not.toMatch(/\n\s+at |undefined|NaN|\[object/);
      expect(passed, `round ${round} takes ${passed} ms`).toBeLessThan(longest);
    }
  });
});
