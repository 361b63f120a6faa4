import { codedError } from '@chromaray/contracts/errors';
import { whenAway } from '../when-away.js';

const otherwise = 'and run the same command again: what was finished is kept.';
const untrusted = [
  'its certificate is not trusted here',
  'Name a file with the certificate of who made it, in PEM form, in the environment variable CHROMARAY_EXCHANGE_CA.',
] as const;

/** What a failed connection means, and what helps where it is not that the server is away. */
const reasons: Readonly<Record<string, readonly [fault: string, remedy?: string]>> = {
  ECONNREFUSED: [
    'nothing listens there',
    `Start the server there (\`chromaray exchange serve\`), or correct the port in the address, ${otherwise}`,
  ],
  ENOTFOUND: ['the name is not known', `Correct the name in the address, or give it in digits, ${otherwise}`],
  EAI_AGAIN: ['the name cannot be looked up now', `Check the network, or give the address in digits, ${otherwise}`],
  ECONNRESET: ['the connection broke'],
  EPIPE: ['the connection broke'],
  ETIMEDOUT: ['no answer came'],
  EHOSTUNREACH: ['there is no way to this machine'],
  ENETUNREACH: ['there is no way to this network'],
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'its certificate is for another name',
    'Give the address with the name that the certificate is for, or make one for this name.',
  ],
  CERT_HAS_EXPIRED: ['its certificate has expired', 'Renew the certificate of the server; check the clocks.'],
  CERT_NOT_YET_VALID: ['its certificate is not valid yet', 'Check the clocks of both machines.'],
};

/** The error of a connection that could not be made, or broke, in words; other errors as they are. */
export function unreachable(url: URL, error: unknown): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException;
  // An error of our own, or of the file that is sent.
  if (code.startsWith('CHROMARAY_') || ['ENOENT', 'EACCES', 'EISDIR', 'EIO'].includes(code)) return error;
  const [fault, remedy] = reasons[code] ?? [message];
  return codedError('CHROMARAY_EXCHANGE_UNREACHABLE', {
    message: `${url.origin} cannot be reached: ${fault}.`,
    remedy: remedy ?? whenAway,
    cause: error,
    details: { origin: url.origin, system: code },
  });
}
