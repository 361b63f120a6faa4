import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../graph/builder.js';
import { extractSubgraph } from '../../graph/subgraph.js';
import type { Attributes } from '../../graph/types.js';
import { loadModel } from '../../onnx/read.js';
import { NetworkBuilder } from '../../presets/network-builder.js';
import { buildPreset } from '../../presets/registry.js';
import type { TrainableModel } from '../../training/types.js';
import type { Backend, StepInput, TrainingSpecification, TrainingState } from '../backend.js';
import { onnxruntimeBackend } from '../onnxruntime/backend.js';
import { onednnAvailable } from './available.test-support.js';
import { onednnBackend } from './backend.js';

const mobilenet = join(import.meta.dirname, '../../../../../../shared/weights/mobilenet-v1-0.25-224.onnx');
const threads = { threads: 1 };

function randomInput(model: TrainableModel, count: number, step = 1): StepInput {
  const [, ...dims] = model.model.graph.inputs[0]!.shape as number[];
  const random = new Random('conformance').fork(step);
  return {
    pixels: Uint8Array.from({ length: count * dims.reduce((a, b) => a * b, 1) }, () => random.uint32() & 255),
    targets: Float32Array.from({ length: count }, (_, i) => i % 2),
    weights: Float32Array.from({ length: count }, (_, i) => 1 + (i % 3) / 4),
    count,
    learningRate: 1,
    step,
  };
}

function specificationOf(model: TrainableModel, change: Partial<TrainingSpecification> = {}): TrainingSpecification {
  return { model, loss: { kind: 'binary-cross-entropy' }, optimizer: { kind: 'sgd' }, seed: 3, ...change };
}

/** One step of plain descent at rate 1: the change of a weight is its gradient. */
async function gradients(backend: Backend, model: TrainableModel, count: number) {
  const session = await backend.train(specificationOf(model), count, threads);
  try {
    const { loss, logits } = await session.step(randomInput(model, count));
    const copied = logits.slice();
    return { loss, logits: copied, state: await session.state() };
  } finally {
    await session.release();
  }
}

function expectClose(model: TrainableModel, found: TrainingState, expected: TrainingState, tolerance: number): void {
  const { initializers } = model.model.graph;
  for (const [name, values] of expected.weights) {
    const start = initializers.get(name)!.data as Float32Array;
    const other = found.weights.get(name)!;
    let [difference, largest] = [0, 0];
    values.forEach((value, i) => {
      difference = Math.max(difference, Math.abs(value - other[i]!));
      largest = Math.max(largest, Math.abs(value - start[i]!));
    });
    // Gradients that cancel, and values subtracted from a weight, are known to the weight's own last digits only.
    const rounding = 1e-6 * start.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    expect(difference, name).toBeLessThanOrEqual(tolerance * largest + rounding);
  }
}

async function expectSameGradients(model: TrainableModel, count: number, tolerance = 2e-4): Promise<void> {
  const expected = await gradients(onnxruntimeBackend, model, count);
  const found = await gradients(onednnBackend, model, count);
  expect(found.loss).toBeCloseTo(expected.loss, 4);
  found.logits.forEach((logit, i) => {
    expect(Math.abs(logit - expected.logits[i]!)).toBeLessThan(1e-4 * Math.max(1, Math.abs(expected.logits[i]!)));
  });
  expectClose(model, found.state, expected.state, tolerance);
}

/** Pixels, a first convolution so that gradients must flow through, the operator, and a dense layer. */
function around(
  operator: (network: NetworkBuilder, input: string) => string,
  { channels = 4, size = 9 }: { readonly channels?: number; readonly size?: number } = {},
): TrainableModel {
  const network = new NetworkBuilder('around', 7);
  const { graph } = network;
  const pixels = graph.input('pixels', 'uint8', ['batch', 1, size, size]);
  const scaled = graph.node('Mul', [graph.node('Cast', [pixels], { to: 1 }), graph.floats(1 / 255)]);
  const first = network.convolution(scaled, { name: 'first', filters: channels, kernel: 3, padding: 'same' });
  const result = operator(network, first);
  return network.finish(network.dense(network.flatten(result), 1, { name: 'output' }));
}

interface Case {
  readonly kernel: readonly [number, number];
  readonly strides?: readonly [number, number];
  readonly pads?: readonly [number, number, number, number];
  readonly dilations?: readonly [number, number];
  readonly group?: number;
  readonly bias?: boolean;
}

const convolutions: readonly Case[] = [
  { kernel: [3, 3] },
  { kernel: [1, 1], bias: false },
  { kernel: [4, 4] },
  { kernel: [3, 3], pads: [1, 1, 1, 1], strides: [2, 2] },
  { kernel: [3, 3], pads: [0, 0, 1, 1], strides: [2, 2] },
  { kernel: [5, 3], pads: [2, 1, 1, 0], strides: [1, 2] },
  { kernel: [3, 3], dilations: [2, 2], pads: [2, 2, 2, 2] },
  { kernel: [2, 3], dilations: [3, 1], strides: [2, 1] },
  { kernel: [3, 3], group: 4, pads: [1, 1, 1, 1] },
  { kernel: [3, 3], group: 4, pads: [1, 1, 1, 1], strides: [2, 2], bias: false },
  { kernel: [3, 3], group: 2, dilations: [2, 1] },
];

const pools: readonly (readonly [string, Attributes])[] = [
  ['MaxPool', { kernel_shape: [2, 2], strides: [2, 2] }],
  ['MaxPool', { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }],
  ['MaxPool', { kernel_shape: [2, 3], strides: [1, 2], ceil_mode: 1 }],
  ['MaxPool', { kernel_shape: [2, 2], dilations: [2, 2] }],
  ['AveragePool', { kernel_shape: [2, 2], strides: [2, 2] }],
  ['AveragePool', { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }],
  ['AveragePool', { kernel_shape: [3, 3], pads: [1, 1, 1, 1], count_include_pad: 1 }],
  ['AveragePool', { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1, auto_pad: 'NOTSET' }],
];

const others: readonly (readonly [string, (network: NetworkBuilder, input: string) => string])[] = [
  ['Relu', (n, x) => n.relu(x)],
  ['Sigmoid', (n, x) => n.graph.node('Sigmoid', [x])],
  ['Tanh', (n, x) => n.graph.node('Tanh', [x])],
  ['LeakyRelu', (n, x) => n.graph.node('LeakyRelu', [x], { alpha: { float: 0.1 } })],
  ['Clip to 0..0.2', (n, x) => n.graph.node('Clip', [x, n.graph.floats(0), n.graph.floats(0.2)])],
  ['Clip to 0.05..0.2', (n, x) => n.graph.node('Clip', [x, n.graph.floats(0.05), n.graph.floats(0.2)])],
  // Behind a normalisation it is a step of its own, on channels that do not fill a block.
  ['Clip by itself', (n, x) => n.graph.node('Clip', [n.batchNorm(x, 'norm'), n.graph.floats(-0.5), n.graph.floats(1)])],
  ['Tanh by itself', (n, x) => n.graph.node('Tanh', [n.batchNorm(x, 'norm')])],
  ['batch normalisation', (n, x) => n.batchNorm(x, 'norm')],
  ['batch normalisation and Relu', (n, x) => n.relu(n.batchNorm(x, 'norm'))],
  [
    'a residual Add and Relu',
    (n, x) => n.relu(n.add(x, n.convolution(x, { name: 'c', filters: 4, kernel: 3, padding: 'same' }))),
  ],
  ['a value used three times', (n, x) => n.add(n.add(x, n.relu(x)), n.graph.node('Tanh', [x]))],
  ['pooling before Relu', (n, x) => n.relu(n.maxPool(x))],
  ['GlobalAveragePool', (n, x) => n.graph.node('GlobalAveragePool', [x])],
  ['ReduceMean without keeping axes', (n, x) => n.graph.node('ReduceMean', [x], { axes: [2, 3], keepdims: 0 })],
  ['ReduceMean over channels', (n, x) => n.graph.node('ReduceMean', [x], { axes: [1], keepdims: 1 })],
  ['Concat', (n, x) => n.graph.node('Concat', [x, n.relu(x), x], { axis: 1 })],
  ['Reshape', (n, x) => n.graph.node('Reshape', [x, n.graph.ints([0, -1])])],
  ['Dropout', (n, x) => n.dropout(n.relu(x), 0.4)],
  [
    'MatMul and a broadcast Add',
    (n, x) => {
      const flat = n.flatten(n.maxPool(x));
      const product = n.graph.node('MatMul', [flat, n.weight('m/kernel', [64, 5], {})]);
      return n.graph.node('Add', [
        product,
        n.trained('m/bias', { dtype: 'float32', dims: [5], data: new Float32Array(5) }),
      ]);
    },
  ],
  [
    'Gemm with transposed weights',
    (n, x) => {
      const flat = n.flatten(n.maxPool(x));
      return n.relu(n.graph.node('Gemm', [flat, n.weight('m/kernel', [5, 64], {})], { transB: 1 }));
    },
  ],
  ['operators without a primitive', (n, x) => n.graph.node('Softplus', [n.graph.node('Mul', [x, n.graph.floats(3)])])],
];

/** The imported network up to its features, some of it frozen, with one new output. */
function mobilenetWithHead(): TrainableModel {
  const { graph, opsets, ...rest } = loadModel(mobilenet);
  const body = extractSubgraph(graph, 17, ['pixels'], ['features']);
  const size = 96;
  const builder = new GraphBuilder('mobilenet', 17);
  const bytes = builder.input('bytes', 'uint8', ['batch', 3, size, size]);
  const scaled = builder.node('Div', [builder.node('Cast', [bytes], { to: 1 }), builder.floats(127.5)]);
  builder.node('Sub', [scaled, builder.floats(1)], {}, { outputs: ['pixels'] });
  for (const [name, tensor] of body.initializers) builder.constant(name, tensor);
  for (const node of body.nodes) builder.append(node);
  const features = builder.node('Flatten', ['features'], { axis: 1 });
  const kernel = Float32Array.from({ length: 256 }, (_, i) => Math.sin(i) / 16);
  const head = [
    builder.constant('head/kernel', { dtype: 'float32', dims: [256, 1], data: kernel }),
    builder.constant('head/bias', { dtype: 'float32', dims: [1], data: new Float32Array(1) }),
  ];
  const logits = builder.node('Gemm', [features, ...head]);
  builder.output(builder.node('Sigmoid', [logits], {}, { outputs: ['probability'] }));
  const convolutions = [...body.initializers].filter(([, { dims }]) => dims.length === 4).map(([name]) => name);
  return {
    model: { ...rest, opsets, graph: builder.build() },
    logits,
    trainable: [...convolutions.slice(-8), ...head],
    l2: new Map(),
    constraints: new Map(),
  };
}

const name = ([operator, attributes]: readonly [string, object]) => `${operator} ${JSON.stringify(attributes)}`;

describe.skipIf(!onednnAvailable)('onednn against onnxruntime: gradients (needs the oneDNN library)', () => {
  it.each(convolutions.map((c) => [JSON.stringify(c), c] as const))('Conv %s', async (_, c) => {
    const { kernel, strides = [1, 1], pads = [0, 0, 0, 0], dilations = [1, 1], group = 1, bias = true } = c;
    const model = around((network, input) => {
      const weight = network.weight('conv/kernel', [8, 4 / group, ...kernel], {});
      const biases = { dtype: 'float32', dims: [8], data: new Float32Array(8).fill(0.1) } as const;
      const inputs = [input, weight, ...(bias ? [network.trained('conv/bias', biases)] : [])];
      return network.graph.node('Conv', inputs, { kernel_shape: kernel, strides, pads, dilations, group });
    });
    await expectSameGradients(model, 3);
  });

  it.each(pools.map((pool) => [name(pool), ...pool] as const))('%s', async (_, operator, attributes) => {
    await expectSameGradients(
      around((n, x) => n.graph.node(operator, [x], attributes)),
      3,
    );
  });

  it.each([
    ['gray-best', 64, 2],
    ['color-final', 48, 3],
    ['gray-4', 64, 2],
    ['mod4-1', 48, 2],
    ['small', 48, 4],
    ['resnet18', 32, 4],
  ] as const)('preset %s at %i pixels, batch %i', async (preset, size, count) => {
    await expectSameGradients(buildPreset(preset, { seed: 2, height: size, width: size }), count, 2e-3);
  });

  it.each([
    { kind: 'table', table: Uint8Array.from({ length: 768 }, (_, i) => (i * 7) % 256) },
    { kind: 'repeat' },
    { kind: 'learned' },
    { kind: 'learned-gray' },
  ] as const)('input transform $kind', async (transform) => {
    await expectSameGradients(buildPreset('color-final', { seed: 2, height: 32, width: 32, transform }), 2);
  });

  it.skipIf(!existsSync(mobilenet))(
    'MobileNet with a new head (the weights are not part of the repository)',
    async () => {
      await expectSameGradients(mobilenetWithHead(), 2, 2e-3);
    },
  );

  it.each(others)('%s', async (_, operator) => {
    await expectSameGradients(around(operator), 4);
  });
});
