import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ExampleSource, NetworkBuilder, OnnxRunner, predict, saveModel } from '@chromaray/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addColorizer } from '../colorizer/add.js';
import { openUntrainedColorizer } from '../colorizer/untrained.js';
import { weightsOf } from '../training/stage.js';
import { colourUNetWith, readEncoder } from './colorizer-network.js';
import { chromaOf } from './picture.js';

const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-encoder-'));
const pretrained = path.join(folder, 'pretrained.onnx');
const answer = {
  centres: [
    [-60, 20],
    [50, -10],
    [0, 60],
  ] as const,
  offsets: [0, 0.2, 0],
  temperature: 0.5,
};

beforeAll(() => {
  const network = new NetworkBuilder('pretrained', 3);
  let value = network.graph.input('picture', 'float32', ['batch', 3, 224, 224]);
  for (const level of [1, 2, 3, 4]) {
    const layer = { name: `layer-${level}`, filters: 4 * level, kernel: 3, padding: 'same', stride: 2 } as const;
    value = network.relu(network.batchNorm(network.convolution(value, layer), `norm-${level}`));
  }
  saveModel(pretrained, network.finishAs(value, 'features').model);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('colour-unet on a pretrained encoder', () => {
  it.each([32, 80])('as a file gives what it gives in training, at %i pixels', async (side) => {
    const network = colourUNetWith(readEncoder(pretrained, { range: [-1, 1] }));
    const data = Uint8Array.from({ length: side * side }, (_, i) => 128 + 100 * Math.sin(i / 9));
    const source = {
      ...{ count: 1, shape: [1, side, side], targetSize: 1 },
      read: (_: Int32Array, into: { pixels: Uint8Array }) => into.pixels.set(data),
    } as unknown as ExampleSource;
    const { model } = network.form(side, 2, answer, 'pixels').model;
    const expected = chromaOf(Float32Array.from(await predict(model, source)), side * side, 'imagenet');
    const file = path.join(folder, `${side}.onnx`);
    saveModel(file, network.file(weightsOf(model), answer));
    const runner = await OnnxRunner.load(file, { threads: 1 });
    const input = { data: Float32Array.from(data, (level) => level / 255), dims: [1, 1, side, side] };
    const found = (await runner.run({ input }, ['output']))['output']!.data as Float32Array;
    await runner.release();
    // The file's weights are rounded to float16.
    expect(Math.max(...expected.map((value, i) => Math.abs(value - found[i]!)))).toBeLessThan(2);
    expect(Math.max(...expected) - Math.min(...expected)).toBeGreaterThan(5);
  });

  it('begins from the pretrained weights, which learn slower, and rest in NoGAN', () => {
    const network = colourUNetWith(readEncoder(pretrained, 'imagenet'));
    const { model, trainable } = network.form(32, 2, answer, 'classes').model;
    const kernel = [...model.graph.initializers].find(([name]) => name === 'encoder/layer-1/kernel');
    expect(kernel).toBeDefined();
    const other = network.form(32, 3, answer, 'classes').model.model.graph.initializers;
    expect(other.get('encoder/layer-1/kernel')!.data).toEqual(kernel![1].data);
    expect(other.get('bottom/kernel')!.data).not.toEqual(model.graph.initializers.get('bottom/kernel')!.data);
    const own = trainable.filter((name) => network.isEncoder(name));
    expect(own).toHaveLength(16);
    expect(own.every((name) => network.rate!(name) === 0.1)).toBe(true);
    expect(network.rate!('bottom/kernel')).toBe(1);
    expect(network.summary).toContain('pretrained.onnx');
  });

  it('has no untrained twin', async () => {
    const network = colourUNetWith(readEncoder(pretrained, 'imagenet'));
    const file = path.join(folder, 'mine.onnx');
    saveModel(file, network.file(weightsOf(network.form(32, 2, answer, 'classes').model.model), answer));
    const installed = path.join(folder, 'installed');
    await addColorizer(file, { contract: 'uv', name: 'mine', folder: installed });
    await expect(openUntrainedColorizer('mine', { folder: installed, seed: 1 })).rejects.toMatchObject({
      code: 'CHROMARAY_COLORIZER_NO_UNTRAINED',
      message: expect.stringContaining('pretrained encoder'),
    });
  });
});
