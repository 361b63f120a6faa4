import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeDicom } from './decode-dicom.js';
import { readStored } from './dicom-files.test-support.js';

interface Odd {
  readonly name: string;
  /** In base64. */
  readonly file: string;
}
interface Fixture {
  readonly depths: readonly (Odd & { readonly stored: readonly number[]; readonly tolerance: number })[];
  readonly contrasts: readonly (Odd & { readonly gray: readonly number[]; readonly note: string | null })[];
  readonly padding: readonly (Odd & { readonly black: readonly number[] })[];
}
// Written by test/reference/odd_dicom.py: files by pydicom, samples by imagecodecs, gray levels by pydicom.
const fixture: Fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/odd-dicom.json', import.meta.url), 'utf8'),
);
const bytesOf = ({ file }: Odd) => Buffer.from(file, 'base64');
const kinds = (notes: readonly { readonly kind: string }[]) => notes.map(({ kind }) => kind);

describe('a codestream of another depth than the header', () => {
  it.each(fixture.depths)('$name: the samples that were compressed', async (odd) => {
    const { samples, pixels, source } = await readStored(bytesOf(odd));
    const furthest = samples.reduce((most, value, i) => Math.max(most, Math.abs(value - odd.stored[i]!)), 0);
    expect(samples.length).toBe(odd.stored.length);
    expect(furthest).toBeLessThanOrEqual(odd.tolerance);
    const [allocated, stored] = /(\d+)\/(\d+)/.exec(odd.name)!.slice(1).map(Number);
    const differs = pixels.bitsStored !== stored || pixels.bitsAllocated !== allocated;
    expect(kinds(source.notes.all)).toEqual(differs && !/under 16\/8/.test(odd.name) ? ['bit-depth'] : []);
  });
});

describe('a contrast that makes no sense', () => {
  it.each(fixture.contrasts)('$name: what pydicom shows of the rest, and a note', async (odd) => {
    const { image, notes } = await decodeDicom(bytesOf(odd));
    expect([...image.data]).toEqual(odd.gray);
    expect([...new Set(kinds(notes))]).toEqual(odd.note === null ? [] : [odd.note]);
  });
});

describe('padding outside the bits of a sample', () => {
  it.each(fixture.padding)('$name: black where it is, and nowhere else', async (odd) => {
    const { isPadding, samples } = await readStored(bytesOf(odd));
    expect(Array.from(samples, (stored, i) => (isPadding?.(i, stored) ? 1 : 0))).toEqual(odd.black);
  });
});
