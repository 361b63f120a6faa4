import { describe, expect, it } from 'vitest';
import { applyColourTable } from '../colour/apply-table.js';
import { colourMapNames } from '../colour/colour-map-names.js';
import { colourTable } from '../colour/colour-table.js';
import { decodeImage } from '../decode/decode.js';
import { encodeJpeg } from '../encode/encode.js';
import type { GrayImage } from '../image.js';
import { toRgb } from '../luma.js';
import { fingerprint } from './fingerprint.js';
import { withinBorders } from './trim.js';
import { undoColour } from './undo-colour.js';

const side = 96;
const smooth: GrayImage = {
  width: side,
  height: side,
  data: Uint8Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [(i % side) / side, Math.floor(i / side) / side];
    return Math.round(128 + 60 * Math.sin(7 * x + 2 * y) + 50 * Math.cos(9 * y - x));
  }),
};

describe('undoColour', () => {
  it.each(colourMapNames.filter((map) => map !== 'gray' && map !== 'shuffled'))(
    'gives back what was coloured with %s',
    (map) => {
      const found = undoColour(applyColourTable(smooth, colourTable(map)));
      expect(found?.map).toBe(map);
      const errors = smooth.data.map((value, i) => Math.abs(value - found!.gray.data[i]!));
      const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
      expect(mean).toBeLessThan(4);
    },
  );

  it('knows turbo after JPEG at quality 75', async () => {
    const image = await decodeImage({
      bytes: await encodeJpeg(applyColourTable(smooth, colourTable('turbo')), 75),
      name: 'x.jpeg',
    });
    expect(undoColour(image)?.map).toBe('turbo');
  });

  it('leaves gray pictures and colours of no map alone', () => {
    expect(undoColour(toRgb(smooth))).toBeUndefined();
    const rgb = Uint8Array.from({ length: 3 * side * side }, (_, i) => (i % 3 === 1 ? 200 : (i * 37) % 256));
    expect(undoColour({ width: side, height: side, channels: 3, data: rgb })).toBeUndefined();
  });
});

describe('withinBorders', () => {
  const framed = (level: number, text: boolean): GrayImage => {
    const data = new Uint8Array(120 * 120).fill(level);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) data[(y + 12) * 120 + x + 12] = smooth.data[y * side + x]!;
    }
    if (text) for (let i = 0; i < 18; i++) data[4 * 120 + 20 + i] = 255 - level;
    return { width: 120, height: 120, data };
  };

  it.each([
    [0, false],
    [255, false],
    [128, false],
    [0, true],
  ])('cuts a border of level %i off, text in it (%s) or not', (level, text) => {
    const found = withinBorders(framed(level, text))!;
    expect(found.box).toEqual({ left: 12, top: 12, right: 108, bottom: 108 });
    expect(found.image.data).toEqual(smooth.data);
  });

  it('finds none where there is none, and leaves an even picture alone', () => {
    expect(withinBorders(smooth)).toBeUndefined();
    expect(withinBorders({ width: 50, height: 50, data: new Uint8Array(2500).fill(7) })).toBeUndefined();
  });
});

describe('fingerprint', () => {
  it('keeps the content apart where a colour map or a border hides it', () => {
    const plain = fingerprint(smooth);
    expect(plain.content).toBeNull();
    const coloured = fingerprint(applyColourTable(smooth, colourTable('jet')));
    expect(coloured.content).toMatchObject({ colourMap: 'jet', framed: false });
    const errors = plain.thumbnail.map((value, i) => Math.abs(value - coloured.content!.thumbnail[i]!));
    expect(Math.max(...errors)).toBeLessThan(10);
  });
});
