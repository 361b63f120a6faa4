import { sha256 } from '@chromaray/base';
import type { Model } from '../graph/types.js';
import { fitAdversarial } from './fit-adversarial.js';
import { tinyRequest } from './players.test-support.js';

// A whole process: trains two networks with checkpoints in a folder, says when a stretch is finished, and prints a hash.

const [folder, backend] = process.argv.slice(2) as [string, string];

function tensors({ graph }: Model): string {
  return [...graph.initializers]
    .map(
      ([name, { data }]) =>
        `${name}:${sha256(new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength))}`,
    )
    .join();
}

const result = await fitAdversarial(
  tinyRequest(
    { steps: 60, backend, checkpoint: { folder } },
    {
      onEvent: (event) => {
        if (event.kind === 'start') console.log(`resumed ${event.resumedFrom}`);
        if (event.kind === 'step' && event.step % 10 === 5) console.log(`step ${event.step}`);
      },
    },
  ),
);
console.log(`bits ${sha256(tensors(result.generator) + tensors(result.critic))}`);
