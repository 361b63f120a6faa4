import type { PixelDescription } from './pixel-description.js';
import { attributes } from './tags.js';
import { type ElementSource, firstNumber } from './values.js';

/** True for the sample at an index that belongs to no patient: the surround that a device or a shutter filled in. */
export type IsPadding = (index: number, stored: number) => boolean;

/**
 * Finds out what is padding: one value, or the range between it and a limit. A value beyond what the samples' bits can
 * hold, such as -2000 in unsigned pictures of 12 bits, is compared with the whole words: taken for a sample, its lower
 * bits would be a value of the patient's.
 *
 * Source: DICOM PS3.3 2025, C.7.5.1.1.2.
 *
 * @param words the pixels' containers, before bits that belong to no sample are cleared
 */
export function paddingOf(source: ElementSource, words: Int32Array, pixels: PixelDescription): IsPadding | undefined {
  const written = firstNumber(source, attributes.paddingValue, undefined);
  if (written === undefined) return undefined;
  const range = sampleRange(pixels);
  const bounds = [written, firstNumber(source, attributes.paddingLimit, written)].map((bound) => inRange(bound, range));
  const [from, to] = [Math.min(...bounds), Math.max(...bounds)];
  const inSamples: IsPadding = (_, stored) => stored >= from && stored <= to;
  if (from >= range.least && to <= range.most) return inSamples;
  const inWords = sameWord(words, written, pixels.bitsAllocated);
  return (index, stored) => inWords(index) || inSamples(index, stored);
}

interface SampleRange {
  readonly least: number;
  readonly most: number;
}

function sampleRange({ bitsStored, signed }: PixelDescription): SampleRange {
  return signed
    ? { least: -(2 ** (bitsStored - 1)), most: 2 ** (bitsStored - 1) - 1 }
    : { least: 0, most: 2 ** bitsStored - 1 };
}

/** Padding is written in 16 bits, as some writers do with the other sign than its pixels have. */
function inRange(written: number, { least, most }: SampleRange): number {
  const bits = written & 0xffff;
  const readings = [written, bits, bits > 0x7fff ? bits - 0x10000 : bits];
  // Of what is in no way a sample, the reading with a sign lies on the side that is meant.
  return readings.find((value) => value >= least && value <= most) ?? readings[2]!;
}

function sameWord(words: Int32Array, written: number, bitsAllocated: number): (index: number) => boolean {
  const word = written & (2 ** bitsAllocated - 1);
  const marked = Uint8Array.from(words, (found) => (found === word ? 1 : 0));
  return (index) => marked[index] === 1;
}
