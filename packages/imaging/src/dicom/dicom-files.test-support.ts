import { spawnSync } from 'node:child_process';
import { openPart10 } from './part-10.js';
import { describePixels } from './pixel-description.js';
import { type StoredSamples, storedSamples } from './stored-samples.js';
import { attributes } from './tags.js';
import type { ElementSource } from './values.js';
import { type ElementToWrite, writePart10 } from './write-part-10.js';

/** The elements of a small radiograph; replace or leave out single ones to spoil it. */
export function radiographElements(
  samples: ArrayLike<number>,
  width: number,
  height: number,
  { bits = 12, signed = false, photometric = 'MONOCHROME2' } = {},
): ElementToWrite[] {
  const wide = bits > 8;
  const pixels = wide
    ? Buffer.from(Uint16Array.from({ length: width * height }, (_, i) => samples[i]!).buffer)
    : Buffer.from(Uint8Array.from({ length: width * height }, (_, i) => samples[i]!));
  return [
    { tag: 0x00080016, representation: 'UI', value: '1.2.840.10008.5.1.4.1.1.1.1' },
    { tag: 0x00080018, representation: 'UI', value: '2.25.11' },
    { tag: 0x00080060, representation: 'CS', value: 'DX' },
    { tag: 0x00100010, representation: 'PN', value: 'Phantom^Test' },
    { tag: 0x00100020, representation: 'LO', value: 'P-17' },
    { tag: 0x00100021, representation: 'LO', value: 'Hospital' },
    { tag: 0x00185101, representation: 'CS', value: 'PA' },
    { tag: 0x0020000d, representation: 'UI', value: '2.25.12' },
    { tag: 0x0020000e, representation: 'UI', value: '2.25.13' },
    { tag: 0x00200062, representation: 'CS', value: 'U' },
    { tag: 0x00280002, representation: 'US', value: 1 },
    { tag: 0x00280004, representation: 'CS', value: photometric },
    { tag: 0x00280010, representation: 'US', value: height },
    { tag: 0x00280011, representation: 'US', value: width },
    { tag: 0x00280100, representation: 'US', value: wide ? 16 : 8 },
    { tag: 0x00280101, representation: 'US', value: bits },
    { tag: 0x00280102, representation: 'US', value: bits - 1 },
    { tag: 0x00280103, representation: 'US', value: signed ? 1 : 0 },
    { tag: 0x7fe00010, representation: wide ? 'OW' : 'OB', value: pixels },
  ];
}

/** The same elements, some of them replaced or added. */
export function withElements(elements: readonly ElementToWrite[], ...changes: ElementToWrite[]): ElementToWrite[] {
  const changed = new Set(changes.map(({ tag }) => tag));
  return [...elements.filter(({ tag }) => !changed.has(tag)), ...changes];
}

export function withoutElement(elements: readonly ElementToWrite[], tag: number): ElementToWrite[] {
  return elements.filter((element) => element.tag !== tag);
}

/** A file whose pixels are packed into one fragment. */
export function encapsulated(elements: readonly ElementToWrite[], frame: Uint8Array, transferSyntax: string): Buffer {
  const even = frame.length % 2 === 0 ? Buffer.from(frame) : Buffer.concat([frame, Buffer.of(0)]);
  const file = writePart10(withoutElement(elements, 0x7fe00010), transferSyntax);
  const head = Buffer.from([0xe0, 0x7f, 0x10, 0x00, 0x4f, 0x42, 0, 0, 0xff, 0xff, 0xff, 0xff]);
  const table = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
  const item = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
  item.writeUInt32LE(even.length, 4);
  const end = Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);
  return Buffer.concat([file, head, table, item, even, end]);
}

/** A file's samples before any transform, and what is needed to go on from there. */
export async function readStored(bytes: Uint8Array): Promise<StoredSamples & { readonly source: ElementSource }> {
  const wanted = new Set<number>(Object.values(attributes).map(({ tag }) => tag));
  const { syntax, elements, notes } = openPart10('test', bytes, wanted, attributes.pixels.tag, 1e9);
  const source = { name: 'test', elements, bigEndian: syntax.bigEndian, notes };
  const described = describePixels(source);
  return { source, ...(await storedSamples(source, syntax, elements.get(attributes.pixels.tag)!, described)) };
}

/** A smooth 12-bit picture with some structure in every bit. */
export function deepSamples(width: number, height: number): Uint16Array {
  return Uint16Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return Math.round(2000 + 1500 * Math.sin(x / 11) * Math.cos(y / 17)) + ((x * 7 + y * 13) % 9);
  });
}

/** True when a program can be started. */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}
