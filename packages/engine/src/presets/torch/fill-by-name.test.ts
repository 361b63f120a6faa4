import { describe, expect, it } from 'vitest';
import { tensorOf } from '../../graph/tensor.js';
import type { Model, Tensor } from '../../graph/types.js';
import type { WeightsFile } from '../../transfer/weights-file.js';
import { prepareTransfer } from '../prepare-transfer.js';
import type { PresetOptions } from '../preset.js';
import { buildPreset } from '../registry.js';
import { fillByName } from './fill-by-name.js';
import { torchPreset } from './preset.js';

const tiny = torchPreset({
  name: 'tiny',
  description: '',
  input: 'imagenet',
  firstWeight: 'conv0.weight',
  classifier: 'fc.',
  addFeatures(layers, picture) {
    const convolved = layers.convolution(picture, 'conv0', { filters: 4, kernel: 3, weights: { normal: 1 } });
    return layers.features(layers.batchNorm(convolved, 'denselayer1.norm1'));
  },
});

const options: PresetOptions = { height: 8, width: 8, transform: { kind: 'gray' }, seed: 1 };
const tensor = (
  dims: readonly number[],
  value: number,
  dtype: 'float32' | 'float64' | 'float16' | 'bfloat16' = 'float32',
): Tensor => tensorOf(dtype, dims, new Array<number>(dims.reduce((a, b) => a * b, 1)).fill(value));

const right: Readonly<Record<string, Tensor>> = {
  'conv0.weight': tensor([4, 3, 3, 3], 2),
  'denselayer1.norm1.weight': tensor([4], 3),
  'denselayer1.norm1.bias': tensor([4], 4),
  'denselayer1.norm1.running_mean': tensor([4], 5),
  'denselayer1.norm1.running_var': tensor([4], 6),
  'denselayer1.norm1.num_batches_tracked': tensor([], 7),
  'fc.weight': tensor([18, 4], 8),
};

function file(tensors: Readonly<Record<string, Tensor>>): WeightsFile {
  const graph = { name: '', inputs: [], outputs: [], nodes: [], initializers: new Map(Object.entries(tensors)) };
  const model: Model = { graph, opsets: new Map([['', 17]]), irVersion: 8, producer: '', metadata: new Map() };
  return { file: 'w.safetensors', sha256: '', model };
}

function filled(tensors: Readonly<Record<string, Tensor>>, over: Partial<PresetOptions> = {}) {
  const weights = file(tensors);
  const network = tiny.build({ ...options, ...over, weights });
  return fillByName(network, { preset: 'tiny', classifier: 'fc.' }, weights).model.graph.initializers;
}

const without = (name: string) => Object.fromEntries(Object.entries(right).filter(([key]) => key !== name));

describe('weights by the names of a PyTorch state dictionary', () => {
  it('are taken over, running statistics included, and the classifier is left', () => {
    const found = filled(right);
    expect(found.get('conv0.weight')!.data[0]).toBe(2);
    expect(found.get('denselayer1.norm1.running_var')!.data[0]).toBe(6);
    expect(found.get('head/output/kernel')!.dims).toEqual([4, 1]);
    expect([...found.keys()].some((name) => name.startsWith('fc.'))).toBe(false);
  });

  it("are found under the names of torchvision's first DenseNets", () => {
    const older = Object.fromEntries(Object.entries(right).map(([name, t]) => [name.replace('norm1', 'norm.1'), t]));
    expect(filled(older).get('denselayer1.norm1.bias')!.data[0]).toBe(4);
  });

  it('of one channel make a network of one channel, whose scaling has to be said', () => {
    const gray = { ...right, 'conv0.weight': tensor([4, 1, 3, 3], 9) };
    expect(filled(gray, { input: { range: [-1024, 1024] } }).get('conv0.weight')!.dims).toEqual([4, 1, 3, 3]);
    expect(() => filled(gray)).toThrow(expect.objectContaining({ code: 'CHROMARAY_TRANSFER_INPUT' }));
    expect(() => filled(gray, { input: { range: [-1024, 1024] }, transform: { kind: 'rgb' } })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_TRANSFER_CHANNELS' }),
    );
  });

  it.each([
    ['a tensor less', without('denselayer1.norm1.bias'), ['1 tensor is missing (denselayer1.norm1.bias)']],
    ['a tensor more', { ...right, 'conv1.weight': tensor([1], 1) }, ['1 tensor is not part of it (conv1.weight)']],
    ['another shape', { ...right, 'conv0.weight': tensor([4, 3, 5, 5], 1) }, ['conv0.weight is 4x3x5x5, not 4x3x3x3']],
    ['double precision', { ...right, 'conv0.weight': tensor([4, 3, 3, 3], 1, 'float64') }, ['conv0.weight is float64']],
    [
      'another network altogether',
      Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`layer${i}.weight`, tensor([1], 1)])),
      ['5 tensors are missing', '9 tensors are not part of it', 'and 4 more'],
    ],
  ])('are refused with what differs: %s', (_, tensors, parts) => {
    for (const part of parts) {
      expect(() => filled(tensors)).toThrow(
        expect.objectContaining({ code: 'CHROMARAY_TRANSFER_WEIGHTS', message: expect.stringContaining(part) }),
      );
    }
  });

  it.each(['float16', 'bfloat16'] as const)('in %s are the same numbers in float32, and that is said', (dtype) => {
    const graph = buildPreset('efficientnet-b0', { seed: 1 }).model.graph;
    const tensors = Object.fromEntries(
      [...graph.initializers]
        .filter(([name]) => /\.(weight|bias|running_mean|running_var)$/.test(name) && !name.startsWith('head/'))
        .map(([name, { dims }]) => [name, tensor(dims, 0.75, dtype)]),
    );
    const { model, widened } = prepareTransfer({
      preset: 'efficientnet-b0',
      weights: file(tensors),
      seed: 1,
      height: 32,
      width: 32,
    });
    const weight = model.model.graph.initializers.get('features.0.0.weight')!;
    expect([weight.dtype, weight.data[0]]).toEqual(['float32', 0.75]);
    expect(widened).toEqual({ types: [dtype], count: 4_049_564 });
  });

  it('without a graph cannot be a network by themselves', () => {
    const given = { onnx: file(right), features: 'x', input: 'imagenet', height: 8, width: 8, seed: 1 } as const;
    expect(() => prepareTransfer(given)).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_TRANSFER_FEATURES', message: expect.stringContaining('no graph') }),
    );
  });
});
