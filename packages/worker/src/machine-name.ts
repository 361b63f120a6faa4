import { hostname } from 'node:os';

/** What a machine is called: its host, without the domain, in characters that an exchange takes in names of workers. */
export function machineName(host = hostname()): string {
  const name = (host.split('.')[0] ?? '')
    .replace(/[^A-Za-z0-9_-]/g, '-')
    .replace(/^[_-]+/, '')
    .slice(0, 80);
  return name === '' ? 'worker' : name;
}
