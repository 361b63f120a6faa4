import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Peer, type Prepared, peerScript, peersFolder } from './peer.js';
import { reasonOf } from './reason.js';

/** What JavaScript offers besides: exact versions, so that a row means the same next year. */
const packages = ['@tensorflow/tfjs@4.22.0', '@tensorflow/tfjs-backend-wasm@4.22.0', '@jax-js/jax@0.1.25'];

export const javascriptPeers: readonly Peer[] = [
  peer('tfjs-wasm', 'TensorFlow.js on its WebAssembly backend', 'tfjs.mjs', 'wasm'),
  peer('tfjs-cpu', 'TensorFlow.js on its plain JavaScript backend', 'tfjs.mjs', 'cpu'),
  peer('jax-js', 'jax-js on its WebAssembly backend', 'jax.mjs', 'wasm'),
];

function peer(name: string, description: string, script: string, device: string): Peer {
  return {
    name,
    description,
    onlyWhenNamed: true,
    prepare: async (say): Promise<Prepared> => {
      const folder = path.join(peersFolder, 'javascript');
      const missing = await install(folder, say);
      if (missing !== undefined) return { missing };
      const variant = { modules: folder, device };
      return { contender: { name, command: process.execPath, arguments: [peerScript(script)], variant } };
    },
  };
}

/** A folder of its own, so that the workspace does not depend on a peer. */
async function install(folder: string, say: (text: string) => void): Promise<string | undefined> {
  const names = packages.map((name) => name.slice(0, name.lastIndexOf('@')));
  if (names.every((name) => existsSync(path.join(folder, 'node_modules', name)))) return undefined;
  say('Installing TensorFlow.js and jax-js into bench/.peers (once)');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  const installed = spawnSync('npm', ['install', '--silent', '--no-audit', '--no-fund', ...packages], {
    cwd: folder,
    encoding: 'utf8',
  });
  return installed.status === 0 ? undefined : reasonOf('npm install failed', installed);
}
