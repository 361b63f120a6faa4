import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decodeGray } from '../decode/decode.js';
import { encodePng } from '../encode/encode.js';
import type { ImageOperations } from './options.js';

/** Made by test/reference/operation_chains.py on a phantom: Pillow, OpenCV, SciPy and torch, one after the other. */
const { width, height, pixels, chains } = JSON.parse(
  readFileSync(new URL('../../test/fixtures/operation-chains.json', import.meta.url), 'utf8'),
) as {
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly number[];
  readonly chains: readonly {
    readonly operations: ImageOperations;
    readonly side: number;
    readonly expected: readonly number[];
  }[];
};

it.each(chains.map((chain) => ({ ...chain, name: JSON.stringify(chain.operations) })))(
  'a phantom reaches the network as other libraries make it: $name',
  async ({ operations, side, expected }) => {
    const file = await encodePng({ width, height, channels: 1, data: Uint8Array.from(pixels) });
    const { data } = await decodeGray(file, { size: side, operations });
    const off = expected.map((value, i) => Math.abs(value - data[i]!));
    // CLAHE and JPEG may each round to the other side; without them every level agrees.
    const isRounded = operations.clahe !== undefined || operations.jpeg !== undefined;
    expect(Math.max(...off)).toBeLessThanOrEqual(isRounded ? 2 : 0);
    expect(off.reduce((sum, by) => sum + by, 0) / off.length).toBeLessThan(0.2);
  },
);
