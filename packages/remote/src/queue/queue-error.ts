import type { ChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import type { QueueAddress } from './queue-url.js';

/** Older ones lack commands that BullMQ needs, or lose what it keeps. */
export const oldestRedis = '6.2.0';

interface ServerFault extends Error {
  readonly code?: string;
  readonly errors?: readonly Error[];
}

/** Why a queue cannot be used, from what its client threw at the first contact. */
export function queueError(address: QueueAddress, thrown: unknown): ChromarayError {
  const fault = innermost(thrown);
  return (
    unencrypted(address, fault) ??
    denied(address, fault) ??
    tooOld(address, fault) ??
    missing(address, fault) ??
    unreachable(address, fault)
  );
}

/** Node tries every address of a host, and throws what became of all. */
function innermost(thrown: unknown): ServerFault {
  const fault = (thrown instanceof Error ? thrown : new Error(String(thrown))) as ServerFault;
  const inner = fault.errors?.[0] ?? (fault.cause instanceof Error ? fault.cause : undefined);
  return inner === undefined ? fault : innermost(inner);
}

function denied({ shown }: QueueAddress, cause: ServerFault): ChromarayError | undefined {
  const { message, code } = cause;
  const faults: readonly [boolean, string][] = [
    [
      /^NOAUTH|no password supplied|Authentication required/i.test(message),
      'asks for a password, and the address has none',
    ],
    [/WRONGPASS|invalid password/i.test(message) || code === '28P01', 'refuses this user and password'],
    [/client password must be a string/i.test(message), 'asks for a password, and the address has none'],
    [code === '28000' || code === '42501' || /^NOPERM/.test(message), `refuses this user (${message})`],
  ];
  const fault = faults.find(([matches]) => matches)?.[1];
  return fault === undefined
    ? undefined
    : codedError('CHROMARAY_QUEUE_DENIED', { message: `${shown} ${fault}.`, cause });
}

function tooOld({ shown, kind }: QueueAddress, cause: ServerFault): ChromarayError | undefined {
  const found = /^version (\S+)/.exec(cause.message)?.[1];
  const postgres = /PostgreSQL.*version|server version/i.test(cause.message) && kind === 'postgres';
  if (found === undefined && !postgres) return undefined;
  const message =
    found === undefined
      ? `${shown} is too old a PostgreSQL: ${cause.message}`
      : `${shown} is Redis ${found}; a queue needs ${oldestRedis} or newer.`;
  return codedError('CHROMARAY_QUEUE_VERSION', { message, cause });
}

function missing({ shown }: QueueAddress, cause: ServerFault): ChromarayError | undefined {
  if (cause.code !== '3D000') return undefined;
  return codedError('CHROMARAY_QUEUE_UNREACHABLE', {
    message: `${shown} has no such database.`,
    remedy: 'Create it with `createdb`, or name another in the address.',
    cause,
  });
}

const withoutTls = 'Set up TLS on the server, or give its address without: redis:// in place of rediss://, no sslmode.';

/** Both of a server that takes nobody without TLS, and of one that has none. */
function unencrypted({ shown }: QueueAddress, cause: ServerFault): ChromarayError | undefined {
  if (/^no pg_hba\.conf entry .*no encryption/.test(cause.message)) {
    return codedError('CHROMARAY_QUEUE_UNREACHABLE', {
      message: `${shown} takes encrypted connections only, or none from this machine.`,
      remedy: 'Write `?sslmode=verify-full` at the end of the address; else ask for an entry in pg_hba.conf.',
      cause,
    });
  }
  if (!/does not support SSL connections/.test(cause.message) && cause.code !== 'ERR_SSL_WRONG_VERSION_NUMBER') {
    return undefined;
  }
  return codedError('CHROMARAY_QUEUE_UNREACHABLE', {
    message: `${shown} cannot be used: the server there does not speak TLS.`,
    remedy: withoutTls,
    cause,
  });
}

const untrusted = [
  'its certificate is not trusted here',
  'Name a file with the certificate of who made it, in PEM form, in the environment variable CHROMARAY_QUEUE_CA.',
] as const;

function unreachable({ shown, host, port, url }: QueueAddress, cause: ServerFault): ChromarayError {
  const silent = 'Check the host, its firewall and the network.';
  const reasons: Readonly<Record<string, readonly [fault: string, remedy: string]>> = {
    ENOTFOUND: [`there is no host ${host}`, 'Correct the name of the host in the address.'],
    EAI_AGAIN: [`the name ${host} cannot be looked up just now`, 'Check the network, or give the address in digits.'],
    ECONNREFUSED: [`nothing listens at ${host}, port ${port}`, 'Start the server, or correct the port in the address.'],
    // A Redis without TLS keeps silent when it is asked for it.
    ETIMEDOUT: [`${host} does not answer`, url.startsWith('rediss:') ? `${silent} ${withoutTls}` : silent],
    EHOSTUNREACH: [`there is no way to ${host}`, 'Check the host and the network.'],
    ECONNRESET: [
      `${host}, port ${port}, hung up`,
      'Check whether this port is that of the queue, and whether it wants TLS (rediss://, or sslmode=verify-full).',
    ],
    DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
    SELF_SIGNED_CERT_IN_CHAIN: untrusted,
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
    UNABLE_TO_GET_ISSUER_CERT: untrusted,
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
    CERT_SIGNATURE_FAILURE: untrusted,
    ERR_TLS_CERT_ALTNAME_INVALID: [
      `its certificate is for another name than ${host}`,
      'Give the address with the name that the certificate is for, or make one for this name.',
    ],
    CERT_HAS_EXPIRED: ['its certificate has expired', 'Renew the certificate of the server; check the clocks.'],
    CERT_NOT_YET_VALID: ['its certificate is not valid yet', 'Check the clocks of both machines.'],
  };
  const [fault, remedy] = reasons[cause.code ?? ''] ?? [
    cause.message,
    'Check the address, and whether the server there is a Redis or a PostgreSQL.',
  ];
  return codedError('CHROMARAY_QUEUE_UNREACHABLE', { message: `${shown} cannot be used: ${fault}.`, remedy, cause });
}
