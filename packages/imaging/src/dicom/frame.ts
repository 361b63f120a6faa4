import { type CodestreamHead, codestreamHead } from './codestream.js';
import { dicomError } from './dicom-error.js';
import type { PixelDescription } from './pixel-description.js';
import type { Element } from './read-elements.js';
import { startsRleFrame } from './rle.js';
import type { PixelCoding, TransferSyntax } from './transfer-syntax.js';
import type { ElementSource } from './values.js';

/** The bytes of a file's only frame, and how they are packed in fact. */
export interface Frame {
  readonly coding: PixelCoding;
  readonly bytes: Uint8Array;
}

/**
 * Puts the fragments of a file's frame together. Some archives compress or decompress the pixels of a file and leave
 * the transfer syntax as it was; where the bytes leave no doubt, they decide, and the file gets a note.
 *
 * Source: DICOM PS3.5 2025, A.4 (fragments and the offset table before them).
 *
 * @throws ChromarayError `CHROMARAY_DICOM_NO_PIXELS`, `_MULTI_FRAME`, `_CORRUPT`
 */
export function frameOf(
  source: ElementSource,
  syntax: TransferSyntax,
  { value, fragments }: Element,
  pixels: PixelDescription,
): Frame {
  const { name, notes } = source;
  if (fragments === undefined) {
    if (syntax.coding === 'plain') return { coding: 'plain', bytes: value };
    const expected = (pixels.rows * pixels.columns * pixels.bitsAllocated) / 8;
    if (value.length !== expected + (expected % 2)) {
      throw dicomError('CORRUPT', name, `does not pack its pixels as ${syntax.name} demands`);
    }
    notes.add('encoding', `announces ${syntax.name} and holds pixels that are not compressed`);
    return { coding: 'plain', bytes: value };
  }
  const pieces = withoutOffsetTable(name, fragments);
  const starts = pieces.map(startOf);
  const [coding] = starts;
  if (syntax.coding === 'plain' && coding === undefined) {
    throw dicomError('CORRUPT', name, `packs its pixels, which ${syntax.name} forbids`);
  }
  // Where each piece starts like a frame, none is the continuation of another.
  if (pieces.length > 1 && coding !== undefined && starts.every((start) => start === coding)) {
    throw dicomError('MULTI_FRAME', name, `holds ${pieces.length} frames; one was expected`);
  }
  if (syntax.coding === 'plain') notes.add('encoding', `announces ${syntax.name} and holds compressed pixels`);
  const bytes = pieces.length === 1 ? pieces[0]! : joined(pieces);
  return { coding: syntax.coding === 'plain' ? coding! : syntax.coding, bytes };
}

/** The first item lists where frames start, or is empty; writers that forget it begin with the pixels. */
function withoutOffsetTable(name: string, items: readonly Uint8Array[]): readonly Uint8Array[] {
  const [first, ...others] = items;
  const pieces = first !== undefined && startOf(first) !== undefined ? items : others;
  const filled = pieces.filter(({ length }) => length > 0);
  if (filled.length === 0) throw dicomError('NO_PIXELS', name, 'holds no pixels: their sequence is empty');
  return filled;
}

function startOf(bytes: Uint8Array): CodestreamHead['coding'] | 'rle' | undefined {
  return codestreamHead(bytes)?.coding ?? (startsRleFrame(bytes) ? 'rle' : undefined);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
