import { readRegularFileSync } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';

export interface ListenOptions {
  /** Default: this machine alone (127.0.0.1). Another needs `token`, and `tls` or `publicOrigin`. */
  readonly host?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Default: a new one for each start. At least {@link shortestToken} letters that an address may hold. */
  readonly token?: string;
  /** A token for each person who is let in, with that person's name, in place of one for all. */
  readonly holders?: ReadonlyMap<string, string>;
  /** Files in PEM form. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** The address under which a reverse proxy that speaks HTTPS shows the server, such as `https://lab.example.org`. */
  readonly publicOrigin?: string;
}

/** Where a server listens, after the rules. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly token: string | undefined;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | undefined;
  readonly publicOrigin: URL | undefined;
}

/** As long as 128 random bits in base64. */
const shortestToken = 22;

/**
 * Where a server may listen. Beyond the loopback interface, everybody in the network can ask: that takes a token which
 * was chosen on purpose, and encryption, because the token and the X-rays travel.
 *
 * @throws ChromarayError `CHROMARAY_WEB_LISTEN`
 */
export function placeToListen(options: ListenOptions): Place {
  const { host = '127.0.0.1', port = 0, token, holders, tls, publicOrigin } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw refuse(`The port ${port} does not exist: ports are 0 to 65535.`, 'Choose another, or 0 for a free one.');
  if ([...(holders?.keys() ?? []), ...(token === undefined ? [] : [token])].some((one) => !isToken(one)))
    throw refuse(
      `The token must have at least ${shortestToken} letters, digits or . _ ~ -.`,
      'Make one with `openssl rand -hex 24`, or leave it out where only this machine is served.',
    );
  if (!isLoopback(host)) {
    if (token === undefined && holders === undefined)
      throw refuse(
        `Under ${host} other machines can ask, and no token was given.`,
        'Give a token of your own, or leave out the host to serve this machine alone.',
      );
    if (tls === undefined && publicOrigin === undefined)
      throw refuse(
        `Under ${host} token and X-rays would travel unencrypted.`,
        'Give a certificate and its key, or state the HTTPS address of the reverse proxy in front.',
      );
  }
  return {
    host,
    port,
    token,
    tls: tls === undefined ? undefined : { cert: pem(tls.cert), key: pem(tls.key) },
    publicOrigin: publicOrigin === undefined ? undefined : readOrigin(publicOrigin),
  };
}

function isToken(text: string): boolean {
  return text.length >= shortestToken && /^[\w.~-]+$/.test(text);
}

/** Names and addresses that no other machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function readOrigin(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' && url.pathname === '/' && url.search === '' && url.username === '') return url;
  throw refuse(
    `"${text}" is not the address of a reverse proxy.`,
    'State scheme and host alone, such as https://lab.example.org.',
  );
}

function pem(file: string): Buffer {
  try {
    return readRegularFileSync(file, 2 ** 20);
  } catch (cause) {
    throw refuse(`${file} cannot be read: ${(cause as Error).message}.`, 'Name a file in PEM form.', cause);
  }
}

function refuse(message: string, remedy: string, cause?: unknown) {
  return codedError('CHROMARAY_WEB_LISTEN', { message, remedy, cause });
}
