import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadModel } from '@chromaray/engine';
import type { GrayImage } from '@chromaray/imaging';
import { describe, expect, it } from 'vitest';
import { addColorizer } from './add.js';
import { writeDeoldifyFile } from './deoldify-file.test-support.js';
import { openColorizer } from './open.js';

/** Recorded by test/reference/deoldify_recipe.py from the weights of the same file. */
const reference: {
  readonly origin: string;
  /** The sum of all weights' sizes, by which a file with others is known. */
  readonly weights: number;
  readonly width: number;
  readonly height: number;
  readonly gray: readonly number[];
  readonly cases: readonly { readonly renderFactor: number; readonly expected: readonly number[] }[];
} = JSON.parse(readFileSync(new URL('../../test/fixtures/deoldify-narrow.json', import.meta.url), 'utf8'));
const gray: GrayImage = { width: reference.width, height: reference.height, data: Uint8Array.from(reference.gray) };
const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-deoldify-'));

describe(`the preset deoldify, exported by the engine and added as a colorizer, against ${reference.origin}`, () => {
  // 8: even; 15 and 21: sides that are odd before they are halved the last time.
  it.each(reference.cases)(
    'colours as DeOldify does at render factor $renderFactor',
    async ({ renderFactor, expected }) => {
      const name = `narrow-${renderFactor}`;
      const file = writeDeoldifyFile(path.join(folder, `${name}-given.onnx`), 16 * renderFactor);
      const { initializers } = loadModel(file).graph;
      const floats = [...initializers.values()].filter(({ dtype }) => dtype === 'float32');
      const sum = floats.reduce(
        (total, { data }) => (data as Float32Array).reduce((a, b) => a + Math.abs(b), total),
        0,
      );
      expect(sum, 'weights as they were recorded; if they have changed, record again').toBeCloseTo(
        reference.weights,
        2,
      );

      const tensors = { input: 'input', output: 'normalised' };
      const added = await addColorizer(file, { contract: 'deoldify-imagenet', name, folder, tensors });
      expect(added.renderFactors).toEqual([renderFactor]);
      const colorizer = await openColorizer(name, { folder });
      const [coloured] = await colorizer.colorize([gray]);
      await colorizer.release();
      const off = expected.map((sample, i) => Math.abs(sample - coloured!.data[i]!));
      // PyTorch and ONNX Runtime add in another order: a sample on the edge of a level may fall to either side.
      expect(Math.max(...off)).toBeLessThanOrEqual(2);
      expect(off.filter((by) => by > 0).length).toBeLessThan(0.005 * off.length);
    },
  );
});
