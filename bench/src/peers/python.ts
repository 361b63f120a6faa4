import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Variant } from '../measurement.js';
import { type Peer, type Prepared, peerScript, peersFolder } from './peer.js';
import { reasonOf } from './reason.js';

/** What a Python peer needs, and how it is installed. */
interface Requirement {
  /** Name of its virtual environment. */
  readonly environment: string;
  /** Exits with 0 when everything the script needs is there. */
  readonly check: string;
  readonly pip: readonly string[];
}

const pytorch: Requirement = {
  environment: 'pytorch',
  check: 'import torch, numpy; assert torch.__version__.startswith("2.13.0")',
  pip: ['numpy', 'torch==2.13.0+cpu', '--extra-index-url', 'https://download.pytorch.org/whl/cpu'],
};
const keras: Requirement = {
  environment: 'keras-tensorflow',
  check: 'import tensorflow, keras',
  pip: ['tensorflow-cpu>=2.19', 'keras>=3.9'],
};

/** The compilers that torch.compile calls. */
const compilers = ['g++', 'clang++'];

export const pythonPeers: readonly Peer[] = [
  peer('pytorch', 'PyTorch, float32, channels_last', pytorch, 'pytorch.py', {}),
  peer('pytorch-bf16', 'PyTorch with bfloat16 autocast', pytorch, 'pytorch.py', { precision: 'bfloat16' }),
  {
    ...peer('torch-compile', 'PyTorch compiled by torch.compile', pytorch, 'pytorch.py', { compile: true }),
    prepare: async (say) =>
      compilers.some((compiler) => spawnSync(compiler, ['--version']).status === 0)
        ? preparePython('torch-compile', pytorch, 'pytorch.py', { compile: true }, say)
        : { missing: `torch.compile needs a C++ compiler (${compilers.join(' or ')}) on the path` },
  },
  peer('keras', 'Keras on TensorFlow, float32', keras, 'keras_tensorflow.py', {}),
  {
    ...peer('keras-bf16', 'Keras on TensorFlow, mixed_bfloat16', keras, 'keras_tensorflow.py', {
      precision: 'bfloat16',
    }),
    onlyWhenNamed: true,
  },
];

function peer(name: string, description: string, requirement: Requirement, script: string, variant: Variant): Peer {
  return {
    name,
    description,
    onlyWhenNamed: false,
    prepare: (say) => preparePython(name, requirement, script, variant, say),
  };
}

async function preparePython(
  name: string,
  requirement: Requirement,
  script: string,
  variant: Variant,
  say: (text: string) => void,
): Promise<Prepared> {
  const found = await findPython(requirement, say);
  if ('missing' in found) return found;
  return { contender: { name, command: found.python, arguments: [peerScript(script)], variant } };
}

/** A Python for Keras, as every peer gets one. */
export function findKeras(say: (text: string) => void) {
  return findPython(keras, say);
}

/**
 * Finds a Python that has what the peer needs: the one on the path, or one of our own under
 * `bench/.peers`, which is made on first use.
 */
async function findPython(
  { environment, check, pip }: Requirement,
  say: (text: string) => void,
): Promise<{ readonly python: string } | { readonly missing: string }> {
  const works = (python: string) => spawnSync(python, ['-c', check], { stdio: 'ignore' }).status === 0;
  const folder = path.join(peersFolder, environment);
  const own = path.join(folder, 'bin', 'python');
  const found = ['python3', own].find(works);
  if (found !== undefined) return { python: found };
  say(`Installing ${environment} into bench/.peers (once)`);
  await mkdir(peersFolder, { recursive: true });
  if (!existsSync(own)) {
    const made = spawnSync('python3', ['-m', 'venv', folder], { encoding: 'utf8' });
    if (made.status !== 0) return { missing: reasonOf('python3 -m venv failed', made) };
  }
  const installed = spawnSync(own, ['-m', 'pip', 'install', '--quiet', ...pip], { encoding: 'utf8' });
  if (installed.status !== 0) return { missing: reasonOf('pip install failed', installed) };
  return works(own) ? { python: own } : { missing: 'installed, but cannot be imported' };
}
