import { codedError } from '@chromaray/contracts/errors';
import { isLoopback, type Place } from './place.js';

/** The names under which a server may be asked, as the headers `Host` and `Origin` write them. */
export interface Names {
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
  /** The address to show. */
  readonly origin: string;
}

/** @param port on which the server listens */
export function namesOf({ host, tls, publicOrigin }: Place, port: number): Names {
  const scheme = tls === undefined ? 'http' : 'https';
  const local = isLoopback(host) ? [host, '127.0.0.1', 'localhost', '::1'] : [host];
  const usual = scheme === 'http' ? 80 : 443;
  const hosts = local
    .map((name) => (name.includes(':') ? `[${name}]` : name))
    .flatMap((name) => (port === usual ? [name, `${name}:${port}`] : [`${name}:${port}`]));
  const origins = hosts.map((name) => new URL(`${scheme}://${name}`).origin);
  return {
    hosts: new Set([...hosts, ...(publicOrigin === undefined ? [] : [publicOrigin.host])]),
    origins: new Set([...origins, ...(publicOrigin === undefined ? [] : [publicOrigin.origin])]),
    origin: publicOrigin?.origin ?? origins[0]!,
  };
}

/**
 * Refuses requests under a name that is not the server's. A foreign site can let its own name lead to this machine
 * (DNS rebinding); the browser then counts it as the same site, but still sends that name.
 *
 * @throws ChromarayError `CHROMARAY_WEB_HOST`
 */
export function refuseOtherHosts(request: Request, { hosts }: Names): void {
  const host = request.headers.get('Host')?.toLowerCase() ?? '';
  if (hosts.has(host)) return;
  throw codedError('CHROMARAY_WEB_HOST', {
    message: `This server is not ${host === '' ? 'asked by name' : JSON.stringify(host.slice(0, 200))}.`,
  });
}
