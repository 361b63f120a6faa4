/**
 * The header of NumPy's `.npy` format: magic, version, and a Python dictionary of type, order and shape, written out
 * as text. It is taken apart here by its three fields; nothing of it is evaluated, and pickled arrays are refused.
 *
 * Source: NEP 1 and the documentation of `numpy.lib.format`, versions 1.0, 2.0 and 3.0.
 */
import { numpyError } from './numpy-error.js';

export interface NpyHeader {
  /** Kind, as NumPy's letter: `b` boolean, `i` and `u` whole numbers, `f` floating point. */
  readonly kind: 'b' | 'f' | 'i' | 'u';
  /** Bytes a value. */
  readonly width: number;
  readonly bigEndian: boolean;
  /** The first index runs fastest. */
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the values start, in bytes. */
  readonly dataStart: number;
}

/** Enough of a file to hold any header that NumPy writes for a plain array. */
export const npyHeadLength = 1024;

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const widths: Readonly<Record<NpyHeader['kind'], readonly number[]>> = {
  b: [1],
  f: [4, 8],
  i: [1, 2, 4, 8],
  u: [1, 2, 4, 8],
};

/**
 * @param name of the array, for messages
 * @throws ChromarayError `CHROMARAY_NUMPY_MALFORMED`, `_TRUNCATED`, `_PICKLE` (an array of Python objects), `_TYPE`
 */
export function readNpyHeader(bytes: Uint8Array, name: string): NpyHeader {
  if (bytes.length < 12) throw numpyError('TRUNCATED', name, 'ends within its header');
  if (!magic.every((byte, i) => bytes[i] === byte)) throw numpyError('MALFORMED', name, 'is not a NumPy array');
  const version = bytes[6]!;
  if (version < 1 || version > 3) throw numpyError('MALFORMED', name, `is of version ${version} of NumPy's format`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [start, length] = version === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  if (start + length > bytes.length) {
    const fault = length > npyHeadLength ? 'MALFORMED' : 'TRUNCATED';
    throw numpyError(fault, name, `has a header of ${length} bytes, of which ${bytes.length - start} are there`);
  }
  const text = Buffer.from(bytes.subarray(start, start + length))
    .toString('utf8')
    .trim();
  return { ...parse(text, name), dataStart: start + length };
}

/** Values of an array, all dimensions together. */
export function countOf({ shape }: Pick<NpyHeader, 'shape'>): number {
  return shape.reduce((product, side) => product * side, 1);
}

function parse(text: string, name: string): Omit<NpyHeader, 'dataStart'> {
  const type = /['"]descr['"]\s*:\s*(?:['"]([^'"]*)['"]|([[(]))/.exec(text);
  const order = /['"]fortran_order['"]\s*:\s*(True|False)\b/.exec(text);
  const shape = /['"]shape['"]\s*:\s*\(([\d\sL,]*)\)/.exec(text);
  if (!/^\{.*\}$/s.test(text) || !type || !order || !shape) throw numpyError('MALFORMED', name, 'has no valid header');
  const sides = shape[1]!.split(',').flatMap((side) => side.trim().replace(/L$/, '') || []);
  const numbers = sides.map(Number);
  if (!numbers.every(Number.isSafeInteger) || !Number.isSafeInteger(countOf({ shape: numbers }) * 8)) {
    throw numpyError('MALFORMED', name, `has the impossible shape (${shape[1]})`);
  }
  return { ...parseType(type[1] ?? 'a structure', name), fortranOrder: order[1] === 'True', shape: numbers };
}

function parseType(type: string, name: string): Pick<NpyHeader, 'kind' | 'width' | 'bigEndian'> {
  if (/O/.test(type)) {
    throw numpyError('PICKLE', name, 'holds Python objects (a pickle), which would run as a program; it is not opened');
  }
  const [, order, kind, digits] = /^([<>|=])([bfiu])(\d+)$/.exec(type) ?? [];
  const known = widths[kind as NpyHeader['kind']];
  if (known === undefined || !known.includes(Number(digits))) {
    throw numpyError('TYPE', name, `holds values of type ${type}; numbers were expected`);
  }
  return { kind: kind as NpyHeader['kind'], width: Number(digits), bigEndian: order === '>' };
}
