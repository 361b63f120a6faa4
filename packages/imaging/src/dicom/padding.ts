import { attributes } from './tags.js';
import { type ElementSource, firstNumber } from './values.js';

/** Tells stored samples that belong to no patient: the surround that a device or a shutter filled in. */
export type PaddingTest = (stored: number) => boolean;

/**
 * Source: DICOM PS3.3 2025, C.7.5.1.1.2: one value, or the range between it and a limit.
 *
 * @param bitsStored, signed to read a padding value that is written with the other sign
 */
export function paddingTest(source: ElementSource, bitsStored: number, signed: boolean): PaddingTest | undefined {
  const value = firstNumber(source, attributes.paddingValue, undefined);
  if (value === undefined) return undefined;
  const stored = (written: number): number => {
    const low = written & (2 ** bitsStored - 1);
    return signed && low >= 2 ** (bitsStored - 1) ? low - 2 ** bitsStored : low;
  };
  const limit = firstNumber(source, attributes.paddingLimit, value);
  const [a, b] = [stored(value), stored(limit)];
  const [from, to] = [Math.min(a, b), Math.max(a, b)];
  return (sample) => sample >= from && sample <= to;
}
