import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeDicom } from '../dicom/decode-dicom.js';
import { deepSamples, radiographElements, withElements } from '../dicom/dicom-files.test-support.js';
import { type ElementToWrite, writePart10 } from '../dicom/write-part-10.js';
import { encodePng } from '../encode/encode.js';
import { decodeDeepGray } from './deep-gray.js';

interface Fixture {
  readonly synthetic: readonly { readonly name: string; readonly file: string; readonly gray: readonly number[] }[];
}
// Gray levels that pydicom shows: see decode-dicom.test.ts.
const fixture: Fixture = JSON.parse(readFileSync(new URL('../../test/fixtures/dicom.json', import.meta.url), 'utf8'));

/** What a viewer shows with the window that the file proposes; without one, from the smallest to the largest value. */
function shown({ data, window, bits }: Awaited<ReturnType<typeof decodeDeepGray>>): readonly number[] {
  if (bits <= 8) return [...data];
  const [low, high] = [Math.min(...data), Math.max(...data)];
  const { centre, width } = window ?? { centre: (low + high) / 2, width: high - low };
  return [...data].map((value) => Math.round(255 * Math.min(1, Math.max(0, (value - centre) / width + 0.5))));
}

const ds = (tag: number, value: string): ElementToWrite => ({ tag, representation: 'DS', value });

describe('deep gray', () => {
  it.each(fixture.synthetic)('through its window looks as pydicom shows it: $name', async ({ name, file, gray }) => {
    const deep = await decodeDeepGray(Buffer.from(file, 'base64'));
    const levels = shown(deep);
    const differences = levels.map((level, i) => Math.abs(level - gray[i]!));
    // Padding is black here and has no value of its own, so that without a window it counts as the smallest.
    if (!/padding/i.test(name)) expect(Math.max(...differences)).toBeLessThanOrEqual(1);
  });

  it('keeps every bit of a file, with slope, sign and polarity', async () => {
    const samples = deepSamples(16, 12);
    const window = [ds(0x00281050, '2000'), ds(0x00281051, '1001')];
    const file = (photometric: string, ...more: ElementToWrite[]) =>
      writePart10(withElements(radiographElements(samples, 16, 12, { photometric }), ...window, ...more));
    const plain = await decodeDeepGray(file('MONOCHROME2'));
    expect([plain.bits, plain.window]).toEqual([12, { centre: 1999.5, width: 1000 }]);
    expect([...plain.data]).toEqual([...samples]);
    const white = await decodeDeepGray(file('MONOCHROME1'));
    expect([...white.data]).toEqual([...samples].map((value) => 4095 - value));
    expect(white.window!.centre).toBe(4095 - 1999.5);
    const scaled = await decodeDeepGray(file('MONOCHROME2', ds(0x00281053, '2'), ds(0x00281052, '-1000')));
    expect(scaled.window).toEqual({ centre: 2999.5 / 2, width: 500 });
    for (const turned of ['MONOCHROME1', 'MONOCHROME2'])
      expect(shown(await decodeDeepGray(file(turned)))).toEqual([...(await decodeDicom(file(turned))).image.data]);
  });

  it('is 8 bits where more could not be shown as the file means it', async () => {
    const sigmoid: ElementToWrite = { tag: 0x00281056, representation: 'CS', value: 'SIGMOID' };
    const window = [ds(0x00281050, '2000'), ds(0x00281051, '1000')];
    const file = writePart10(withElements(radiographElements(deepSamples(8, 8), 8, 8), ...window, sigmoid));
    const deep = await decodeDeepGray(file);
    expect([deep.bits, deep.window]).toEqual([8, undefined]);
    expect(deep.data).toEqual((await decodeDicom(file)).image.data);
  });

  it('keeps the 16 bits of a PNG, and 8 of everything else', async () => {
    const values = Uint16Array.from({ length: 64 }, (_, i) => i * 1000);
    const png = await sharp(values, { raw: { width: 8, height: 8, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toBuffer();
    const deep = await decodeDeepGray(png);
    expect([deep.bits, [...deep.data]]).toEqual([16, [...values]]);
    const data = Uint8Array.from({ length: 64 }, (_, i) => i * 4);
    const plain = await decodeDeepGray(await encodePng({ width: 8, height: 8, channels: 1, data }));
    expect([plain.bits, [...plain.data]]).toEqual([8, [...data]]);
  });
});
