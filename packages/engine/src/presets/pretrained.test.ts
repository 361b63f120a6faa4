import { describe, expect, it } from 'vitest';
import { onnxruntimeBackend } from '../backends/onnxruntime/backend.js';
import { countParameters } from '../fit/size.js';
import type { Model } from '../graph/types.js';
import type { TrainableModel } from '../training/types.js';
import type { WeightsFile } from '../transfer/weights-file.js';
import { mobilenet } from './mobilenet.js';
import { gray7 } from './original-study/gray-7.js';
import type { PresetOptions } from './preset.js';
import { buildPreset, buildUntuned } from './registry.js';

const options: PresetOptions = { height: 32, width: 32, transform: { kind: 'repeat' }, seed: 1 };

/** A network as if it had been exported and read again. */
function asFile(model: Model, file = 'network.onnx'): WeightsFile {
  return { file, sha256: '', model };
}

function base({ model }: TrainableModel): number {
  return [...model.graph.initializers].reduce(
    (sum, [name, { dtype, data, dims }]) =>
      dtype === 'float32' && dims.length > 0 && !name.startsWith('head/') ? sum + data.length : sum,
    0,
  );
}

describe('mobilenet-v1-0.25', () => {
  it('has the numbers that Keras counts: 218,544 with the running statistics, 213,072 trained', () => {
    const network = mobilenet.build(options);
    expect(base(network)).toBe(218_544);
    expect(countParameters(network)).toBe(213_072 + 257);
  });

  it('takes a training step at any size, from gray, repeated and coloured pixels', async () => {
    for (const kind of ['gray', 'repeat', 'learned'] as const) {
      const model = buildPreset('mobilenet-v1-0.25', { ...options, transform: { kind }, height: 40, width: 40 });
      expect(await step(model, 40)).toBeLessThan(5);
    }
  });
});

describe('gray-7', () => {
  const network = gray7.build({ ...options, height: 96, width: 96 });

  it('has the 14,714,688 weights of VGG16 without its top, and the dense layers of the study on 3x3x512 features', () => {
    expect(base(network)).toBe(14_714_688);
    expect(countParameters(network)).toBe(14_714_688 + (4608 * 512 + 512) + 513);
  });

  it('is frozen up to its head', () => {
    const frozen = buildPreset('gray-7', { seed: 1, weights: asFile(network.model) });
    expect(frozen.trainable).toEqual([
      'head/dense/kernel',
      'head/dense/bias',
      'head/output/kernel',
      'head/output/bias',
    ]);
    const name = 'block-3/convolution-2/kernel';
    expect(frozen.model.graph.initializers.get(name)!.data).toEqual(network.model.graph.initializers.get(name)!.data);
  });

  it('asks for its weights', () => {
    expect(() => buildPreset('gray-7', { seed: 1 })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_PRESET_WEIGHTS', message: expect.stringContaining('gray-7') }),
    );
  });
});

describe('weights from a file', () => {
  it('are matched by the order of layers, under every seed the same, and leave the head random', () => {
    const given = asFile(mobilenet.build({ ...options, seed: 'elsewhere' }).model);
    const [first, second] = [1, 2].map((seed) =>
      buildPreset('mobilenet-v1-0.25', { ...options, seed, weights: given }),
    );
    const values = (network: TrainableModel, name: string) => network.model.graph.initializers.get(name)!.data;
    for (const name of first!.trainable.filter((tensor) => !tensor.startsWith('head/'))) {
      expect(values(first!, name)).toEqual(given.model.graph.initializers.get(name)!.data);
    }
    expect(values(first!, 'head/output/kernel')).not.toEqual(values(second!, 'head/output/kernel'));
  });

  it('of another network are refused with the first layer that differs', () => {
    const vgg = asFile(gray7.build(options).model, 'vgg16.onnx');
    expect(() => buildPreset('mobilenet-v1-0.25', { ...options, weights: vgg })).toThrow(
      expect.objectContaining({
        code: 'CHROMARAY_TRANSFER_WEIGHTS',
        message: expect.stringMatching(/vgg16\.onnx.*layer 1, "stem".*stride 1x1.*stride 2x2/),
      }),
    );
    const narrow = asFile(mobilenet.build(options).model);
    const kernel = 'block-2/pointwise/kernel';
    const initializers = new Map(narrow.model.graph.initializers).set(kernel, {
      dtype: 'float32',
      dims: [16, 16, 1, 1],
      data: new Float32Array(256),
    });
    const broken = asFile({ ...narrow.model, graph: { ...narrow.model.graph, initializers } });
    expect(() => buildPreset('mobilenet-v1-0.25', { ...options, weights: broken })).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/"block-2\/pointwise".*16x16x1x1.*32x16x1x1/) }),
    );
  });

  it('are no option of an architecture that has none', () => {
    expect(() => buildPreset('small', { seed: 1, weights: 'x.onnx' })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_PRESET_WEIGHTS', remedy: expect.stringContaining('mobilenet') }),
    );
    expect(() => buildUntuned('small', { seed: 1, head: {} })).toThrow(/"head"/);
  });

  it('that are not there are an error that names the file', () => {
    expect(() => buildPreset('mobilenet-v1-0.25', { seed: 1, weights: '/nowhere/net.onnx' })).toThrow(
      expect.objectContaining({
        code: 'CHROMARAY_MODEL_MISSING',
        message: expect.stringContaining('/nowhere/net.onnx'),
      }),
    );
  });
});

async function step(model: TrainableModel, size: number): Promise<number> {
  const session = await onnxruntimeBackend.train(
    { model, loss: { kind: 'binary-cross-entropy' }, optimizer: { kind: 'adam' }, seed: 1 },
    2,
    { threads: 1 },
  );
  const { loss } = await session.step({
    pixels: Uint8Array.from({ length: 2 * size * size }, (_, i) => (i * 37) % 256),
    targets: Float32Array.of(0, 1),
    weights: Float32Array.of(1, 1),
    count: 2,
    learningRate: 1e-3,
    step: 1,
  });
  await session.release();
  return loss;
}
