import { countOf, type NpyHeader } from './npy-header.js';
import { numpyError } from './numpy-error.js';

/** The numbers of an array, in C order: the last index runs fastest. */
export interface NpyValues {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/**
 * Reads the numbers of a small array, such as labels.
 *
 * @param bytes the whole file
 * @throws ChromarayError `CHROMARAY_NUMPY_TRUNCATED`; `_TYPE` for whole numbers beyond 2^53
 */
export function readNpyValues(bytes: Uint8Array, header: NpyHeader, name: string): NpyValues {
  const { shape, width, dataStart, fortranOrder } = header;
  const count = countOf(header);
  if (dataStart + count * width > bytes.length) {
    const there = Math.floor((bytes.length - dataStart) / width);
    throw numpyError('TRUNCATED', name, `announces ${count} values and holds ${there}`);
  }
  const read = reader(bytes, header, name);
  const values = new Float64Array(count);
  const place = fortranOrder ? fortranPlace(shape) : (index: number) => index;
  for (let i = 0; i < count; i++) values[i] = read(dataStart + place(i) * width);
  return { shape, values };
}

function reader(bytes: Uint8Array, { kind, width, bigEndian }: NpyHeader, name: string): (at: number) => number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = !bigEndian;
  const whole = (value: bigint): number => {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw numpyError('TYPE', name, `holds the number ${value}`);
    return number;
  };
  switch (`${kind}${width}`) {
    case 'i1':
      return (at) => view.getInt8(at);
    case 'i2':
      return (at) => view.getInt16(at, little);
    case 'i4':
      return (at) => view.getInt32(at, little);
    case 'i8':
      return (at) => whole(view.getBigInt64(at, little));
    case 'u2':
      return (at) => view.getUint16(at, little);
    case 'u4':
      return (at) => view.getUint32(at, little);
    case 'u8':
      return (at) => whole(view.getBigUint64(at, little));
    case 'f4':
      return (at) => view.getFloat32(at, little);
    case 'f8':
      return (at) => view.getFloat64(at, little);
    default:
      return (at) => view.getUint8(at);
  }
}

/** Index in Fortran order of the value at `index` in C order. */
function fortranPlace(shape: readonly number[]): (index: number) => number {
  const strides = shape.map((_, k) => countOf({ shape: shape.slice(0, k) }));
  return (index) => {
    let [rest, place] = [index, 0];
    for (let k = shape.length - 1; k >= 0; k--) {
      place += (rest % shape[k]!) * strides[k]!;
      rest = Math.floor(rest / shape[k]!);
    }
    return place;
  };
}
