import { deflateRawSync } from 'node:zlib';
import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { decodeGray } from '../decode/decode.js';
import { encodeJpeg } from '../encode/encode.js';
import { decodeDicom } from './decode-dicom.js';
import {
  deepSamples,
  encapsulated,
  radiographElements,
  withElements,
  withoutElement,
} from './dicom-files.test-support.js';
import { type ElementToWrite, encodeElements, writePart10 } from './write-part-10.js';

const elements = radiographElements(deepSamples(24, 16), 24, 16);
const whole = writePart10(elements);

async function expectFault(file: Uint8Array, fault: string, words = /\S/): Promise<void> {
  const error = await decodeDicom(file).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: `CHROMARAY_DICOM_${fault}`, remedy: expect.stringMatching(/\S/) });
  expect((error as Error).message).toMatch(words);
}

const changed = (...changes: ElementToWrite[]) => writePart10(withElements(elements, ...changes));

describe('bad DICOM files', () => {
  it('a file of something else', async () => {
    await expectFault(Buffer.from('patient,label\n'), 'NOT_DICOM');
    await expectFault(Buffer.alloc(5000, 7), 'NOT_DICOM');
  });

  it('an empty or missing file, as for any picture', async () => {
    await expect(decodeDicom(new Uint8Array())).rejects.toMatchObject({ code: 'CHROMARAY_IMAGE_EMPTY' });
    await expect(decodeDicom('/nowhere/a.dcm')).rejects.toMatchObject({ code: 'CHROMARAY_IMAGE_MISSING' });
  });

  it('cut at any point', async () => {
    for (let length = 132; length < whole.length; length += 23) {
      const error = await decodeDicom(whole.subarray(0, length)).catch((thrown: unknown) => thrown);
      expect((error as { code: string }).code, `${length} bytes`).toMatch(
        /^CHROMARAY_DICOM_(TRUNCATED|NO_PIXELS|MALFORMED)$/,
      );
    }
    await expectFault(whole.subarray(0, whole.length - 2), 'TRUNCATED', /766 bytes of pixels; 768 were expected/);
  });

  it('without pixels: a picture that has lost them, or an object that is no picture', async () => {
    const headless = withoutElement(elements, 0x7fe00010);
    await expectFault(writePart10(headless), 'TRUNCATED', /describes a picture and holds no pixels/);
    await expectFault(writePart10(withoutElement(headless, 0x00280010)), 'NO_PIXELS', /without a picture/);
  });

  it('fewer pixels than announced', async () => {
    await expectFault(changed({ tag: 0x00280010, representation: 'US', value: 17 }), 'TRUNCATED', /816 were expected/);
  });

  it('several frames', async () => {
    await expectFault(changed({ tag: 0x00280008, representation: 'IS', value: '12' }), 'MULTI_FRAME', /12 frames/);
  });

  it('colour', async () => {
    const rgb: ElementToWrite = { tag: 0x00280004, representation: 'CS', value: 'RGB' };
    await expectFault(changed({ tag: 0x00280002, representation: 'US', value: 3 }, rgb), 'COLOUR', /RGB/);
    await expectFault(changed({ ...rgb, value: 'PALETTE COLOR' }), 'COLOUR');
  });

  it('a transfer syntax that is not known', async () => {
    await expectFault(
      writePart10(elements, '1.2.840.10008.1.2.4.100'),
      'TRANSFER_SYNTAX',
      /1\.2\.840\.10008\.1\.2\.4\.100/,
    );
    await expectFault(writePart10(elements, 'Doe^Jane'), 'TRANSFER_SYNTAX', /no UID/);
  });

  it('a wrong value representation, named with its tag', async () => {
    const rows = { tag: 0x00280010, representation: 'LO', value: '16' } as const;
    await expectFault(changed(rows), 'MALFORMED', /Rows \(0028,0010\).* LO; US/);
    const broken = Buffer.from(whole);
    broken.write('\u0001\u0002', broken.indexOf('CS'));
    await expectFault(broken, 'MALFORMED', /value representation/);
  });

  it('values that make no sense', async () => {
    const us = (tag: number, value: number) => changed({ tag, representation: 'US', value });
    await expectFault(us(0x00280010, 0), 'MALFORMED', /Rows/);
    await expectFault(us(0x00280100, 12), 'UNSUPPORTED', /12 bits/);
    await expectFault(us(0x00280101, 17), 'MALFORMED', /Bits Stored/);
    await expectFault(writePart10(withoutElement(elements, 0x00280011)), 'MALFORMED', /Columns .* is missing/);
    await expectFault(changed({ tag: 0x00281053, representation: 'DS', value: 'steep' }), 'MALFORMED', /Rescale Slope/);
    await expectFault(changed({ tag: 0x00281053, representation: 'DS', value: '0' }), 'MALFORMED', /leaves no picture/);
    await expectFault(changed({ tag: 0x00280034, representation: 'IS', value: '1\\5000' }), 'MALFORMED', /measures/);
  });

  it('a bomb of private elements', async () => {
    const element = encodeElements([{ tag: 0x00091001, representation: 'LO', value: '' }]);
    const bomb = Buffer.concat(new Array(200_001).fill(element));
    const at = whole.indexOf(Buffer.from([0x10, 0x00, 0x10, 0x00]));
    await expectFault(Buffer.concat([whole.subarray(0, at), bomb, whole.subarray(at)]), 'LIMIT', /elements/);
  });

  it('sequences nested without end', async () => {
    const open = Buffer.from([
      9, 0, 1, 0x10, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff,
    ]);
    const at = whole.indexOf(Buffer.from([0x10, 0x00, 0x10, 0x00]));
    const file = Buffer.concat([whole.subarray(0, at), ...new Array(100_000).fill(open), whole.subarray(at)]);
    await expectFault(file, 'LIMIT', /deep/);
  });

  it('a length beyond the file, and one beyond its item', async () => {
    const huge = Buffer.from([9, 0, 1, 0x10, 0x4f, 0x42, 0, 0, 0xfe, 0xff, 0xff, 0xff]);
    const at = whole.indexOf(Buffer.from([0x10, 0x00, 0x10, 0x00]));
    await expectFault(Buffer.concat([whole.subarray(0, at), huge, whole.subarray(at)]), 'TRUNCATED', /\(0009,1001\)/);
    const inside = Buffer.from([
      0x28,
      0,
      0x10,
      0x30,
      0x53,
      0x51,
      0,
      0,
      20,
      0,
      0,
      0,
      0xfe,
      0xff,
      0,
      0xe0,
      12,
      0,
      0,
      0,
      ...huge,
    ]);
    const before = whole.lastIndexOf(Buffer.from([0xe0, 0x7f, 0x10, 0x00]));
    await expectFault(
      Buffer.concat([whole.subarray(0, before), inside, whole.subarray(before)]),
      'MALFORMED',
      /longer than the item/,
    );
  });

  it('deflated data that never end, and broken ones', async () => {
    const file = writePart10(elements, '1.2.840.10008.1.2.1.99');
    const head = file.subarray(0, file.length - encodeElements(elements).length);
    const bomb = deflateRawSync(Buffer.alloc(40_000_000));
    await expect(decodeDicom(Buffer.concat([head, bomb]), { maxPixels: 1_000_000 })).rejects.toMatchObject({
      code: 'CHROMARAY_DICOM_LIMIT',
    });
    const deflated = deflateRawSync(encodeElements(elements));
    await expectFault(Buffer.concat([head, deflated.subarray(0, 100)]), 'TRUNCATED');
    await expectFault(Buffer.concat([head, Buffer.alloc(100, 0xff)]), 'CORRUPT');
    await expect(decodeDicom(Buffer.concat([head, deflated]))).resolves.toMatchObject({ image: { width: 24 } });
  });

  it('more or fewer pixels than the caller takes', async () => {
    await expect(decodeGray(whole, { maxPixels: 383 })).rejects.toMatchObject({ code: 'CHROMARAY_IMAGE_TOO_LARGE' });
    await expect(decodeGray(whole, { minSide: 17 })).rejects.toMatchObject({ code: 'CHROMARAY_IMAGE_TOO_SMALL' });
  });

  it.each([
    '1.2.840.10008.1.2.4.50',
    '1.2.840.10008.1.2.4.80',
    '1.2.840.10008.1.2.4.90',
    '1.2.840.10008.1.2.4.201',
    '1.2.840.10008.1.2.5',
  ])('pixels that are no %s, and the next file decodes again', async (uid) => {
    const noise = Buffer.concat([Buffer.alloc(600, 7), Buffer.of(0xff, 0xd9)]);
    await expectFault(encapsulated(elements, noise, uid), 'CORRUPT');
    const short = withElements(elements, { tag: 0x7fe00010, representation: 'OB', value: new Uint8Array(700) });
    await expectFault(writePart10(short, uid), 'CORRUPT', /does not pack/);
  });

  it('compressed pixels without their end, which a decoder would fill up', async () => {
    const jpeg = await encodeJpeg({ width: 24, height: 16, data: new Uint8Array(384).fill(90) });
    const eight = radiographElements(new Uint8Array(384), 24, 16, { bits: 8 });
    const uid = '1.2.840.10008.1.2.4.50';
    expect((await decodeDicom(encapsulated(eight, jpeg, uid))).image.data[0]).toBe(90);
    await expectFault(encapsulated(eight, jpeg.subarray(0, jpeg.length - 4), uid), 'TRUNCATED', /compressed pixels/);
  });

  it('a codestream of another size than the data set says is not decoded', async () => {
    const huge = Buffer.alloc(100);
    huge.set([0xff, 0xd9], 98);
    huge.set([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11, 0]);
    await expectFault(
      encapsulated(elements, huge, '1.2.840.10008.1.2.4.50'),
      'CORRUPT',
      /24 x 16 pixels and holds 65535 x 65535/,
    );
  });

  it('any bytes give a picture or an error with a code', async () => {
    const random = new Random('damage');
    for (let i = 0; i < 400; i++) {
      const bytes = Buffer.from(whole);
      for (let k = 0; k < 1 + (i % 6); k++) bytes[132 + random.int(400)] = random.int(256);
      const outcome = await decodeDicom(bytes, { maxPixels: 100_000 }).catch((error: { code?: string }) => error);
      expect('image' in outcome || /^CHROMARAY_(DICOM|IMAGE)_/.test(outcome.code ?? ''), String(outcome)).toBe(true);
    }
  });
});
