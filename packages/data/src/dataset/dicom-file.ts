import { closeSync, readSync } from 'node:fs';
import { openRegularFileSync } from '@chromaray/base';
import { dicomHeadLength, isDicom } from '@chromaray/imaging';

/**
 * Tells DICOM files by their first bytes, and by their name where those say nothing: whoever decodes such a file will
 * say what is wrong with it.
 */
export function startsAsDicom(file: string): boolean {
  if (/\.(?:dcm|dicom)$/i.test(file)) return true;
  const head = new Uint8Array(dicomHeadLength);
  try {
    const descriptor = openRegularFileSync(file);
    try {
      return readSync(descriptor, head, 0, dicomHeadLength, 0) === dicomHeadLength && isDicom(head);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return false;
  }
}
