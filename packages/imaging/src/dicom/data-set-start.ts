import { readsLongLength, valueRepresentations } from './value-representations.js';

/** How the elements of a data set are written, as its first bytes show. */
export interface Encoding {
  readonly explicit: boolean;
  readonly bigEndian: boolean;
}

/**
 * How a data set is written, read off its first element: its group is small, so that one of the two bytes is 0, and
 * a value representation is two known letters. Undefined for bytes that are no element.
 */
export function encodingOf(bytes: Uint8Array): Encoding | undefined {
  if (bytes.length < 8) return undefined;
  const [low, high] = [bytes[0]!, bytes[1]!];
  if ((low === 0) === (high === 0)) return undefined;
  const explicit = valueRepresentations.has(String.fromCharCode(bytes[4]!, bytes[5]!));
  return { explicit, bigEndian: low === 0 };
}

/** Elements that must follow from each other before bytes count as a data set. */
const enoughElements = 2;
const [identifyingGroup, metaGroup] = [0x0008, 0x0002];
/** Texts and codes at the start of a data set are short. */
const longestValue = 1024;

/**
 * True for bytes that begin like a DICOM data set without the 128 bytes and `DICM` that a file should start with: the
 * file's meta information, or elements of group 0008 in rising order. The first 132 bytes are enough.
 */
export function startsDataSet(bytes: Uint8Array): boolean {
  const encoding = encodingOf(bytes);
  if (encoding === undefined) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = !encoding.bigEndian;
  const first = view.getUint16(0, little);
  if (first === metaGroup) return little && encoding.explicit && view.getUint16(2, true) < 0x20;
  let [at, before, count] = [0, -1, 0];
  while (count < enoughElements) {
    if (at + 12 > bytes.length) return false;
    const [group, element] = [view.getUint16(at, little), view.getUint16(at + 2, little)];
    if (group !== identifyingGroup || element <= before) return false;
    const representation = String.fromCharCode(bytes[at + 4]!, bytes[at + 5]!);
    if (encoding.explicit && !valueRepresentations.has(representation)) return false;
    const long = encoding.explicit && readsLongLength(representation);
    const length = !encoding.explicit
      ? view.getUint32(at + 4, little)
      : long
        ? view.getUint32(at + 8, little)
        : view.getUint16(at + 6, little);
    if (length > longestValue || length % 2 !== 0) return false;
    at += (long ? 12 : 8) + length;
    before = element;
    count += 1;
  }
  return true;
}
