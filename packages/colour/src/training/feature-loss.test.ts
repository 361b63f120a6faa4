import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NetworkBuilder, saveModel } from '@chromaray/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFeatures } from './feature-loss.js';

const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-features-'));
const file = path.join(folder, 'eyes.onnx');
beforeAll(() => {
  const network = new NetworkBuilder('eyes', 1);
  const picture = network.graph.input('picture', 'float32', ['batch', 3, 224, 224]);
  const first = network.convolution(picture, { name: 'first', filters: 4, kernel: 3, stride: 2 });
  saveModel(file, network.finishAs(network.relu(first), 'seen').model);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const refused = expect.objectContaining({ code: 'CHROMARAY_COLORIZER_TRAINING_OPTION' });

describe('readFeatures', () => {
  it('names the tensors that a network makes where one is not there', async () => {
    const missing = readFeatures({ network: file, tensors: ['first_relu'], weights: [1] });
    await expect(missing).rejects.toMatchObject({
      code: 'CHROMARAY_TRAINING_FEATURES',
      message: expect.stringMatching(/eyes\.onnx makes no tensor named "first_relu"; those it makes are .*seen/),
    });
  });

  it('asks for one weight above 0 for each tensor, or takes DeOldify’s three', async () => {
    const read = (count: number, weights?: number[]) =>
      readFeatures({ network: file, tensors: Array(count).fill('seen'), ...(weights && { weights }) });
    expect((await read(3)).record.layers.map(({ weight }) => weight)).toEqual([20, 70, 10]);
    expect((await read(1, [5])).loss.layers).toEqual([{ tensor: 'seen', weight: 5 }]);
    for (const bad of [read(2), read(2, [1]), read(1, [0]), read(1, [Number.NaN]), read(0)])
      await expect(bad).rejects.toEqual(refused);
    await expect(readFeatures({ network: path.join(folder, 'none.onnx'), tensors: ['a'] })).rejects.toEqual(refused);
  });

  it('shows the network the pictures in its own units', async () => {
    const of = { network: file, tensors: ['seen'], weights: [1] };
    expect((await readFeatures(of)).loss.input).toBeUndefined();
    const { loss } = await readFeatures({ ...of, input: { range: [-1, 1] } });
    const { scale, shift } = loss.input as { scale: number[]; shift: number[] };
    // White and black in ImageNet's units become 1 and -1.
    [0.485, 0.456, 0.406].forEach((mean, c) => {
      const deviation = [0.229, 0.224, 0.225][c]!;
      expect(scale[c]! * ((1 - mean) / deviation) + shift[c]!).toBeCloseTo(1, 12);
      expect(scale[c]! * ((0 - mean) / deviation) + shift[c]!).toBeCloseTo(-1, 12);
    });
    await expect(readFeatures({ ...of, input: { range: [1, -1] } })).rejects.toEqual(refused);
  });
});
