import { inflateRawSync } from 'node:zlib';
import { dicomError } from './dicom-error.js';
import { type ElementMap, readElements } from './read-elements.js';
import { attributes } from './tags.js';
import { explicitLittleEndian, findTransferSyntax, type TransferSyntax } from './transfer-syntax.js';
import { firstText } from './values.js';

/** A DICOM file, opened: its transfer syntax and the elements asked for. */
export interface DicomFile {
  readonly syntax: TransferSyntax;
  readonly elements: ElementMap;
}

const preamble = 128;
const magic = 'DICM';

/** True for the bytes of a DICOM file: 128 bytes of anything, then `DICM` (PS3.10, section 7.1). */
export function isDicom(bytes: Uint8Array): boolean {
  return [...magic].every((letter, i) => bytes[preamble + i] === letter.charCodeAt(0));
}

/**
 * Opens a DICOM file (PS3.10) and reads the elements asked for, up to and with a last one.
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
  if (!isDicom(bytes)) throw dicomError('NOT_DICOM', name, 'is not a DICOM file: it has no "DICM" after 128 bytes');
  const meta = bytes.subarray(preamble + magic.length);
  const length = metaLength(name, meta);
  const syntax = transferSyntax(name, meta.subarray(0, length));
  const stored = meta.subarray(length);
  const content = syntax.deflated ? inflate(name, stored, mostBytes) : stored;
  return { syntax, elements: readElements(content, { name, syntax, wanted, last }) };
}

/** The meta information ends where an element of another group than 0002 starts; its stated length is often wrong. */
function metaLength(name: string, meta: Uint8Array): number {
  const view = new DataView(meta.buffer, meta.byteOffset, meta.byteLength);
  let at = 0;
  while (at + 8 <= meta.length && view.getUint16(at, true) === 2) {
    const long = /^(?:O[BDFLVW]|SQ|SV|U[CNRTV])$/.test(String.fromCharCode(meta[at + 4]!, meta[at + 5]!));
    if (long && at + 12 > meta.length) break;
    at += long ? 12 + view.getUint32(at + 8, true) : 8 + view.getUint16(at + 6, true);
  }
  if (at === 0 || at > meta.length) throw dicomError('TRUNCATED', name, 'ends within its meta information');
  return at;
}

function transferSyntax(name: string, meta: Uint8Array): TransferSyntax {
  const { tag } = attributes.transferSyntax;
  const elements = readElements(meta, { name, syntax: explicitLittleEndian, wanted: new Set([tag]), last: 0x0002ffff });
  const uid = firstText(elements, attributes.transferSyntax);
  if (uid === undefined) throw dicomError('MALFORMED', name, 'does not tell its transfer syntax');
  const syntax = findTransferSyntax(uid);
  if (syntax !== undefined) return syntax;
  const shown = /^[\d.]{1,64}$/.test(uid) ? uid : 'that is no UID';
  throw dicomError('TRANSFER_SYNTAX', name, `is stored in a transfer syntax that is not read: ${shown}`);
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
