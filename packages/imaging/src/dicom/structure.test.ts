import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeJpeg } from '../encode/encode.js';
import { decodeDicom } from './decode-dicom.js';
import { deepSamples, encapsulated, radiographElements, withElements } from './dicom-files.test-support.js';
import { isDicom } from './part-10.js';
import { encodeElements, writePart10 } from './write-part-10.js';

const elements = radiographElements(deepSamples(24, 16), 24, 16);
const whole = writePart10(elements);
const dataSet = encodeElements(elements);
const head = whole.subarray(0, whole.length - dataSet.length);
const shown = [...(await decodeDicom(whole)).image.data];

/** The same data set without value representations. */
function implicit(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const long = ['OB', 'OW', 'SQ'].includes(bytes.toString('latin1', at + 4, at + 6));
    const length = long ? bytes.readUInt32LE(at + 8) : bytes.readUInt16LE(at + 6);
    const start = at + (long ? 12 : 8);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(length);
    parts.push(bytes.subarray(at, at + 4), size, bytes.subarray(start, start + length));
    at = start + length;
  }
  return Buffer.concat(parts);
}

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const [itemEnd, sequenceEnd] = [hex('feff0de0 00000000'), hex('feffdde0 00000000')];
const openItem = hex('feff00e0 ffffffff');
/** A sequence of no length (0008,1140) whose item holds one element, with the ends given. */
const sequence = (...ends: Buffer[]) =>
  Buffer.concat([hex('08004011 53510000 ffffffff'), openItem, hex('08005511 5549 0200 3100'), ...ends]);
const beforePatient = dataSet.indexOf(hex('10002000'));
const inserted = (bytes: Buffer) =>
  Buffer.concat([head, dataSet.subarray(0, beforePatient), bytes, dataSet.subarray(beforePatient)]);

describe('files that other readers read', () => {
  it.each([
    ['zeros after the pixels', Buffer.concat([whole, Buffer.alloc(300)]), []],
    ['garbage after the pixels', Buffer.concat([whole, Buffer.alloc(301, 0x5a)]), []],
    ['a stray item end', inserted(itemEnd), ['structure']],
    ['a stray sequence end', inserted(sequenceEnd), ['structure']],
    ['a sequence with its ends', inserted(sequence(itemEnd, sequenceEnd)), []],
    ['a sequence without its end', inserted(sequence(itemEnd)), ['structure']],
    ['an item without its end', inserted(sequence(sequenceEnd)), ['structure']],
    ['two sequence ends', inserted(sequence(itemEnd, sequenceEnd, sequenceEnd)), ['structure']],
    ['no preamble', whole.subarray(132), ['no-header']],
    ['no header at all', dataSet, ['no-header', 'no-header']],
    ['no header at all, implicit', implicit(dataSet), ['no-header', 'no-header']],
    ['an implicit data set under an explicit header', Buffer.concat([head, implicit(dataSet)]), ['encoding']],
    ['an explicit data set under an implicit header', writePart10(elements, '1.2.840.10008.1.2'), ['encoding']],
    ['a data set that is not deflated', writePart10(elements, '1.2.840.10008.1.2.1.99'), []],
    ['pixels that are not compressed under JPEG', writePart10(elements, '1.2.840.10008.1.2.4.70'), ['encoding']],
    ['pixels that are not compressed under RLE', writePart10(elements, '1.2.840.10008.1.2.5'), ['encoding']],
  ] as const)('%s', async (_, file, kinds) => {
    expect(isDicom(file.subarray(0, 132))).toBe(true);
    const { image, notes } = await decodeDicom(file);
    expect([...image.data]).toEqual(shown);
    expect(notes.map(({ kind }) => kind)).toEqual(kinds);
  });

  it.each(['', 'path,label\na,b\n', 'II*\0\x08\0\0\0', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', '\xff\xd8\xff\xe0\0\x10JFIF'])(
    'something else is not taken for DICOM: %j',
    (start) => {
      expect(isDicom(Buffer.concat([Buffer.from(start, 'latin1'), Buffer.alloc(200, 0x20)]))).toBe(false);
      expect(isDicom(Buffer.concat([Buffer.from(start, 'latin1'), Buffer.alloc(200)]))).toBe(false);
    },
  );

  it('an object without a picture is no damaged picture', async () => {
    const report = elements.filter(({ tag }) => tag < 0x00280000);
    await expect(decodeDicom(writePart10(report))).rejects.toMatchObject({ code: 'CHROMARAY_DICOM_NO_PIXELS' });
  });
});

describe('compressed pixels in pieces', () => {
  const odd = JSON.parse(readFileSync(new URL('../../test/fixtures/odd-dicom.json', import.meta.url), 'utf8'));
  const lossless = Buffer.from(
    odd.depths.find(({ name }: { name: string }) => name === '12-bit JPEG lossless under 16/16').file,
    'base64',
  );
  const item = (bytes: Uint8Array) => {
    const start = hex('feff00e0 00000000');
    start.writeUInt32LE(bytes.length, 4);
    return Buffer.concat([start, bytes]);
  };
  // Two segments: high bytes all 2, low bytes all 7; runs of 128 and a run of 0 to fill the length.
  const run = (value: number) => Buffer.from([0x81, value, 0x81, value, 0x81, value]);
  const rle = Buffer.alloc(64);
  rle.writeUInt32LE(2, 0);
  rle.writeUInt32LE(64, 4);
  rle.writeUInt32LE(70, 8);
  const frame = Buffer.concat([rle, run(2), run(7)]);
  const uid = '1.2.840.10008.1.2.5';
  const flat = withElements(
    radiographElements(new Uint16Array(384), 24, 16),
    {
      tag: 0x00281050,
      representation: 'DS',
      value: '519.5',
    },
    { tag: 0x00281051, representation: 'DS', value: '2' },
  );
  const start = encapsulated(flat, frame, uid).subarray(0, -(frame.length + 16));
  const file = (...parts: Buffer[]) => Buffer.concat([start, ...parts]);

  it.each([
    ['one fragment', file(item(frame), sequenceEnd), 0],
    [
      'three fragments',
      file(item(frame.subarray(0, 30)), item(frame.subarray(30, 66)), item(frame.subarray(66)), sequenceEnd),
      0,
    ],
    ['no end of the sequence', file(item(frame)), 1],
    ['another end than it should be', file(item(frame), itemEnd), 1],
  ] as const)('RLE, %s', async (_, bytes, notes) => {
    const decoded = await decodeDicom(bytes);
    expect(new Set(decoded.image.data)).toEqual(new Set([128]));
    expect(decoded.notes.length).toBe(notes);
  });

  it('RLE of several frames, or cut short, is refused', async () => {
    await expect(decodeDicom(file(item(frame), item(frame), sequenceEnd))).rejects.toMatchObject({
      code: 'CHROMARAY_DICOM_MULTI_FRAME',
      message: expect.stringContaining('2 frames'),
    });
    await expect(decodeDicom(file(item(frame.subarray(0, 70)), sequenceEnd))).rejects.toMatchObject({
      code: expect.stringMatching(/CORRUPT|TRUNCATED/),
    });
  });

  it('a JPEG that is cut in its middle and given an end again is refused', async () => {
    const at = lossless.indexOf(hex('ffd8ff'));
    const end = lossless.lastIndexOf(hex('ffd9'));
    const cut = Buffer.concat([lossless.subarray(at, at + Math.floor((end - at) / 2)), hex('ffd9')]);
    const bytes = encapsulated(radiographElements(new Uint16Array(768), 32, 24), cut, '1.2.840.10008.1.2.4.70');
    await expect(decodeDicom(bytes)).rejects.toMatchObject({
      code: 'CHROMARAY_DICOM_TRUNCATED',
      message: expect.stringMatching(/premature end/),
    });
  });

  it('a JPEG with odd scan parameters, which cost no pixel, is read with a note', async () => {
    const jpeg = Buffer.from(await encodeJpeg({ width: 24, height: 16, data: new Uint8Array(384).fill(90) }));
    const scan = jpeg.indexOf(hex('ffda'));
    // The last coefficient of a sequential scan is 63; writers are found that leave it at 0.
    jpeg[scan + 2 + jpeg.readUInt16BE(scan + 2) - 2] = 0;
    const eight = radiographElements(new Uint8Array(384), 24, 16, { bits: 8 });
    const { image, notes } = await decodeDicom(encapsulated(eight, jpeg, '1.2.840.10008.1.2.4.50'));
    expect(new Set(image.data)).toEqual(new Set([90]));
    expect(notes.map(({ kind }) => kind)).toEqual(['decoder']);
  });

  it('compressed pixels under a transfer syntax of none, or of another kind, are known by their bytes', async () => {
    const { image } = await decodeDicom(lossless);
    for (const other of ['1.2.840.10008.1.2.1', '1.2.840.10008.1.2.4.80', '1.2.840.10008.1.2.4.90']) {
      const wrong = Buffer.from(lossless);
      const place = wrong.indexOf('1.2.840.10008.1.2.4.70');
      wrong.fill(0, place, place + 22).write(other, place);
      const decoded = await decodeDicom(wrong);
      expect([...decoded.image.data]).toEqual([...image.data]);
      expect(decoded.notes.map(({ kind }) => kind)).toContain('encoding');
    }
  });
});
