import { describe, expect, it } from 'vitest';
import { encodeJpeg, encodePng } from '../encode/encode.js';
import { sharp } from '../sharp.js';
import { deepPng, grayPicture } from '../testing/pictures.test-support.js';
import { decodeImage } from './decode.js';

const picture = grayPicture(96, 96);
const end = Buffer.of(0xff, 0xd9);
const deep = (most: number) =>
  deepPng(
    32,
    32,
    1,
    Uint16Array.from({ length: 1024 }, (_, i) => (i / 1023) * most),
  );

describe('what a decoder makes up', () => {
  it.each([false, true])(
    'a JPEG cut in its middle and given an end again is refused (progressive: %s)',
    async (progressive) => {
      const { width, height, data } = picture;
      const jpeg = await sharp()(data, { raw: { width, height, channels: 1 } })
        .jpeg({ progressive })
        .toBuffer();
      for (const share of [0.5, 0.7, 0.9]) {
        const cut = Buffer.concat([jpeg.subarray(0, Math.floor(jpeg.length * share)), end]);
        await expect(decodeImage(cut), `${share}`).rejects.toMatchObject({ code: 'CHROMARAY_IMAGE_TRUNCATED' });
      }
    },
  );

  it('bytes too many before the end cost no pixel: read as ever, with a note', async () => {
    const { width, height, data } = picture;
    const jpeg = await sharp()(data, { raw: { width, height, channels: 1 } })
      .jpeg({ progressive: true })
      .toBuffer();
    const longer = Buffer.concat([jpeg.subarray(0, -2), Buffer.of(1, 2, 3, 4), end]);
    const { notes, ...read } = await decodeImage(longer);
    const { notes: none, ...clean } = await decodeImage(jpeg);
    expect(read).toEqual(clean);
    expect(none).toEqual([]);
    expect(notes).toMatchObject([{ kind: 'decoder', text: expect.stringContaining('extraneous') }]);
  });

  it('whole pictures have no notes', async () => {
    expect((await decodeImage(await encodeJpeg(picture))).notes).toEqual([]);
    expect((await decodeImage(await encodePng(picture))).notes).toEqual([]);
  });
});

describe('16-bit samples that use few of their bits', () => {
  it.each([
    [1023, 10, 5],
    [4095, 12, 17],
    [16383, 14, 65],
  ])('up to %i: %i bits, which leave %i levels', async (most, bits, levels) => {
    const { notes, data } = await decodeImage(await deep(most));
    expect(notes).toEqual([
      { kind: 'gray-levels', text: `uses ${bits} of 16 bits, which leaves ${levels} of 256 gray levels` },
    ]);
    expect(new Set(data).size).toBe(levels);
  });

  it('samples that use all bits, and black pictures, have no note', async () => {
    expect((await decodeImage(await deep(65535))).notes).toEqual([]);
    expect((await decodeImage(await deep(0))).notes).toEqual([]);
  });
});
