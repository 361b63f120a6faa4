import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contender } from '../contender.js';

/** A peer that is ready, or the reason why it is missing. */
export type Prepared = { readonly contender: Contender } | { readonly missing: string };

/** A program we measure ourselves against. */
export interface Peer {
  readonly name: string;
  /** One line for the list of peers. */
  readonly description: string;
  /** Measured only when it is named, because it is far slower than the others or answers another question. */
  readonly onlyWhenNamed: boolean;
  /** Finds it, or installs it under `bench/.peers` on first use. */
  prepare(say: (text: string) => void): Promise<Prepared>;
}

const bench = fileURLToPath(new URL('../..', import.meta.url));

/** Where peers are installed. */
export const peersFolder = path.join(bench, '.peers');

/** A program of a peer's. */
export function peerScript(name: string): string {
  return path.join(bench, 'peers', name);
}
