import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contender } from './contender.js';

/** A program we measure ourselves against, and how it is installed. */
interface Peer {
  readonly name: string;
  readonly script: string;
  /** Exits with 0 when everything the script needs is there. */
  readonly check: string;
  readonly pip: readonly string[];
}

/** The first is the one that ratios are taken to. */
export const peers: readonly Peer[] = [
  {
    name: 'pytorch',
    script: 'pytorch.py',
    check: 'import torch, numpy; assert torch.__version__.startswith("2.13.0")',
    pip: ['numpy', 'torch==2.13.0+cpu', '--extra-index-url', 'https://download.pytorch.org/whl/cpu'],
  },
  {
    name: 'keras-tensorflow',
    script: 'keras_tensorflow.py',
    check: 'import tensorflow, keras',
    pip: ['tensorflow-cpu>=2.19', 'keras>=3.9'],
  },
];

const bench = fileURLToPath(new URL('..', import.meta.url));

/** A peer that is ready, or the reason why it is missing. */
export type Prepared = { readonly contender: Contender } | { readonly missing: string };

/**
 * Finds a Python that has what the peer needs: the one on the path, or one of our own under
 * `bench/.peers`, which is made on first use.
 */
export async function preparePeer(peer: Peer, say: (text: string) => void): Promise<Prepared> {
  const own = path.join(bench, '.peers', peer.name, 'bin', 'python');
  const found = ['python3', own].find((python) => works(python, peer));
  if (found !== undefined) return { contender: contender(peer, found) };
  say(`Installing ${peer.name} into bench/.peers (once)`);
  await mkdir(path.join(bench, '.peers'), { recursive: true });
  const folder = path.dirname(path.dirname(own));
  if (!existsSync(own)) {
    const made = spawnSync('python3', ['-m', 'venv', folder], { encoding: 'utf8' });
    if (made.status !== 0) return { missing: reason('python3 -m venv failed', made) };
  }
  const installed = spawnSync(own, ['-m', 'pip', 'install', '--quiet', ...peer.pip], { encoding: 'utf8' });
  if (installed.status !== 0) return { missing: reason('pip install failed', installed) };
  return works(own, peer) ? { contender: contender(peer, own) } : { missing: 'installed, but cannot be imported' };
}

function works(python: string, peer: Peer): boolean {
  return spawnSync(python, ['-c', peer.check], { stdio: 'ignore' }).status === 0;
}

function contender(peer: Peer, python: string): Contender {
  return { name: peer.name, command: python, arguments: [path.join(bench, 'peers', peer.script)] };
}

function reason(what: string, { error, stderr }: ReturnType<typeof spawnSync>): string {
  const said =
    String(stderr ?? '')
      .trim()
      .split('\n')
      .at(-1) ?? '';
  return `${what}: ${error?.message ?? said}`;
}
