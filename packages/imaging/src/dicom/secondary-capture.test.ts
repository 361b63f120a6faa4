import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../testing/folder.test-support.js';
import { rgbPicture } from '../testing/pictures.test-support.js';
import {
  deepSamples,
  isInstalled,
  radiographElements,
  withElements,
  withoutElement,
} from './dicom-files.test-support.js';
import { openPart10 } from './part-10.js';
import { deriveSecondaryCapture } from './secondary-capture.js';
import { writePart10 } from './write-part-10.js';

const elements = withElements(radiographElements(deepSamples(24, 16), 24, 16), {
  tag: 0x00080005,
  representation: 'CS',
  value: 'ISO_IR 100',
});
const source = writePart10(
  withElements(elements, { tag: 0x00100010, representation: 'PN', value: Buffer.from('M\xfcller^Eva', 'latin1') }),
);
const picture = rgbPicture(15, 9);
const options = {
  derivation: 'Colour map turbo.',
  series: 'Chromaray turbo',
  created: new Date('2026-01-02T03:04:05Z'),
};

describe('deriveSecondaryCapture', () => {
  it('keeps patient and study as they are written, and says what it is', async () => {
    const { bytes, studyInstanceUid } = await deriveSecondaryCapture(source, picture, options);
    const { elements: written } = openPart10('test', bytes, 'all', 0x7fe00010, 1e9);
    const text = (tag: number) =>
      Buffer.from(written.get(tag)!.value)
        .toString('latin1')
        .replace(/[\0 ]+$/, '');
    expect(studyInstanceUid).toBe('2.25.12');
    expect(text(0x00080005)).toBe('ISO_IR 100');
    expect(text(0x00100010)).toBe('M\xfcller^Eva');
    expect(text(0x00100020)).toBe('P-17');
    expect(text(0x0020000d)).toBe('2.25.12');
    expect(text(0x0020000e)).not.toBe('2.25.13');
    expect(text(0x00080008)).toBe('DERIVED\\SECONDARY');
    expect(text(0x00280301)).toBe('NO');
    expect(text(0x00082111)).toBe('Colour map turbo. Research use only, not for diagnosis.');
    const reference = written.get(0x00082112)!.items[0]!;
    expect(Buffer.from(reference.get(0x00081155)!.value).toString()).toContain('2.25.11');
    expect([...written.get(0x7fe00010)!.value.subarray(0, picture.data.length)]).toEqual([...picture.data]);
  });

  it('names equal objects equally and others differently', async () => {
    const uid = async (...changes: Parameters<typeof deriveSecondaryCapture>) =>
      (await deriveSecondaryCapture(...changes)).sopInstanceUid;
    const first = await uid(source, picture, options);
    expect(first).toMatch(/^2\.25\.[1-9]\d{30,38}$/);
    expect(await uid(source, picture, { ...options, created: new Date() })).toBe(first);
    expect(await uid(source, rgbPicture(15, 9, 1), options)).not.toBe(first);
    expect(await uid(source, picture, { ...options, derivation: 'Colour map jet.' })).not.toBe(first);
  });

  it('refuses a source that cannot be referred to', async () => {
    const unnamed = withoutElement(elements, 0x0020000d);
    await expect(deriveSecondaryCapture(writePart10(unnamed), picture, options)).rejects.toMatchObject({
      code: 'CHROMARAY_DICOM_MALFORMED',
    });
  });

  it.skipIf(!isInstalled('dcmftest'))('is a DICOM file to dcmtk (skipped where dcmtk is not installed)', async () => {
    const file = path.join(testFolder(), 'capture.dcm');
    writeFileSync(file, (await deriveSecondaryCapture(source, picture, options)).bytes);
    expect(execFileSync('dcmftest', [file]).toString()).toMatch(/^yes/);
    const dump = execFileSync('dcmdump', ['-q', file], { encoding: 'latin1' });
    expect(dump).toContain('SecondaryCaptureImageStorage');
    expect(dump).toMatch(/PurposeOfReferenceCodeSequence/);
    execFileSync('dcm2pnm', ['--write-raw-pnm', file, `${file}.ppm`], { stdio: 'pipe' });
    expect(readFileSync(`${file}.ppm`).subarray(-picture.data.length)).toEqual(Buffer.from(picture.data));
  });
});
