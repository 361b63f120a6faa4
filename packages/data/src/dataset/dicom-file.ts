import { closeSync, openSync, readSync } from 'node:fs';
import { isDicom } from '@chromaray/imaging';

/** Bytes that tell a DICOM file: the preamble and four letters. */
const headLength = 132;

/**
 * Tells DICOM files by their first bytes. One that cannot be opened is taken by its name: whoever decodes it
 * will say what is wrong.
 */
export function startsAsDicom(file: string): boolean {
  const head = new Uint8Array(headLength);
  try {
    const descriptor = openSync(file, 'r');
    try {
      return readSync(descriptor, head, 0, headLength, 0) === headLength && isDicom(head);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return /\.(?:dcm|dicom)$/i.test(file);
  }
}
