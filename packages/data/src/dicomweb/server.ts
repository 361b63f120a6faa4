import type { Authorization } from './credentials.js';
import { dicomWebError } from './dicomweb-error.js';

/** A DICOMweb service and how to speak to it. */
export interface DicomWebServer {
  /** Address of the service, for example `https://host/dicom-web`. */
  readonly url: string;
  readonly authorization?: Authorization;
  /** Also speak plain http to other machines. Default: only to this one. */
  readonly allowHttp?: boolean;
  /** How often a request is tried before its failure counts. Default 4. */
  readonly attempts?: number;
  /** Wait before the second attempt, in milliseconds; doubled before each later one. Default 500. */
  readonly retryDelay?: number;
  /** Longest time a request may take, in milliseconds. Default 120,000. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/**
 * The address without a slash at its end.
 *
 * @throws ChromarayError `CHROMARAY_DICOMWEB_URL`, `_INSECURE`
 */
export function checkedAddress({ url, allowHttp = false }: DicomWebServer): string {
  let address: URL;
  try {
    address = new URL(url);
  } catch (cause) {
    throw dicomWebError('URL', 'The address of the DICOMweb server is not a URL', cause);
  }
  if (address.protocol !== 'https:' && address.protocol !== 'http:') {
    throw dicomWebError(
      'URL',
      `The address of the DICOMweb server starts with ${address.protocol}; https: was expected`,
    );
  }
  if (address.username !== '' || address.password !== '') {
    throw dicomWebError(
      'CREDENTIALS',
      'The address of the DICOMweb server holds a user or password, which histories keep',
    );
  }
  if (address.search !== '' || address.hash !== '') {
    throw dicomWebError('URL', 'The address of the DICOMweb server holds a query');
  }
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname);
  if (address.protocol === 'http:' && !isHere && !allowHttp) {
    throw dicomWebError('INSECURE', `${address.origin} would be sent patient data and credentials unencrypted`);
  }
  return address.href.replace(/\/+$/, '');
}
