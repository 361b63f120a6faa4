import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadModel } from '../onnx/read.js';
import { buildPreset } from '../presets/registry.js';
import { weightLayers, withShuffledWeights } from './shuffle-weights.js';

const mobilenet = join(import.meta.dirname, '../../../../../shared/weights/mobilenet-v1-0.25-224.onnx');
const table = Uint8Array.from({ length: 768 }, (_, i) => i % 256);
const { model } = buildPreset('small', { seed: 1, height: 32, width: 32, transform: { kind: 'table', table } });
const values = (of: typeof model, name: string) => [...(of.graph.initializers.get(name)!.data as Float32Array)];

describe('weight layers', () => {
  it('go from the head down and hold what is learned, no colour table', () => {
    const layers = weightLayers(model.graph);
    expect(layers[0]).toEqual({ name: 'output', tensors: ['output/kernel'] });
    expect(layers[1]!.tensors).toEqual([
      'head/kernel',
      'head/norm/scale',
      'head/norm/bias',
      'head/norm/mean',
      'head/norm/variance',
    ]);
    expect(layers.at(-1)!.name).toBe('stem');
    expect(layers.flatMap(({ tensors }) => tensors).some((name) => name.startsWith('colour/'))).toBe(false);
  });

  it.skipIf(!existsSync(mobilenet))(
    'are found in an imported network (the weights are not part of the repository)',
    () => {
      const layers = weightLayers(loadModel(mobilenet).graph);
      expect(layers).toHaveLength(28);
      expect(layers.slice(1).every(({ tensors }) => tensors.length >= 5)).toBe(true);
    },
  );
});

describe('shuffled weights', () => {
  const layers = weightLayers(model.graph);

  it('keep the values of every tensor and change their order, in the layers asked for only', () => {
    const shuffled = withShuffledWeights(model, layers.slice(0, 2), 1);
    for (const name of ['output/kernel', 'head/kernel']) {
      expect(values(shuffled, name)).not.toEqual(values(model, name));
      expect(values(shuffled, name).sort()).toEqual(values(model, name).sort());
    }
    expect(values(shuffled, 'stem/kernel')).toEqual(values(model, 'stem/kernel'));
  });

  it('follow from the seed alone', () => {
    const once = withShuffledWeights(model, layers, 1);
    expect(values(withShuffledWeights(model, layers, 1), 'stem/kernel')).toEqual(values(once, 'stem/kernel'));
    expect(values(withShuffledWeights(model, layers, 2), 'stem/kernel')).not.toEqual(values(once, 'stem/kernel'));
  });

  it('move the parts of a batch normalisation together', () => {
    const numbered = new Map(model.graph.initializers);
    for (const part of ['scale', 'bias', 'mean', 'variance']) {
      const { dims, data } = numbered.get(`head/norm/${part}`)!;
      numbered.set(`head/norm/${part}`, {
        dtype: 'float32',
        dims,
        data: Float32Array.from(data as Float32Array, (_, i) => i + 1),
      });
    }
    const shuffled = withShuffledWeights({ ...model, graph: { ...model.graph, initializers: numbered } }, layers, 1);
    const scale = values(shuffled, 'head/norm/scale');
    expect(scale).not.toEqual(scale.toSorted((a, b) => a - b));
    for (const part of ['bias', 'mean', 'variance']) expect(values(shuffled, `head/norm/${part}`)).toEqual(scale);
  });
});
