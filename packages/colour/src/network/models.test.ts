import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { countParameters, floatTensor, OnnxRunner, predict, saveModel, type Tensor } from '@chromaray/engine';
import { describe, expect, it } from 'vitest';
import { colourUNetFile, initialColourUNet, trainableColourUNet } from './models.js';

const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-unet-'));
const bins = 6;
const answer = {
  centres: Array.from({ length: bins }, (_, i) => [16 * i - 48, 32 - 16 * i] as const),
  offsets: Array.from({ length: bins }, (_, i) => 0.3 * i),
  temperature: 0.5,
};
const side = 32;
const pixels = Uint8Array.from({ length: side * side }, (_, i) => (Math.imul(i, 2654435761) >>> 21) & 255);

async function run(weights: ReadonlyMap<string, Tensor>, size: number, input: Float32Array) {
  const file = path.join(folder, 'unet.onnx');
  saveModel(file, colourUNetFile(weights, answer));
  const runner = await OnnxRunner.load(file, { threads: 1 });
  const { output } = await runner.run({ input: { data: input, dims: [1, 1, size, size] } }, ['output']);
  await runner.release();
  return { ...output!, bytes: statSync(file).size };
}

describe('colour-unet', () => {
  const network = trainableColourUNet(side, 5, answer);

  it('has 1 to 2 million parameters and, in half precision, at most 4 MB', async () => {
    const many = trainableColourUNet(16, 5, {
      ...answer,
      centres: Array.from({ length: 150 }, () => [0, 0]),
      offsets: Array(150).fill(0),
    });
    expect(countParameters(many)).toBeGreaterThan(1e6);
    expect(countParameters(many)).toBeLessThan(2e6);
    expect((await run(initialColourUNet(5, bins), 16, new Float32Array(256))).bytes).toBeLessThan(4e6);
  });

  it.each([16, 80, 256])('as a file works at %i pixels', async (size) => {
    const { dims, data } = await run(initialColourUNet(5, bins), size, new Float32Array(size * size).fill(0.3));
    expect(dims).toEqual([1, 2, size, size]);
    expect(data.every(Number.isFinite)).toBe(true);
  });

  it('as a file gives what the trained network gives, to the rounding of float16', async () => {
    const source = {
      count: 1,
      shape: [1, side, side] as const,
      targetSize: 1,
      read: (_: Int32Array, into: { pixels: Uint8Array }) => into.pixels.set(pixels),
    };
    const coarse = await predict(network.model, source);
    const fine = await run(
      initialColourUNet(5, bins),
      side,
      Float32Array.from(pixels, (level) => level / 255),
    );
    // Enlarging by 4 between centres of pixels: the mean of the four around the centre of a coarse pixel is its value.
    const small = side / 4;
    for (let channel = 0; channel < 2; channel++) {
      for (let y = 0; y < small; y++) {
        for (let x = 0; x < small; x++) {
          const at = (row: number, column: number) =>
            fine.data[(channel * side + 4 * y + row) * side + 4 * x + column]!;
          const middle = (at(1, 1) + at(1, 2) + at(2, 1) + at(2, 2)) / 4;
          const [inside, value] = [
            x > 0 && y > 0 && x < small - 1 && y < small - 1,
            coarse[(channel * small + y) * small + x]!,
          ];
          if (inside) expect(Math.abs(middle - value)).toBeLessThan(8);
        }
      }
    }
  });

  it('answers with the mean of its colours, sharpened and weighed as asked', async () => {
    // A network of zeros but for the answer's bias: the same logits everywhere.
    const logits = [0.2, -0.4, 0.9, 0.1, -1, 0.6];
    const weights = new Map(
      [...initialColourUNet(5, bins)].map(([name, { dims, data }]) => [
        name,
        floatTensor(dims, new Float32Array(data.length)),
      ]),
    );
    weights.set('answer/bias', floatTensor([bins], logits));
    const { data } = await run(weights, 16, new Float32Array(256));
    const shares = logits.map((logit, i) => Math.exp(logit / answer.temperature + answer.offsets[i]!));
    const total = shares.reduce((a, b) => a + b);
    [0, 1].forEach((axis) => {
      const expected = shares.reduce((sum, share, i) => sum + (share / total) * answer.centres[i]![axis]!, 0);
      expect(data[axis * 256 + 100]).toBeCloseTo(expected, 3);
    });
  });

  it('begins with weights that depend on the seed alone', () => {
    const kernel = (seed: number) => initialColourUNet(seed, bins).get('bottom/kernel')!.data;
    expect(kernel(5)).toEqual(kernel(5));
    expect(kernel(5).slice(0, 9)).not.toEqual(kernel(6).slice(0, 9));
    expect(network.model.graph.initializers.get('bottom/kernel')!.data).toEqual(kernel(5));
  });
});
