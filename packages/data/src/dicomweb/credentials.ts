import { dicomWebError } from './dicomweb-error.js';

/** The value of the `Authorization` header, or nothing. */
export type Authorization = string | undefined;

/**
 * Reads credentials from the environment, where neither the shell's history nor the list of processes shows
 * them: CHROMARAY_DICOMWEB_TOKEN (bearer), or CHROMARAY_DICOMWEB_USER and CHROMARAY_DICOMWEB_PASSWORD (basic).
 *
 * @throws ChromarayError `CHROMARAY_DICOMWEB_CREDENTIALS` when both ways or half of one are set
 */
export function authorizationFrom(environment: Readonly<Record<string, string | undefined>>): Authorization {
  const token = environment.CHROMARAY_DICOMWEB_TOKEN || undefined;
  const user = environment.CHROMARAY_DICOMWEB_USER || undefined;
  const password = environment.CHROMARAY_DICOMWEB_PASSWORD || undefined;
  if (token !== undefined && (user !== undefined || password !== undefined)) {
    throw dicomWebError('CREDENTIALS', 'The environment holds both a token and a user for the DICOMweb server');
  }
  if ((user === undefined) !== (password === undefined)) {
    const missing = user === undefined ? 'CHROMARAY_DICOMWEB_USER' : 'CHROMARAY_DICOMWEB_PASSWORD';
    throw dicomWebError('CREDENTIALS', `${missing} is not set, and the other half of the credentials is`);
  }
  if (token !== undefined) {
    // Anything else could not stand in a header (RFC 6750, 2.1).
    if (/^[\w\-.~+/]+=*$/.test(token)) return `Bearer ${token}`;
    throw dicomWebError('CREDENTIALS', 'CHROMARAY_DICOMWEB_TOKEN holds characters that no token has');
  }
  return user === undefined ? undefined : `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
