import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeJpeg, encodePng } from '../encode/encode.js';
import { resize } from '../resize/resize.js';
import { sharp } from '../sharp.js';
import { testFolder } from '../testing/folder.test-support.js';
import { deepPng, grayPicture, rgbPicture } from '../testing/pictures.test-support.js';
import { decodeGray, decodeImage } from './decode.js';

interface Fixture {
  cases: { name: string; encoded: string; width: number; height: number; rgb: number[]; luma: number[] }[];
}
// Written by test/reference/luma.py: what Pillow decodes, and its luma in exact arithmetic.
const fixture: Fixture = JSON.parse(readFileSync(new URL('../../test/fixtures/luma.json', import.meta.url), 'utf8'));

describe('decodeImage', () => {
  it.each(fixture.cases)('decodes a $name as Pillow does', async ({ encoded, width, height, rgb, name }) => {
    const image = await decodeImage(Buffer.from(encoded, 'base64'));
    const expected = image.channels === 3 ? rgb : rgb.filter((_, i) => i % 3 === 0);
    expect(image).toMatchObject({ width, height, format: name.includes('JPEG') ? 'jpeg' : 'png', orientation: 1 });
    expect(furthest(image.data, expected)).toBeLessThanOrEqual(name.includes('JPEG') ? 1 : 0);
  });

  it('scales 16-bit samples by 255/65535, rounded to nearest', async () => {
    const samples = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const image = await decodeImage(await deepPng(256, 256, 1, samples));
    expect(image).toMatchObject({ bitDepth: 16, channels: 1, isColour: false });
    expect([...image.data]).toEqual(Array.from(samples, (v) => Math.round((v * 255) / 65535)));
  });

  it('decodes 16-bit colour', async () => {
    const samples = Uint16Array.of(0, 32896, 65535, 257, 514, 771);
    const image = await decodeImage(await deepPng(2, 1, 3, samples));
    expect(image).toMatchObject({ bitDepth: 16, channels: 3, isColour: true });
    expect([...image.data]).toEqual([0, 128, 255, 1, 2, 3]);
  });

  it('flattens transparency onto black, in 8 and in 16 bits', async () => {
    const eight = await sharp()(Uint8Array.of(200, 100, 50, 255, 200, 100, 50, 0), {
      raw: { width: 2, height: 1, channels: 4 },
    })
      .png()
      .toBuffer();
    expect([...(await decodeImage(eight)).data]).toEqual([200, 100, 50, 0, 0, 0]);
    const sixteen = await deepPng(2, 1, 2, Uint16Array.of(51400, 65535, 51400, 0));
    expect([...(await decodeImage(sixteen)).data]).toEqual([200, 0]);
  });

  it('gives back what a PNG was made from, gray and colour', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (w, h, gray) => {
          const picture = gray ? grayPicture(w, h, w) : rgbPicture(w, h, h);
          expect(await decodeImage(await encodePng(picture))).toMatchObject({ ...picture });
        },
      ),
      { numRuns: 20 },
    );
  });

  it('distinguishes gray stored as RGB from colour', async () => {
    const { width, height, data } = grayPicture(30, 20);
    const repeated = {
      width,
      height,
      channels: 3 as const,
      data: Uint8Array.from({ length: 1800 }, (_, i) => data[Math.floor(i / 3)]!),
    };
    for (const encoded of [await encodePng(repeated), await encodeJpeg(repeated)]) {
      expect(await decodeImage(encoded)).toMatchObject({ channels: 3, isColour: false });
    }
    expect((await decodeImage(await encodeJpeg(rgbPicture(30, 20)))).isColour).toBe(true);
  });

  it('reports the EXIF orientation and leaves the pixels as stored', async () => {
    const picture = grayPicture(6, 4);
    const turned = await sharp()(picture.data, { raw: { width: 6, height: 4, channels: 1 } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(await decodeImage(turned)).toMatchObject({ width: 6, height: 4, orientation: 6 });
  });

  it('ignores an ICC profile, which would change one file’s brightness and not another’s', async () => {
    const picture = rgbPicture(8, 8);
    const profiled = await sharp()(picture.data, { raw: { width: 8, height: 8, channels: 3 } })
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const stored = await sharp()(profiled, { ignoreIcc: true }).raw().toBuffer();
    expect((await sharp()(profiled).metadata()).icc).toBeDefined();
    expect([...(await decodeImage(profiled)).data]).toEqual([...stored]);
  });

  it('reads files with names that are long or not ASCII', async () => {
    const folder = testFolder();
    const picture = grayPicture(5, 7);
    for (const name of ['Röntgen 胸部 🫁.png', `${'x'.repeat(240)}.png`, 'a\'b"c #%&.png']) {
      const file = path.join(folder, name);
      writeFileSync(file, await encodePng(picture));
      expect((await decodeImage(file)).data).toEqual(picture.data);
    }
  });

  it('decodes a picture of one pixel', async () => {
    const picture = { width: 1, height: 1, data: Uint8Array.of(99) };
    expect(await decodeGray(await encodePng(picture))).toMatchObject({ width: 1, height: 1 });
  });
});

describe('decodeGray', () => {
  it.each(fixture.cases)('gives the exact BT.601 luma of a $name', async ({ encoded, luma, name }) => {
    const gray = await decodeGray(Buffer.from(encoded, 'base64'));
    expect(furthest(gray.data, luma)).toBeLessThanOrEqual(name.includes('JPEG') ? 1 : 0);
  });

  it('stretches to the size asked for', async () => {
    const jpeg = await encodeJpeg(grayPicture(64, 48), 95);
    const size = { width: 16, height: 24 };
    expect(await decodeGray(jpeg, { size })).toEqual(resize(await decodeGray(jpeg), size));
  });
});

function furthest(actual: Uint8Array, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  return actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
}
