import { hostname } from 'node:os';

/** What a worker is called where nobody named it: its host, without the domain, in characters that messages take. */
export function machineName(host = hostname()): string {
  const name = (host.split('.')[0] ?? '').replace(/[^\p{L}\p{N}_-]/gu, '-').slice(0, 100);
  return name === '' ? 'worker' : name;
}
