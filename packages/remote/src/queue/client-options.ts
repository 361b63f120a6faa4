import { readRegularFileSync } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import type { QueueAddress } from './queue-url.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the clients of a queue's server are given. */
export interface ClientOptions {
  readonly url: string;
  /** For Redis by TLS: certificates to trust in place of the system's, in PEM form. */
  readonly tls?: { readonly ca: Buffer };
}

const mostBytes = 2 ** 20;

/**
 * Address and certificates for the client of a queue's server.
 *
 * @param environment `CHROMARAY_QUEUE_CA`, a file of certificates (PEM) to trust, for a server whose certificate the laboratory
 *   made itself
 * @throws ChromarayError `CHROMARAY_QUEUE_UNREACHABLE` when that file cannot be read
 */
export function clientOptions({ kind, url }: QueueAddress, environment: Environment): ClientOptions {
  const file = environment.CHROMARAY_QUEUE_CA || undefined;
  const ca = file === undefined ? undefined : read(file);
  if (kind === 'postgres') return { url: postgresUrl(url, file) };
  return { url, ...(ca !== undefined && url.toLowerCase().startsWith('rediss:') && { tls: { ca } }) };
}

/**
 * `require`, `prefer` and `verify-ca` mean the same as `verify-full` to this client today, and less to a later one, of which it
 * warns: so it is asked for what it does.
 */
function postgresUrl(text: string, ca: string | undefined): string {
  const url = new URL(text);
  const { searchParams: options } = url;
  const mode = options.get('sslmode');
  if (mode === null || mode === 'disable' || options.get('uselibpqcompat') === 'true') return text;
  if (['prefer', 'require', 'verify-ca'].includes(mode)) options.set('sslmode', 'verify-full');
  if (ca !== undefined && !options.has('sslrootcert')) options.set('sslrootcert', ca);
  return url.href;
}

function read(file: string): Buffer {
  try {
    return readRegularFileSync(file, mostBytes);
  } catch (cause) {
    throw codedError('CHROMARAY_QUEUE_UNREACHABLE', {
      message: `${file}, which CHROMARAY_QUEUE_CA names, cannot be read: ${(cause as Error).message}.`,
      remedy: 'Name a file of certificates that this user can read.',
      cause,
    });
  }
}
