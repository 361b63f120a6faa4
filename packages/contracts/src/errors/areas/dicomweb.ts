import type { ErrorArea } from '../entry.js';

/** Fetching from and sending to DICOMweb servers. */
export const dicomWebErrors = {
  CHROMARAY_DICOMWEB_URL: {
    meaning: 'The address is not an http or https address, or contains credentials.',
    remedy: 'Give the address of the DICOMweb service, for example https://host/dicom-web.',
    outcome: 'wrongUse',
  },
  CHROMARAY_DICOMWEB_INSECURE: {
    meaning: 'The address is plain http, which would send patient data unencrypted.',
    remedy: 'Use an https address; in a network you trust, allow plain http (--allow-http).',
    outcome: 'wrongUse',
  },
  CHROMARAY_DICOMWEB_CREDENTIALS: {
    meaning: 'Both a token and a user are set, or only half of user and password.',
    remedy: 'Set CHROMARAY_DICOMWEB_TOKEN, or CHROMARAY_DICOMWEB_USER and CHROMARAY_DICOMWEB_PASSWORD.',
    outcome: 'wrongUse',
  },
  CHROMARAY_DICOMWEB_UNAUTHORISED: {
    meaning: 'The server does not accept the credentials (status 401 or 403): nothing more is tried.',
    remedy:
      'Set CHROMARAY_DICOMWEB_TOKEN, or CHROMARAY_DICOMWEB_USER and CHROMARAY_DICOMWEB_PASSWORD, to what the server accepts.',
  },
  CHROMARAY_DICOMWEB_UNREACHABLE: {
    meaning: 'The server cannot be reached, after four attempts.',
    remedy: 'Check the address, the network and the certificate (NODE_EXTRA_CA_CERTS for one of your own).',
  },
  CHROMARAY_DICOMWEB_TIMEOUT: {
    meaning: 'The server did not answer in time, after four attempts.',
    remedy: 'Try again later, or ask the administrator of the server.',
  },
  CHROMARAY_DICOMWEB_SERVER: {
    meaning: 'The server failed (status 5xx, or 429), after four attempts.',
    remedy: 'Try again later, or ask the administrator of the server: its log says more.',
  },
  CHROMARAY_DICOMWEB_REFUSED: {
    meaning: 'The server refused the request.',
    remedy: 'Ask the administrator of the server what it allows.',
  },
  CHROMARAY_DICOMWEB_NOT_FOUND: {
    meaning: 'The server has nothing at this address (status 404).',
    remedy: 'Check the address, which often ends in /dicom-web, and the UIDs.',
  },
  CHROMARAY_DICOMWEB_NOTHING_FOUND: {
    meaning: 'No study matches the filters, or there is no DICOM file in the files or folders given.',
    advice: 'Change the filters, or name files that are DICOM.',
  },
  CHROMARAY_DICOMWEB_MALFORMED: {
    meaning: 'The answer is not DICOMweb.',
    remedy: 'Check that the address is that of a DICOMweb service, for example https://host/dicom-web.',
  },
  CHROMARAY_DICOMWEB_CUT: {
    meaning: 'The answer was incomplete in all four attempts.',
    remedy: 'Run the same command again: what has arrived is kept.',
  },
  CHROMARAY_DICOMWEB_REJECTED: {
    meaning: 'The server did not store an object.',
    remedy: 'Ask the administrator of the server which objects it accepts.',
  },
} as const satisfies ErrorArea;
