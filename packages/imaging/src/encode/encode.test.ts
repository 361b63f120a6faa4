import { describe, expect, it } from 'vitest';
import { decodeImage } from '../decode/decode.js';
import { grayPicture, rgbPicture } from '../testing/pictures.test-support.js';
import { dataUri, encodeJpeg, encodePng } from './encode.js';
import { sheet } from './sheet.js';

describe('encodePng and encodeJpeg', () => {
  it('keep gray gray and colour colour', async () => {
    for (const encode of [encodePng, encodeJpeg]) {
      expect(await decodeImage(await encode(grayPicture(9, 7)))).toMatchObject({ width: 9, height: 7, channels: 1 });
      expect(await decodeImage(await encode(rgbPicture(9, 7)))).toMatchObject({ width: 9, height: 7, channels: 3 });
    }
  });

  it('give the same bytes for the same picture', async () => {
    expect(await encodePng(rgbPicture(40, 30))).toEqual(await encodePng(rgbPicture(40, 30)));
  });

  it('store gray closely in a JPEG of high quality', async () => {
    const picture = grayPicture(64, 64);
    const { data } = await decodeImage(await encodeJpeg(picture, 95));
    const mean = data.reduce((sum, value, i) => sum + Math.abs(value - picture.data[i]!), 0) / data.length;
    expect(mean).toBeLessThan(3);
  });
});

describe('dataUri', () => {
  it('holds the bytes', () => {
    expect(dataUri(Uint8Array.of(1, 2, 255), 'png')).toBe('data:image/png;base64,AQL/');
  });
});

describe('sheet', () => {
  const rows = [1, 2, 3].map((seed) => ({
    label: `x-ray ${seed} <&>`,
    images: [grayPicture(30, 20, seed), rgbPicture(20, 30, seed)],
  }));

  it('places a cell a picture, the pictures fitted on black', async () => {
    const cellSize = 60;
    const image = await decodeImage(await sheet({ columns: ['gray', 'turbo'], rows, cellSize }));
    expect(image.width).toBe(2 * 16 + 2 * 60 + 8);
    const at = (x: number, y: number): number => image.data[(y * image.width + x) * 3]!;
    const firstCell = { x: 16, y: 16 + 30 + 22 };
    expect(at(firstCell.x + 30, firstCell.y + 2)).toBe(0);
    expect(at(firstCell.x + 30, firstCell.y + 30)).toBeGreaterThan(20);
    expect(at(2, 2)).toBe(255);
  });

  it('grows with its rows and with a title', async () => {
    const height = async (options: Parameters<typeof sheet>[0]): Promise<number> =>
      (await decodeImage(await sheet(options))).height;
    const columns = ['gray', 'turbo'];
    const [two, three] = [await height({ columns, rows: rows.slice(0, 2) }), await height({ columns, rows })];
    expect(three - two).toBe(22 + 224 + 8);
    expect(await height({ columns, rows, title: 'Title' })).toBe(three + 30);
  });

  it('leaves a cell blank where there is no picture, and makes JPEG when asked', async () => {
    const encoded = await sheet({
      columns: ['gray', 'turbo'],
      rows: [{ label: '', images: [undefined, grayPicture(4, 4)] }],
      format: 'jpeg',
    });
    const image = await decodeImage(encoded);
    expect(image.format).toBe('jpeg');
    expect(image.data[((16 + 30 + 22 + 100) * image.width + 100) * 3]).toBeGreaterThan(250);
  });
});
