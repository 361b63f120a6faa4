import { inflateRawSync } from 'node:zlib';
import { Notes } from '../note.js';
import { encodingOf, startsDataSet } from './data-set-start.js';
import { dicomError } from './dicom-error.js';
import { type ElementMap, readElements } from './read-elements.js';
import { attributes } from './tags.js';
import {
  explicitLittleEndian,
  findTransferSyntax,
  implicitLittleEndian,
  type TransferSyntax,
} from './transfer-syntax.js';
import { readsLongLength } from './value-representations.js';
import { firstText } from './values.js';

/** A DICOM file, opened: its transfer syntax and the elements asked for. */
export interface DicomFile {
  readonly syntax: TransferSyntax;
  readonly elements: ElementMap;
  /** Faults in spite of which it was read; more may be added while its picture is. */
  readonly notes: Notes;
}

const preamble = 128;
const magic = 'DICM';

/** Bytes from which {@link isDicom} knows a DICOM file. */
export const dicomHeadLength = 132;

/**
 * True for the bytes of a DICOM file: 128 bytes of anything, then `DICM` (PS3.10, section 7.1), or a data set without
 * such a header. The first 132 bytes are enough.
 */
export function isDicom(bytes: Uint8Array): boolean {
  return hasMagic(bytes, preamble) || startsDataSet(bytes);
}

/**
 * Opens a DICOM file (PS3.10) and reads the elements asked for, up to and with a last one. A file without preamble or
 * meta information is read as its elements are written, and so is one whose meta information says something else of
 * them; it gets a note.
 *
 * @param mostBytes refuse deflated files that are larger than this when inflated
 * @throws ChromarayError `CHROMARAY_DICOM_NOT_DICOM`, `_TRANSFER_SYNTAX`, `_TRUNCATED`, `_MALFORMED`, `_LIMIT`,
 *   `_CORRUPT` (deflated data that cannot be inflated)
 */
export function openPart10(
  name: string,
  bytes: Uint8Array,
  wanted: ReadonlySet<number> | 'all',
  last: number,
  mostBytes: number,
): DicomFile {
  const notes = new Notes();
  const { meta, content } = parts(name, bytes, notes);
  const announced = meta === undefined ? undefined : transferSyntax(name, meta);
  const deflated = announced?.deflated === true && encodingOf(content)?.explicit !== true;
  const dataSet = deflated ? inflate(name, content, mostBytes) : content;
  const syntax = inFact(dataSet, announced, notes);
  return { syntax, elements: readElements(dataSet, { name, syntax, wanted, last, notes }), notes };
}

function hasMagic(bytes: Uint8Array, at: number): boolean {
  return [...magic].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));
}

function parts(name: string, bytes: Uint8Array, notes: Notes): { meta: Uint8Array | undefined; content: Uint8Array } {
  const start = hasMagic(bytes, preamble) ? preamble + magic.length : startsDataSet(bytes) ? 0 : undefined;
  if (start === undefined) {
    throw dicomError('NOT_DICOM', name, 'is not a DICOM file: it has no "DICM" after 128 bytes and no data set');
  }
  if (start === 0) notes.add('no-header', 'has no "DICM" after 128 bytes');
  const rest = bytes.subarray(start);
  const length = metaLength(name, rest);
  if (length === 0 && start > 0 && encodingOf(rest) === undefined) {
    throw dicomError('TRUNCATED', name, 'ends within its meta information');
  }
  return { meta: length === 0 ? undefined : rest.subarray(0, length), content: rest.subarray(length) };
}

/** The meta information ends where an element of another group than 0002 starts; its stated length is often wrong. */
function metaLength(name: string, meta: Uint8Array): number {
  const view = new DataView(meta.buffer, meta.byteOffset, meta.byteLength);
  let at = 0;
  while (at + 8 <= meta.length && view.getUint16(at, true) === 2) {
    const long = readsLongLength(String.fromCharCode(meta[at + 4]!, meta[at + 5]!));
    if (long && at + 12 > meta.length) break;
    at += long ? 12 + view.getUint32(at + 8, true) : 8 + view.getUint16(at + 6, true);
  }
  if (at > meta.length) throw dicomError('TRUNCATED', name, 'ends within its meta information');
  return at;
}

/** Undefined when the meta information does not say. */
function transferSyntax(name: string, meta: Uint8Array): TransferSyntax | undefined {
  const { tag } = attributes.transferSyntax;
  const request = { name, syntax: explicitLittleEndian, wanted: new Set([tag]), last: 0x0002ffff, notes: new Notes() };
  const uid = firstText(readElements(meta, request), attributes.transferSyntax);
  if (uid === undefined) return undefined;
  const syntax = findTransferSyntax(uid);
  if (syntax !== undefined) return syntax;
  const shown = /^[\d.]{1,64}$/.test(uid) ? uid : 'that is no UID';
  throw dicomError('TRANSFER_SYNTAX', name, `is stored in a transfer syntax that is not read: ${shown}`);
}

/** The transfer syntax as the data set's first element shows it to be. */
function inFact(dataSet: Uint8Array, announced: TransferSyntax | undefined, notes: Notes): TransferSyntax {
  const found = encodingOf(dataSet);
  if (announced === undefined) {
    notes.add('no-header', 'does not state its transfer syntax');
    const usual = found?.explicit === false ? implicitLittleEndian : explicitLittleEndian;
    return { ...usual, bigEndian: found?.bigEndian ?? false };
  }
  if (found === undefined || (found.explicit === announced.explicit && found.bigEndian === announced.bigEndian)) {
    return announced;
  }
  const order = found.bigEndian ? 'big endian' : 'little endian';
  const written = `with ${found.explicit ? 'explicit' : 'implicit'} value representations, ${order}`;
  notes.add('encoding', `announces ${announced.name} and is written ${written}`);
  return { ...announced, ...found };
}

function inflate(name: string, bytes: Uint8Array, mostBytes: number): Uint8Array {
  try {
    return inflateRawSync(bytes, { maxOutputLength: mostBytes });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw dicomError('LIMIT', name, `inflates to more than ${mostBytes} bytes`, cause);
    }
    if (code === 'Z_BUF_ERROR') throw dicomError('TRUNCATED', name, 'ends within its deflated data', cause);
    throw dicomError('CORRUPT', name, `cannot be inflated: ${(cause as Error).message}`, cause);
  }
}
