import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import codecs from 'dcmjs-codecs';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../testing/folder.test-support.js';
import { decodeDicom } from './decode-dicom.js';
import { deepSamples, encapsulated, isInstalled, radiographElements, readStored } from './dicom-files.test-support.js';
import { findTransferSyntax } from './transfer-syntax.js';
import { writePart10 } from './write-part-10.js';

const [width, height] = [150, 131];
const deep = radiographElements(deepSamples(width, height), width, height);
const shallow = radiographElements(
  deepSamples(width, height).map((v) => v >> 4),
  width,
  height,
  { bits: 8 },
);

/** Converts by a program of dcmtk or GDCM and gives the new file's bytes. */
function convert(program: string, options: readonly string[], file: Uint8Array): Buffer {
  const folder = testFolder();
  const [from, to] = [path.join(folder, 'from.dcm'), path.join(folder, 'to.dcm')];
  writeFileSync(from, file);
  execFileSync(program, [...options, from, to], { stdio: 'pipe' });
  return readFileSync(to);
}

function furthest(a: Int32Array, b: Int32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

describe.skipIf(!isInstalled('dcmconv'))('files converted by dcmtk (skipped where dcmtk is not installed)', () => {
  it.each([
    ['1.2.840.10008.1.2', 'dcmconv', '+ti'],
    ['1.2.840.10008.1.2.1', 'dcmconv', '+te'],
    ['1.2.840.10008.1.2.2', 'dcmconv', '+tb'],
    ['1.2.840.10008.1.2.1.99', 'dcmconv', '+td'],
    ['1.2.840.10008.1.2.5', 'dcmcrle', '+e'],
    ['1.2.840.10008.1.2.4.57', 'dcmcjpeg', '+el'],
    ['1.2.840.10008.1.2.4.70', 'dcmcjpeg', '+e1'],
    ['1.2.840.10008.1.2.4.80', 'dcmcjpls', '+el'],
  ])('%s: the samples that were stored, of 8 and of 12 bits', async (uid, program, option) => {
    for (const elements of [deep, shallow]) {
      const original = writePart10(elements);
      const converted = convert(program, [option], original);
      const { metadata } = await decodeDicom(converted);
      expect(metadata.transferSyntax).toBe(uid);
      expect(furthest((await readStored(converted)).samples, (await readStored(original)).samples)).toBe(0);
    }
  });

  it.each([
    ['1.2.840.10008.1.2.4.50', 'dcmcjpeg', '+eb +Wi 1', 'dcmdjpeg', shallow, 4],
    ['1.2.840.10008.1.2.4.51', 'dcmcjpeg', '+ee +Wi 1', 'dcmdjpeg', deep, 30],
    ['1.2.840.10008.1.2.4.81', 'dcmcjpls', '+en', 'dcmdjpls', deep, 2],
    ['1.2.840.10008.1.2.4.81', 'dcmcjpls', '+en', 'dcmdjpls', shallow, 2],
  ])(
    '%s (lossy): what dcmtk itself decodes, near the original',
    async (uid, encode, option, decode, elements, error) => {
      // A window over everything keeps dcmcjpeg from stretching the picture before it compresses it.
      const range = elements === deep ? 4096 : 256;
      const original = writePart10([
        ...elements,
        { tag: 0x00281050, representation: 'DS', value: `${range / 2}` },
        { tag: 0x00281051, representation: 'DS', value: `${range}` },
      ]);
      const lossy = convert(encode, option.split(' '), original);
      expect((await decodeDicom(lossy)).metadata).toMatchObject({ transferSyntax: uid, lossy: true });
      const { samples } = await readStored(lossy);
      expect(furthest(samples, (await readStored(convert(decode, [], lossy))).samples)).toBe(0);
      expect(furthest(samples, (await readStored(original)).samples)).toBeLessThanOrEqual(error);
    },
  );

  it('a frame cut into several fragments is put together', async () => {
    const original = writePart10(deep);
    const cut = convert('dcmcjpeg', ['+e1', '+fs', '2'], original);
    expect(furthest((await readStored(cut)).samples, (await readStored(original)).samples)).toBe(0);
  });
});

describe('JPEG 2000', () => {
  const { NativeCodecs, Context } = codecs;
  type Encoder = 'encodeJpeg2000' | 'encodeHtJpeg2000';

  async function encode(encoder: Encoder, options: Record<string, unknown>, bits: 8 | 12): Promise<Buffer> {
    if (!NativeCodecs.isInitialized()) await NativeCodecs.initializeAsync({ logCodecsInfo: false });
    const elements = bits === 8 ? shallow : deep;
    const context = new Context({
      width,
      height,
      bitsAllocated: bits === 8 ? 8 : 16,
      bitsStored: bits,
      samplesPerPixel: 1,
      pixelRepresentation: 0,
      photometricInterpretation: 'MONOCHROME2',
      decodedBuffer: elements.at(-1)!.value as Uint8Array,
    });
    return Buffer.from(NativeCodecs[encoder](context, options).getEncodedBuffer()!);
  }

  it.each([
    ['1.2.840.10008.1.2.4.90', 'encodeJpeg2000', 8],
    ['1.2.840.10008.1.2.4.90', 'encodeJpeg2000', 12],
    ['1.2.840.10008.1.2.4.201', 'encodeHtJpeg2000', 8],
    ['1.2.840.10008.1.2.4.201', 'encodeHtJpeg2000', 12],
    ['1.2.840.10008.1.2.4.202', 'encodeHtJpeg2000', 12],
  ] as const)('%s: the samples that were stored, %s of %i bits', async (uid, encoder, bits) => {
    const elements = bits === 8 ? shallow : deep;
    const rpcl = uid.endsWith('202') ? { progressionOrder: 2 } : {};
    const file = encapsulated(elements, await encode(encoder, { lossy: false, ...rpcl }, bits), uid);
    expect((await decodeDicom(file)).metadata).toMatchObject({ transferSyntax: uid, lossy: false });
    expect(furthest((await readStored(file)).samples, (await readStored(writePart10(elements))).samples)).toBe(0);
  });

  it.each([
    ['1.2.840.10008.1.2.4.91', 'encodeJpeg2000', { lossy: true, rate: 5 }],
    ['1.2.840.10008.1.2.4.203', 'encodeHtJpeg2000', { lossy: true }],
  ] as const)('%s (lossy): near the samples that were stored', async (uid, encoder, options) => {
    const file = encapsulated(deep, await encode(encoder, options, 12), uid);
    expect((await decodeDicom(file)).metadata.lossy).toBe(true);
    expect(
      furthest((await readStored(file)).samples, (await readStored(writePart10(deep))).samples),
    ).toBeLessThanOrEqual(40);
  });

  it.skipIf(!isInstalled('opj_decompress')).each([
    [{ lossy: false }, 0],
    [{ lossy: true }, 1],
  ])(
    'high-throughput %j: within %i levels of what OpenJPEG decodes (skipped where its programs are not installed)',
    async (options, error) => {
      const folder = testFolder();
      const [j2k, raw] = [path.join(folder, 'p.j2k'), path.join(folder, 'p.rawl')];
      const codestream = await encode('encodeHtJpeg2000', options, 12);
      writeFileSync(j2k, codestream);
      execFileSync('opj_decompress', ['-i', j2k, '-o', raw], { stdio: 'pipe' });
      const bytes = readFileSync(raw);
      const theirs = Int32Array.from({ length: width * height }, (_, i) => bytes.readUInt16LE(2 * i));
      const { samples } = await readStored(encapsulated(deep, codestream, '1.2.840.10008.1.2.4.203'));
      expect(furthest(samples, theirs)).toBeLessThanOrEqual(error);
    },
  );

  it.skipIf(!isInstalled('opj_compress'))(
    'a codestream made by OpenJPEG (skipped where its programs are not installed)',
    async () => {
      const folder = testFolder();
      const [raw, j2k] = [path.join(folder, 'p.raw'), path.join(folder, 'p.j2k')];
      writeFileSync(
        raw,
        Uint8Array.from(deepSamples(width, height), (v) => v >> 4),
      );
      execFileSync('opj_compress', ['-i', raw, '-o', j2k, '-F', `${width},${height},1,8,u`], { stdio: 'pipe' });
      const file = encapsulated(shallow, readFileSync(j2k), '1.2.840.10008.1.2.4.90');
      expect(furthest((await readStored(file)).samples, (await readStored(writePart10(shallow))).samples)).toBe(0);
    },
  );
});

it('knows no other transfer syntax', () => {
  expect(findTransferSyntax('1.2.840.10008.1.2.4.100')).toBeUndefined();
});
