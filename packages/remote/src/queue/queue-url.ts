import type { ChromarayError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';

/** What keeps a queue. */
export type QueueKind = 'redis' | 'postgres';

/** Where a queue is kept. */
export interface QueueAddress {
  readonly kind: QueueKind;
  /** With user and password, for the client. */
  readonly url: string;
  /** Without them, to show. */
  readonly shown: string;
  readonly host: string;
  readonly port: number;
}

const schemes: Readonly<Record<string, { readonly kind: QueueKind; readonly port: number }>> = {
  'redis:': { kind: 'redis', port: 6379 },
  'rediss:': { kind: 'redis', port: 6379 },
  'postgres:': { kind: 'postgres', port: 5432 },
  'postgresql:': { kind: 'postgres', port: 5432 },
};

/**
 * Reads the address of a queue: `redis://host`, `rediss://` with TLS, `postgres://host/database`.
 *
 * @throws ChromarayError `CHROMARAY_QUEUE_URL`
 */
export function queueAddress(url: string): QueueAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const scheme = parsed && schemes[parsed.protocol];
  if (parsed === undefined || scheme === undefined || parsed.hostname === '') throw notAnAddress(url, parsed);
  const shown = new URL(parsed);
  shown.username = '';
  shown.password = '';
  shown.search = '';
  return {
    kind: scheme.kind,
    url,
    shown: shown.href.replace(/\/$/, ''),
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port === '' ? scheme.port : Number(parsed.port),
  };
}

/** The address itself is not repeated where it may hold a password. */
function notAnAddress(url: string, parsed: URL | undefined): ChromarayError {
  const found = url.includes('@') ? '' : `: ${url}`;
  const scheme = parsed === undefined ? '' : ` It begins with ${parsed.protocol}.`;
  return codedError('CHROMARAY_QUEUE_URL', { message: `This is not the address of a queue${found}.${scheme}` });
}
