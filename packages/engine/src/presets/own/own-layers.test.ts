import { describe, expect, it } from 'vitest';
import { runOnnxruntime } from '../../../test/onnxruntime.js';
import { onednnAvailable } from '../../backends/onednn/available.test-support.js';
import { createBackend } from '../../backends/registry.js';
import { GraphBuilder } from '../../builder/builder.js';
import { differentiate } from '../../differentiate/differentiate.js';
import { GradCam } from '../../explain/grad-cam.js';
import { countParameters } from '../../fit/size.js';
import type { Tensor } from '../../graph/types.js';
import { addForward } from '../../training/forward/forward.js';
import { fixture, largestDifference } from '../../training/step/run-graph.test-support.js';
import type { TrainableModel } from '../../training/types.js';
import { prepareTransfer } from '../prepare-transfer.js';
import { buildPreset } from '../registry.js';
import { hash, offsetOf } from '../torch/torch-presets.test-support.js';
import { buildLayers } from './build-layers.js';
import type { Layer, PlainLayer } from './layer.js';

interface Recorded {
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly count: number;
  readonly predicted: readonly number[];
  readonly trained: readonly number[];
  readonly gradients: Readonly<Record<string, { readonly norm: number; readonly samples: readonly number[] }>>;
}

/** Recorded by test/reference/torch_layers.py. */
const recorded = fixture<{ readonly torch: string; readonly side: number; readonly cases: readonly Recorded[] }>(
  'torch-layers',
);
const { side } = recorded;
const size = { height: side, width: side, transform: { kind: 'gray' }, seed: 1 } as const;
const batch = 2;
const pixels = Uint8Array.from({ length: batch * side * side }, (_, i) => hash(i + offsetOf('pixels')) >>> 24);

function withHashedWeights(layers: readonly Layer[]): TrainableModel {
  const network = buildLayers(layers, size);
  const { graph } = network.model;
  const initializers = new Map<string, Tensor>(graph.initializers);
  for (const name of network.trainable) {
    const { dims, data } = graph.initializers.get(name)!;
    const centre = /(scale|weight)$/.test(name) ? 1 : 0;
    // A dense kernel is [inputs, units].
    const inputs = dims.length === 2 ? dims[0]! : dims.slice(1).reduce((a, b) => a * b, 1);
    const spread = dims.length === 1 ? 0.25 : Math.sqrt(3 / inputs);
    const value = (_: number, i: number) => centre + spread * (hash(i + offsetOf(name)) / 2 ** 31 - 1);
    initializers.set(name, { dtype: 'float32', dims, data: Float32Array.from(data as Float32Array, value) });
  }
  return { ...network, model: { ...network.model, graph: { ...graph, initializers } } };
}

async function run(network: TrainableModel, training: boolean, wrt: readonly string[]) {
  const { logits, model } = network;
  const builder = new GraphBuilder('layers', 17);
  addForward(builder, network, { batch, training, outputs: [logits] });
  const ones = builder.node('Expand', [builder.floats(1), builder.ints(builder.shape(logits))]);
  const gradients = differentiate(builder, { gradients: new Map([[logits, ones]]), wrt });
  builder.output(logits);
  for (const gradient of gradients.values()) builder.output(gradient);
  const graph = builder.build();
  const feeds = graph.inputs.map(({ name, shape }) => {
    const data = name === 'pixels' ? pixels : (model.graph.initializers.get(name)!.data as Float32Array);
    return [name, { dims: shape as number[], data: Float64Array.from(data) }] as const;
  });
  const results = await runOnnxruntime(graph, 17, new Map(feeds));
  return { logits: results.get(logits)!.data, gradient: (name: string) => results.get(gradients.get(name)!)!.data };
}

describe(`own layers against PyTorch ${recorded.torch}`, () => {
  it.each(recorded.cases)('$name: parameters, logits and gradients are equal', async (record) => {
    const network = withHashedWeights(record.layers);
    expect(countParameters(network)).toBe(record.count);
    expect([...network.trainable].sort()).toEqual(Object.keys(record.gradients).sort());
    const predicted = await run(network, false, []);
    expect(largestDifference(predicted.logits, record.predicted)).toBeLessThan(1e-5);
    const trained = await run(network, true, network.trainable);
    expect(largestDifference(trained.logits, record.trained)).toBeLessThan(1e-5);
    for (const [name, { norm, samples }] of Object.entries(record.gradients)) {
      const found = trained.gradient(name);
      const scale = Math.max(norm / Math.sqrt(found.length), 1e-3);
      samples.forEach((sample, i) => {
        const at = Math.floor((i * found.length) / samples.length);
        expect(Math.abs(found[at]! - sample) / scale, `gradient of ${name}: ${found[at]}, not ${sample}`).toBeLessThan(
          2e-3,
        );
      });
      expect(Math.abs(Math.sqrt(found.reduce((sum, value) => sum + value ** 2, 0)) - norm)).toBeLessThan(
        1e-3 * (norm + 1e-3),
      );
    }
  });

  it.each(recorded.cases)('$name: both backends take the same training step', async ({ layers }) => {
    const model = withHashedWeights(layers);
    const backends = onednnAvailable ? ['onnxruntime', 'onednn'] : ['onnxruntime'];
    const losses: number[] = [];
    for (const backend of backends) {
      const specification = {
        model,
        loss: { kind: 'binary-cross-entropy' },
        optimizer: { kind: 'sgd' },
        seed: 1,
      } as const;
      const session = await createBackend(backend).train(specification, batch, { threads: 1 });
      const step = {
        pixels,
        targets: Float32Array.of(0, 1),
        weights: Float32Array.of(1, 1),
        count: 2,
        learningRate: 0.05,
      };
      for (let i = 1; i <= 3; i++) losses.push((await session.step({ ...step, step: i })).loss);
      await session.release();
    }
    expect(losses.slice(0, 3).every(Number.isFinite)).toBe(true);
    for (const [i, loss] of losses.slice(3).entries()) expect(loss).toBeCloseTo(losses[i]!, 4);
  });
});

const unit = (filters: number, kernel: number, more: object = {}): Layer[] => [
  { layer: 'conv', filters, kernel, padding: 'valid', initializer: 'glorot-uniform', ...more },
  { layer: 'pool' },
  { layer: 'activation', kind: 'relu' },
];

describe("the original study's networks, written as layers", () => {
  it.each([
    ['gray-1', {}, {}, {}],
    ['gray-2', {}, { l2: 0.01 }, { l2: 0.01 }],
    ['gray-5', { constraint: 'unit-norm' }, {}, {}],
    ['gray-6', { constraint: { minNorm: 0.5, maxNorm: 2 } }, {}, {}],
  ])('%s: sizes, L2 and constraints are those of the preset', (preset, first, middle, dense) => {
    const layers: Layer[] = [
      ...unit(32, 3, first),
      ...unit(64, 4, middle),
      ...unit(128, 3, middle),
      ...unit(128, 3),
      { layer: 'flatten' },
      { layer: 'dense', units: 512, ...dense },
      { layer: 'activation', kind: 'relu' },
    ];
    const own = buildLayers(layers, { ...size, height: 96, width: 96 });
    const known = buildPreset(preset, { seed: 1 });
    const dims = ({ model, trainable }: TrainableModel) =>
      trainable.map((name) => model.graph.initializers.get(name)!.dims);
    expect(dims(own)).toEqual(dims(known));
    expect([...own.l2.values()]).toEqual([...known.l2.values()]);
    expect([...own.constraints.values()]).toEqual([...known.constraints.values()]);
  });
});

const relu: PlainLayer = { layer: 'activation', kind: 'relu' };
const conv = (filters: number, more: object = {}): PlainLayer => ({ layer: 'conv', filters, ...more });
const end: Layer = { layer: 'pool', kind: 'global-average' };

describe('layers that do not fit', () => {
  it.each<[string, readonly Layer[], RegExp]>([
    [
      'features into a convolution',
      [conv(4), end, conv(4)],
      /^layers\[2\] \(conv\): it takes maps; what came in is 4 features/,
    ],
    [
      'maps into a dense layer',
      [conv(4), { layer: 'dense', units: 2 }],
      /^layers\[1\] \(dense\): it takes features; what came in is 4 maps of 20x20/,
    ],
    [
      'maps at the end',
      [conv(1)],
      /^layers\[1\] \(the output, added behind the last layer\): it takes features; what came in is 1 map of 20x20/,
    ],
    [
      'a window too large',
      [
        { layer: 'pool', size: 8 },
        { layer: 'pool', size: 4 },
      ],
      /^layers\[1\] \(pool\): a window of 4x4 does not fit; what came in is 1 map of 2x2/,
    ],
    [
      'a kernel too large',
      [conv(2, { kernel: 9, dilation: 3, padding: 'valid' })],
      /^layers\[0\] \(conv\): a kernel of 25x25 does not fit/,
    ],
    [
      'groups that do not divide',
      [conv(6), conv(6, { groups: 4 })],
      /^layers\[1\] \(conv\): 6 filters on 6 channels cannot be made in 4 groups/,
    ],
    [
      'groups of a norm',
      [conv(6), { layer: 'norm', kind: 'group' }],
      /^layers\[1\] \(norm\): 6 channels cannot be made into 8 groups/,
    ],
    [
      'padding "same" of an even kernel',
      [conv(6, { kernel: 4 })],
      /^layers\[0\] \(conv\): the padding "same" has no middle/,
    ],
    [
      'a pool that pads too much',
      [{ layer: 'pool', padding: 2 }],
      /^layers\[0\] \(pool\): a padding of 2 is more than half/,
    ],
    [
      'a residual of another size',
      [{ layer: 'residual', layers: [conv(4, { padding: 'valid' })] }],
      /^layers\[0\] \(residual\): its layers make 4 maps of 18x18, to which no 1x1/,
    ],
    [
      'a layer inside a residual',
      [{ layer: 'residual', layers: [relu, { layer: 'dense', units: 3 }] }],
      /^layers\[0\]\.layers\[1\] \(dense\): it takes features/,
    ],
    [
      'more weights than any machine holds',
      [conv(65_536), { layer: 'flatten' }, { layer: 'dense', units: 65_536 }],
      /^layers\[2\] \(dense\): it would have 1,717,986,918,400 weights/,
    ],
  ])('are refused by name, with what came in: %s', (_, layers, message) => {
    expect(() => buildLayers(layers, size)).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_LAYERS_SHAPE', message: expect.stringMatching(message) }),
    );
  });
});

describe('a network of own layers', () => {
  const layers: Layer[] = [conv(4), relu, { layer: 'dropout', rate: 0.5 }, conv(8, { stride: 2 }), relu, end];

  it('is explained at its last maps', async () => {
    const gradCam = await GradCam.load(buildLayers(layers, size).model, { backend: 'onnxruntime' });
    expect(gradCam.featureMap).toMatchObject({ channels: 8, height: side / 2, width: side / 2 });
    await gradCam.release();
  });

  it('begins at weights that follow from the seed, and can be frozen in part', () => {
    const kernel = (seed: number) =>
      buildLayers(layers, { ...size, seed }).model.graph.initializers.get('layers.0/kernel')!.data;
    expect(kernel(1)).toEqual(kernel(1));
    expect(kernel(1)).not.toEqual(kernel(2));
    const { model } = prepareTransfer({ layers, ...size, freeze: ['layers.0/*'] });
    expect(model.trainable).not.toContain('layers.0/kernel');
    expect(model.trainable).toContain('layers.3/kernel');
  });
});
