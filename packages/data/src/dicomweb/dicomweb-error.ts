import { ChromarayError } from '@chromaray/base';

/** What went wrong with a server. The code of the error is `CHROMARAY_DICOMWEB_` and this word. */
export type DicomWebFault =
  | 'CREDENTIALS'
  | 'CUT'
  | 'INSECURE'
  | 'MALFORMED'
  | 'NOT_FOUND'
  | 'NOTHING_FOUND'
  | 'REFUSED'
  | 'REJECTED'
  | 'SERVER'
  | 'TIMEOUT'
  | 'UNAUTHORISED'
  | 'UNREACHABLE'
  | 'URL';

const remedies: Record<DicomWebFault, string> = {
  CREDENTIALS: 'Set CHROMARAY_DICOMWEB_TOKEN, or CHROMARAY_DICOMWEB_USER and CHROMARAY_DICOMWEB_PASSWORD.',
  CUT: 'Run the same command again: what has arrived is kept.',
  INSECURE: 'Use an https address; in a network you trust, allow plain http (--allow-http).',
  MALFORMED: 'Check that the address is that of a DICOMweb service, for example https://host/dicom-web.',
  NOT_FOUND: 'Check the address, which often ends in /dicom-web, and the UIDs.',
  NOTHING_FOUND: 'Check the filters; ask for other modalities or dates.',
  REFUSED: 'Ask the administrator of the server what it allows.',
  REJECTED: 'Ask the administrator of the server which objects it accepts.',
  SERVER: 'Try again later, or ask the administrator of the server: its log says more.',
  TIMEOUT: 'Try again later, or ask the administrator of the server.',
  UNAUTHORISED:
    'Set CHROMARAY_DICOMWEB_TOKEN, or CHROMARAY_DICOMWEB_USER and CHROMARAY_DICOMWEB_PASSWORD, to what the server accepts.',
  UNREACHABLE: 'Check the address, the network and the certificate (NODE_EXTRA_CA_CERTS for one of your own).',
  URL: 'Give the address of the DICOMweb service, for example https://host/dicom-web.',
};

/** @param message one sentence without its full stop; names the server without query, which may name a patient */
export function dicomWebError(
  fault: DicomWebFault,
  message: string,
  cause?: unknown,
  details: Readonly<Record<string, unknown>> = {},
): ChromarayError {
  return new ChromarayError({
    code: `CHROMARAY_DICOMWEB_${fault}`,
    message: `${message}.`,
    remedy: remedies[fault],
    cause,
    details,
  });
}
