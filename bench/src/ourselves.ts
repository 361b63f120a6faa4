import { childEntry } from '@chromaray/base';
import { describeBackends } from '@chromaray/engine';
import type { Contender } from './contender.js';
import type { Variant } from './measurement.js';

const ways: Readonly<Record<string, Variant>> = {
  onednn: { backend: 'onednn', precision: 'float32' },
  'onednn-bf16': { backend: 'onednn', precision: 'bfloat16' },
  onnxruntime: { backend: 'onnxruntime', precision: 'float32' },
};

/** Chromaray's ways to run a model. */
export const ourNames: readonly string[] = Object.keys(ways);

/** Those that this machine has. Whether its processor computes in bfloat16 shows when it is asked to. */
export function installedWays(): readonly string[] {
  const available = describeBackends()
    .filter((backend) => backend.available)
    .map(({ name }) => name as string);
  return ourNames.filter((name) => available.includes(ways[name]!.backend!));
}

/** How the engine is asked to run it. */
export function waysOf(name: string): Variant {
  return ways[name]!;
}

export function ourselves(name: string): Contender {
  const { file, execArgv } = childEntry(import.meta.url, './chromaray-process');
  return { name, command: process.execPath, arguments: [...execArgv, file], variant: ways[name]! };
}
