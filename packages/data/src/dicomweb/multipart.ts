import { createHash } from 'node:crypto';
import { dicomWebError } from './dicomweb-error.js';

/**
 * The parts of a multipart message, without their headers.
 *
 * Source: RFC 2046, 5.1; DICOM PS3.18 2025, 8.6.
 *
 * @param where for messages
 * @throws ChromarayError `CHROMARAY_DICOMWEB_MALFORMED`; `CHROMARAY_DICOMWEB_CUT` when the closing boundary is missing
 */
export function readParts(where: string, contentType: string, body: Uint8Array): readonly Uint8Array[] {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const name = boundary?.[1] ?? boundary?.[2];
  if (!/^multipart\//i.test(contentType) || name === undefined) {
    throw dicomWebError('MALFORMED', `${where} answers with "${contentType}" where multipart/related was expected`);
  }
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const delimiter = Buffer.from(`--${name}`);
  const parts: Uint8Array[] = [];
  let at = bytes.indexOf(delimiter);
  if (at < 0) throw dicomWebError('MALFORMED', `${where} answers without the boundary it announces`);
  for (;;) {
    at += delimiter.length;
    if (bytes.subarray(at, at + 2).toString('latin1') === '--') return parts;
    const content = bytes.indexOf('\r\n\r\n', at);
    const end = content < 0 ? -1 : bytes.indexOf(Buffer.concat([Buffer.from('\r\n'), delimiter]), content);
    if (end < 0) throw dicomWebError('CUT', `${where} sent an incomplete answer`);
    // The empty line may be the one before the next boundary, when a part is empty.
    parts.push(bytes.subarray(Math.min(content + 4, end), end));
    at = end + 2;
  }
}

/** A multipart/related message of DICOM files. */
export function writeParts(files: readonly Uint8Array[]): { readonly contentType: string; readonly body: Uint8Array } {
  const digest = createHash('sha256');
  for (const file of files) digest.update(file);
  // A hash of the content does not stand in the content.
  const boundary = `chromaray-${digest.digest('hex').slice(0, 40)}`;
  const head = `--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`;
  const body = Buffer.concat([
    ...files.flatMap((file) => [Buffer.from(head), file, Buffer.from('\r\n')]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  return { contentType: `multipart/related; type="application/dicom"; boundary=${boundary}`, body };
}
