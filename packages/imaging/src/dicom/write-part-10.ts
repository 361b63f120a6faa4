/** One element to be written; values in the order of the standard, text and UIDs unpadded. */
export type ElementToWrite =
  | { readonly tag: number; readonly representation: TextRepresentation; readonly value: string | Uint8Array }
  | { readonly tag: number; readonly representation: 'US' | 'SS'; readonly value: number | readonly number[] }
  | { readonly tag: number; readonly representation: 'OB' | 'OW'; readonly value: Uint8Array }
  | { readonly tag: number; readonly representation: 'SQ'; readonly value: readonly (readonly ElementToWrite[])[] };

type TextRepresentation =
  | 'AE'
  | 'AS'
  | 'CS'
  | 'DA'
  | 'DS'
  | 'DT'
  | 'IS'
  | 'LO'
  | 'LT'
  | 'PN'
  | 'SH'
  | 'ST'
  | 'TM'
  | 'UC'
  | 'UI'
  | 'UR'
  | 'UT';

/** Names this program in files it writes; derived from a UUID (PS3.5, B.2) and never changed. */
export const implementationClassUid = '2.25.323169287507115435600499019195133589963';

const longForm = new Set(['OB', 'OW', 'SQ', 'UC', 'UR', 'UT']);

/**
 * A DICOM file in Explicit VR Little Endian: preamble, meta information, and the elements sorted by tag.
 * Sequences are written with explicit lengths.
 *
 * Source: DICOM PS3.10 2025, section 7.1; PS3.5, sections 7.1 and 7.5.
 *
 * @param elements with SOP Class UID (0008,0016) and SOP Instance UID (0008,0018)
 * @param transferSyntax written into the meta information; the pixels must be packed accordingly
 */
export function writePart10(elements: readonly ElementToWrite[], transferSyntax = '1.2.840.10008.1.2.1'): Buffer {
  const uid = (tag: number): string => {
    const value = elements.find((element) => element.tag === tag)?.value;
    if (typeof value !== 'string') throw new TypeError(`A DICOM file needs the UID ${tag.toString(16)}.`);
    return value;
  };
  const meta = encodeElements([
    { tag: 0x00020001, representation: 'OB', value: Uint8Array.of(0, 1) },
    { tag: 0x00020002, representation: 'UI', value: uid(0x00080016) },
    { tag: 0x00020003, representation: 'UI', value: uid(0x00080018) },
    { tag: 0x00020010, representation: 'UI', value: transferSyntax },
    { tag: 0x00020012, representation: 'UI', value: implementationClassUid },
    { tag: 0x00020013, representation: 'SH', value: 'CHROMARAY' },
  ]);
  const length = Buffer.alloc(12);
  length.set([0x02, 0x00, 0x00, 0x00, 0x55, 0x4c, 0x04, 0x00]);
  length.writeUInt32LE(meta.length, 8);
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), length, meta, encodeElements(elements)]);
}

/** Elements in Explicit VR Little Endian, sorted by tag, without a file around them. */
export function encodeElements(elements: readonly ElementToWrite[]): Buffer {
  return Buffer.concat([...elements].sort((a, b) => a.tag - b.tag).map(encodeElement));
}

function encodeElement(element: ElementToWrite): Buffer {
  const value = encodeValue(element);
  const head = Buffer.alloc(longForm.has(element.representation) ? 12 : 8);
  head.writeUInt16LE(element.tag >>> 16, 0);
  head.writeUInt16LE(element.tag & 0xffff, 2);
  head.write(element.representation, 4, 'latin1');
  if (head.length === 12) head.writeUInt32LE(value.length, 8);
  else head.writeUInt16LE(value.length, 6);
  return Buffer.concat([head, value]);
}

function encodeValue(element: ElementToWrite): Buffer {
  switch (element.representation) {
    case 'SQ':
      return Buffer.concat(element.value.map(encodeItem));
    case 'US':
    case 'SS':
      return Buffer.from(Uint16Array.from([element.value].flat(), (value) => value & 0xffff).buffer);
    case 'OB':
    case 'OW':
      return toEvenLength(Buffer.from(element.value), 0);
    default: {
      const bytes = typeof element.value === 'string' ? Buffer.from(element.value, 'utf8') : Buffer.from(element.value);
      return toEvenLength(bytes, element.representation === 'UI' ? 0 : 0x20);
    }
  }
}

function encodeItem(elements: readonly ElementToWrite[]): Buffer {
  const content = encodeElements(elements);
  const head = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}

function toEvenLength(bytes: Buffer, padding: number): Buffer {
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.of(padding)]);
}
