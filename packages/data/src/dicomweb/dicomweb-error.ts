import type { ChromarayError } from '@chromaray/base';
import { codedError, type FaultOf } from '@chromaray/contracts/errors';

/** What went wrong with a server. The code of the error is `CHROMARAY_DICOMWEB_` and this word. */
export type DicomWebFault = Exclude<FaultOf<'DICOMWEB'>, 'NOTHING_FOUND'>;

/** @param message one sentence without its full stop; names the server without query, which may name a patient */
export function dicomWebError(
  fault: DicomWebFault,
  message: string,
  cause?: unknown,
  details: Readonly<Record<string, unknown>> = {},
): ChromarayError {
  return codedError(`CHROMARAY_DICOMWEB_${fault}`, {
    message: `${message}.`,
    cause,
    details,
  });
}
