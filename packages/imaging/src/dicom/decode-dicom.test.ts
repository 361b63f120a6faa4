import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '@chromaray/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeGray, decodeImage } from '../decode/decode.js';
import { resize } from '../resize/resize.js';
import type { DecodeDicomOptions } from './decode-bytes.js';
import { decodeDicom } from './decode-dicom.js';
import { radiographElements, readStored, withElements, withoutElement } from './dicom-files.test-support.js';
import { grayLevels } from './gray-levels.js';
import { type ElementToWrite, writePart10 } from './write-part-10.js';

interface Fixture {
  readonly synthetic: readonly { readonly name: string; readonly file: string; readonly gray: readonly number[] }[];
  readonly real: readonly { readonly file: string; readonly stored: string; readonly histogram: readonly number[] }[];
}
// Written by test/reference/dicom.py: files by pydicom, and the gray levels that pydicom shows.
const fixture: Fixture = JSON.parse(readFileSync(new URL('../../test/fixtures/dicom.json', import.meta.url), 'utf8'));
const realFiles = fileURLToPath(new URL('../../../../../shared/data/dicom/', import.meta.url));
const ramp = Uint16Array.from({ length: 64 }, (_, i) => i * 60);

/** The gray levels of a file that holds 8 x 8 samples. */
async function shown(...changes: ElementToWrite[]): Promise<number[]> {
  const elements = withElements(radiographElements(ramp, 8, 8), ...changes);
  return [...(await decodeDicom(writePart10(elements))).image.data];
}

describe('decodeDicom', () => {
  it.each(fixture.synthetic)('shows what pydicom shows: $name', async ({ file, gray }) => {
    const { image } = await decodeDicom(Buffer.from(file, 'base64'));
    expect([...image.data]).toEqual(gray);
  });

  describe.skipIf(!existsSync(realFiles))('real radiographs (skipped without the folder of real files)', () => {
    it.each(fixture.real)(
      '$file: samples as GDCM decodes them, gray levels as pydicom shows them',
      async (expected) => {
        const { source, ...stored } = await readStored(readFileSync(path.join(realFiles, expected.file)));
        expect(sha256(new Uint8Array(stored.samples.buffer))).toBe(expected.stored);
        const histogram = new Array<number>(256).fill(0);
        for (const level of grayLevels(source, stored)) histogram[level]!++;
        expect(histogram).toEqual(expected.histogram);
      },
      90_000,
    );
  });

  it('tells the view, and of the patient only what is hashed later', async () => {
    const { metadata } = await decodeDicom(writePart10(radiographElements(ramp, 8, 8)));
    expect(metadata).toEqual({
      patientId: 'P-17',
      issuerOfPatientId: 'Hospital',
      patientSex: null,
      patientAge: null,
      viewPosition: 'PA',
      laterality: 'U',
      modality: 'DX',
      device: null,
      photometric: 'MONOCHROME2',
      rows: 8,
      columns: 8,
      bitsAllocated: 16,
      bitsStored: 12,
      signed: false,
      transferSyntax: '1.2.840.10008.1.2.1',
      lossy: false,
    });
  });

  it('names the machine by manufacturer and model, and nothing that is no name of a product', async () => {
    const deviceOf = async (manufacturer: string, model: string) => {
      const file = writePart10(
        withElements(
          radiographElements(ramp, 8, 8),
          { tag: 0x00080070, representation: 'LO', value: manufacturer },
          { tag: 0x00081090, representation: 'LO', value: model },
        ),
      );
      return (await decodeDicom(file)).metadata.device;
    };
    expect(await deviceOf('Philips Medical Systems', 'DigitalDiagnost')).toBe(
      'Philips Medical Systems DigitalDiagnost',
    );
    expect(await deviceOf('GE', 'GE Optima XR220')).toBe('GE Optima XR220');
    expect(await deviceOf('Siemens', '')).toBe('Siemens');
    expect(await deviceOf('', '')).toBeNull();
    expect(await deviceOf('for Jane Doe <jane@example.org>', 'x')).toBeNull();
  });

  it('lets no free text through where a code belongs', async () => {
    const file = writePart10(
      withElements(radiographElements(ramp, 8, 8), {
        tag: 0x00185101,
        representation: 'CS',
        value: 'Jane Doe, upright',
      }),
    );
    expect((await decodeDicom(file)).metadata.viewPosition).toBeNull();
  });

  it('without a window stretches deep pictures from smallest to largest, and leaves 8 bits alone', async () => {
    expect(await shown()).toEqual(Array.from(ramp, (v) => Math.round((255 * v) / 3780)));
    const eight = Uint8Array.from({ length: 64 }, (_, i) => 60 + i);
    const { image } = await decodeDicom(writePart10(radiographElements(eight, 8, 8, { bits: 8 })));
    expect([...image.data]).toEqual([...eight]);
  });

  it('shows another contrast than the file’s when one is asked for', async () => {
    const own = [
      { tag: 0x00281050, representation: 'DS', value: '1000' },
      { tag: 0x00281051, representation: 'DS', value: '500' },
    ] as const;
    const file = writePart10(withElements(radiographElements(ramp, 8, 8), ...own));
    const as = async (options: DecodeDicomOptions) => [...(await decodeDicom(file, options)).image.data];
    expect(await as({})).not.toEqual(await as({ window: 'full' }));
    expect(await as({ window: 'full' })).toEqual(await shown());
    const window = { centre: 2000, width: 400 };
    const expected = Array.from(ramp, (v) => Math.round(255 * Math.min(1, Math.max(0, (v - 1800) / 400))));
    expect(await as({ window })).toEqual(expected);
  });

  it('inverts MONOCHROME1', async () => {
    const two = await shown();
    const one = await shown({ tag: 0x00280004, representation: 'CS', value: 'MONOCHROME1' });
    expect(one.map((level, i) => level + two[i]!)).toEqual(new Array(64).fill(255));
  });

  it('shows padding black in either polarity and keeps it out of the stretch', async () => {
    const padding = (photometric: string) =>
      shown(
        { tag: 0x00280004, representation: 'CS', value: photometric },
        { tag: 0x00280120, representation: 'US', value: 3600 },
        { tag: 0x00280121, representation: 'US', value: 3780 },
      );
    for (const photometric of ['MONOCHROME1', 'MONOCHROME2']) {
      expect((await padding(photometric)).slice(60)).toEqual([0, 0, 0, 0]);
    }
    expect((await padding('MONOCHROME2'))[59]).toBe(255);
  });

  it('a picture of one value, or of padding alone, is black', async () => {
    const flat = radiographElements(new Uint16Array(64).fill(700), 8, 8);
    expect(new Set((await decodeDicom(writePart10(flat))).image.data)).toEqual(new Set([0]));
    const padded = withElements(flat, { tag: 0x00280120, representation: 'US', value: 700 });
    expect(new Set((await decodeDicom(writePart10(padded))).image.data)).toEqual(new Set([0]));
  });

  it('ignores bits above the sample, where old files keep overlays', async () => {
    const marked = Uint16Array.from(ramp, (v, i) => v | (i % 2 === 0 ? 0xf000 : 0));
    expect([...(await decodeDicom(writePart10(radiographElements(marked, 8, 8)))).image.data]).toEqual(await shown());
    const high = Uint16Array.from(ramp, (v) => v << 4);
    const shifted = withElements(radiographElements(high, 8, 8), { tag: 0x00280102, representation: 'US', value: 15 });
    expect([...(await decodeDicom(writePart10(shifted))).image.data]).toEqual(await shown());
  });

  it.each([
    ['aspect ratio 2:1', 0x00280034, 'IS', '2\\1', { width: 8, height: 16 }],
    ['aspect ratio 1:2', 0x00280034, 'IS', '1\\2', { width: 16, height: 8 }],
    ['spacing 0.3 by 0.2', 0x00280030, 'DS', '0.3\\0.2', { width: 8, height: 12 }],
    ['imager spacing square but for rounding', 0x00181164, 'DS', '0.143\\0.1425', { width: 8, height: 8 }],
    ['spacing unknown', 0x00280030, 'DS', '0.000\\0.000', { width: 8, height: 8 }],
  ] as const)('makes pixels square: %s', async (_, tag, representation, value, size) => {
    const plain = writePart10(radiographElements(ramp, 8, 8));
    const file = writePart10(withElements(radiographElements(ramp, 8, 8), { tag, representation, value }));
    expect((await decodeDicom(file)).image).toEqual(resize((await decodeDicom(plain)).image, size));
  });

  it('is what decodeImage and decodeGray do with a DICOM file', async () => {
    const file = writePart10(radiographElements(ramp, 8, 8));
    const { image } = await decodeDicom(file);
    expect(await decodeImage(file)).toEqual({
      ...image,
      format: 'dicom',
      bitDepth: 12,
      isColour: false,
      orientation: 1,
      notes: [],
    });
    expect(await decodeGray(file, { size: 4 })).toEqual(resize(image, 4));
  });

  it('gives back every sample it was given, whatever their depth and sign', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 16 }),
        fc.boolean(),
        fc.array(fc.nat(65535), { minLength: 6, maxLength: 6 }),
        async (bits, signed, values) => {
          const least = signed ? -(2 ** (bits - 1)) : 0;
          const samples = values.map((value) => (value % 2 ** bits) + least);
          const file = writePart10(radiographElements(samples, 3, 2, { bits, signed }));
          expect([...(await readStored(file)).samples]).toEqual(samples);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('needs no preamble of zeros, and no attribute beyond those of the pixels', async () => {
    const bare = [0x00100020, 0x00100021, 0x00185101, 0x00200062, 0x00080060, 0x00280102].reduce(
      withoutElement,
      radiographElements(ramp, 8, 8),
    );
    const file = writePart10(bare);
    file.fill(0x49, 0, 128);
    const { image, metadata } = await decodeDicom(file);
    expect([...image.data]).toEqual(await shown());
    expect(metadata).toMatchObject({ patientId: null, viewPosition: null, laterality: null, modality: null });
  });
});
