import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { onnxruntimeBackend } from '../backends/onnxruntime/backend.js';
import { createOrtSession, wrap } from '../backends/onnxruntime/ort.js';
import type { Model } from '../graph/types.js';
import { initialWeights } from '../layers/initializers.js';
import { addInput, type InputTransform } from '../layers/input-transform.js';
import { NetworkBuilder } from '../layers/network-builder.js';
import { readModel } from '../onnx/read.js';
import { writeModel } from '../onnx/write.js';
import type { KerasFixture } from '../training/step/keras.test-support.js';
import { fixture } from '../training/step/run-graph.test-support.js';
import type { TrainableModel } from '../training/types.js';
import { readMetadata, researchUseNotice, withMetadata } from './metadata.js';
import { presetNames } from './preset-names.js';
import { buildPreset, presets } from './registry.js';

const keras = fixture<KerasFixture>('keras-training');

function parameters({ model, trainable }: TrainableModel): number {
  return trainable.reduce((sum, name) => sum + model.graph.initializers.get(name)!.data.length, 0);
}

/** Channel by channel, what a transform makes of the gray values (or pixels) given. */
async function transformed(transform: InputTransform, pixels: readonly number[], channels = 1): Promise<number[][]> {
  const network = new NetworkBuilder('transform', 1);
  const width = pixels.length / channels;
  const value = addInput(network, transform, { height: 1, width });
  network.graph.output(value);
  const { model } = network.finish(network.dense(network.flatten(value), 1, { name: 'unused' }));
  const session = await createOrtSession(model, { threads: 1 });
  const feeds = { pixels: wrap('uint8', Uint8Array.from(pixels), [1, channels, 1, width]) };
  const { data, dims } = (await session.run(feeds, [value]))[value]!;
  await session.release();
  return Array.from({ length: dims[1]! }, (_, c) => [...(data as Float32Array).slice(c * width, (c + 1) * width)]);
}

describe('presets', () => {
  it.each(Object.entries(keras.parameters))('%s has the %i parameters Keras counts', (name, count) => {
    expect(parameters(buildPreset(name, { seed: 1 }))).toBe(count);
  });

  it.each([
    ['gray-1', 1_304_193],
    ['gray-best', 1_304_769],
    ['gray-128', 1_075_649],
    ['gray-final', 1_075_649],
    ['color-short', 29_512_289],
    ['color-val', 6_530_625],
    ['color-final', 6_530_625],
    // torchvision's resnet18 has 11,689,512, of which 513,000 in the thousand outputs; here one, 513.
    ['resnet18', 11_689_512 - 513_000 + 513],
  ])('%s has the %i parameters that were published', (name, count) => {
    expect(parameters(buildPreset(name, { seed: 1 }))).toBe(count);
  });

  it('small stays small', () => {
    const count = parameters(buildPreset('small', { seed: 1 }));
    expect(count).toBeGreaterThan(100_000);
    expect(count).toBeLessThan(300_000);
  });

  it.each(['mod4-1', 'gray-1', 'gray-4', 'small', 'resnet18'])('%s takes a training step', async (name) => {
    const model = buildPreset(name, { seed: 1, height: 64, width: 64, transform: { kind: 'gray' } });
    const session = await onnxruntimeBackend.train(
      { model, loss: { kind: 'binary-cross-entropy' }, optimizer: { kind: 'adam' }, seed: 1 },
      2,
      { threads: 1 },
    );
    const { loss } = await session.step({
      pixels: Uint8Array.from({ length: 2 * 64 * 64 }, (_, i) => (i * 37) % 256),
      targets: Float32Array.of(0, 1),
      weights: Float32Array.of(1, 1),
      count: 2,
      learningRate: 1e-3,
      step: 1,
    });
    await session.release();
    // A softmax over one unit is wrong on every negative and its loss is Keras's clipped 16.118 there.
    if (name === 'mod4-1') expect(loss).toBeCloseTo(8.059, 2);
    else expect(loss).toBeLessThan(5);
  });

  it('start alike under one seed, whatever the input transform', () => {
    const weight = (transform: InputTransform, seed = 1, name = 'convolution-2/kernel') =>
      buildPreset('gray-1', { seed, transform }).model.graph.initializers.get(name)!.data;
    expect(weight({ kind: 'repeat' })).toEqual(weight({ kind: 'gray' }));
    expect(weight({ kind: 'gray' }, 2)).not.toEqual(weight({ kind: 'gray' }, 1));
  });

  it('suggests the name that was meant', () => {
    expect(() => buildPreset('gray-finale', { seed: 1 })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_PRESET_UNKNOWN', remedy: 'Did you mean gray-final?' }),
    );
  });

  it('refuses images that leave nothing after the last pooling', () => {
    expect(() => buildPreset('gray-final', { seed: 1, height: 40, width: 40 })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_PRESET_SIZE' }),
    );
  });

  it('are listed by name', () => {
    expect(presetNames).toContain('gray-final');
    expect(new Set(presetNames).size).toBe(presetNames.length);
    expect(presets.map(({ name }) => name)).toEqual(presetNames);
  });
});

describe('initial weights', () => {
  it.each(keras.initializers)('$name has the spread and the bounds of Keras', ({ name, dims, deviation, largest }) => {
    const values = [...(initialWeights(name, dims, new Random(1)).data as Float32Array)];
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean)).toBeLessThan(deviation / 50);
    expect(spread / deviation).toBeCloseTo(1, 2);
    expect(Math.max(...values.map(Math.abs)) / largest).toBeCloseTo(1, 2);
  });

  it('count the inputs of a dense layer by its first axis, as Keras does', () => {
    const { data } = initialWeights('he-uniform', [600, 10], new Random(1));
    expect(Math.max(...(data as Float32Array).map(Math.abs))).toBeCloseTo(Math.sqrt(6 / 600), 2);
  });
});

describe('input transforms', () => {
  const table = Uint8Array.from({ length: 768 }, (_, i) => (i * 11) % 256);

  it('scale gray, repeat it, and look colours up', async () => {
    expect(await transformed({ kind: 'gray' }, [0, 51, 255])).toEqual([[0, expect.closeTo(0.2, 6), 1]]);
    const repeated = await transformed({ kind: 'repeat' }, [0, 255]);
    expect(repeated).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    const colours = await transformed({ kind: 'table', table }, [0, 7, 255]);
    colours.forEach((channel, c) => {
      [0, 7, 255].forEach((gray, i) => {
        expect(channel[i]).toBeCloseTo(table[gray * 3 + c]! / 255, 6);
      });
    });
  });

  it('take pixels that are coloured already', async () => {
    expect(await transformed({ kind: 'rgb' }, [0, 255, 255, 0, 0, 0], 3)).toEqual([
      [0, 1],
      [1, 0],
      [0, 0],
    ]);
  });

  it('learn colours, or with as many weights only a gray', async () => {
    const colours = await transformed({ kind: 'learned' }, [10, 200]);
    expect(new Set(colours.map(([first]) => first)).size).toBe(3);
    const grays = await transformed({ kind: 'learned-gray' }, [10, 200]);
    expect(new Set(grays.map(([first]) => first)).size).toBe(1);
    const size = (kind: 'learned' | 'learned-gray') =>
      parameters(buildPreset('small', { seed: 1, transform: { kind } }));
    expect(size('learned')).toBe(size('learned-gray'));
  });

  it('refuse a table of another size', () => {
    expect(() => buildPreset('small', { seed: 1, transform: { kind: 'table', table: new Uint8Array(256) } })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_PRESET_TABLE' }),
    );
  });
});

describe('a saved model', () => {
  const table = Uint8Array.from({ length: 768 }, (_, i) => i % 256);

  it('runs by itself, from gray pixels to a probability, and carries its metadata', async () => {
    const { model } = buildPreset('small', { seed: 1, height: 32, width: 32, transform: { kind: 'table', table } });
    const described = withMetadata(model, {
      classes: ['NORMAL', 'PNEUMONIA'],
      positive: 'PNEUMONIA',
      threshold: 0.4,
      height: 32,
      width: 32,
      transform: 'turbo',
      preset: 'small',
    });
    const read: Model = readModel(writeModel(described));
    expect(readMetadata(read)).toMatchObject({ positive: 'PNEUMONIA', threshold: 0.4, notice: researchUseNotice });
    expect(readMetadata(model)).toBeUndefined();

    const { InferenceSession, Tensor } = await import('onnxruntime-node');
    const session = await InferenceSession.create(writeModel(read));
    const pixels = new Tensor('uint8', new Uint8Array(2 * 32 * 32).fill(100), [2, 1, 32, 32]);
    const { probability } = await session.run({ pixels });
    expect(probability!.dims).toEqual([2, 1]);
    for (const p of probability!.data as Float32Array) expect(p > 0 && p < 1).toBe(true);
    await session.release();
  });
});
