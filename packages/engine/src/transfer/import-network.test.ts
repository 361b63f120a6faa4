import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@chromaray/base';
import { afterAll, describe, expect, it } from 'vitest';
import { onnxruntimeBackend } from '../backends/onnxruntime/backend.js';
import { GraphBuilder } from '../builder/builder.js';
import type { Dim, Graph, GraphNode, Model, Tensor } from '../graph/types.js';
import { readModel } from '../onnx/read.js';
import { saveModel } from '../onnx/save.js';
import { writeModel } from '../onnx/write.js';
import { prepareTransfer } from '../presets/prepare-transfer.js';
import { loadWeights, type WeightsFile } from './weights-file.js';

const folder = mkdtempSync(join(tmpdir(), 'chromaray-transfer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const size = 16;
const shared = { seed: 1, height: size, width: size, input: { range: [-1, 1] as const } };

function random(...dims: number[]): Tensor {
  const generator = new Random(dims.join());
  const data = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => generator.normal() / 3);
  return { dtype: 'float32', dims, data };
}

/** A classifier: convolution, ReLU, average over the picture, flattened as exporters do it, dense, softmax. */
function classifier(
  options: { shape?: readonly Dim[]; edit?: (builder: GraphBuilder, features: string) => string; opset?: number } = {},
): Model {
  const { shape = ['batch', 3, size, size], edit, opset = 17 } = options;
  const builder = new GraphBuilder('classifier', opset);
  const picture = builder.input('picture', 'float32', shape);
  const convolved = builder.node(
    'Conv',
    [picture, builder.constant('conv.weight', random(4, 3, 3, 3))],
    {},
    { outputs: ['map'] },
  );
  const active = builder.node('Relu', [convolved], {}, { outputs: ['active'] });
  const pooled = builder.node('GlobalAveragePool', [active], {}, { outputs: ['pooled'] });
  const features = builder.node('Flatten', [pooled], {}, { outputs: ['features'] });
  const used = edit?.(builder, features) ?? features;
  const logits = builder.node('Gemm', [used, builder.constant('fc.weight', random(4, 10))]);
  builder.output(builder.node('Softmax', [logits], {}, { outputs: ['classes'] }));
  return asModel(builder.build(), opset);
}

function asModel(graph: Graph, opset = 17): Model {
  return { graph, opsets: new Map([['', opset]]), irVersion: 8, producer: 'test', metadata: new Map() };
}

function asFile(model: Model): WeightsFile {
  return { file: 'net.onnx', sha256: '', model };
}

const cut = (model: Model, features = 'features', more: object = {}) =>
  prepareTransfer({ ...shared, onnx: asFile(model), features, ...more });

function failure(action: () => unknown): { code: string; message: string; remedy: string } {
  try {
    action();
  } catch (error) {
    return error as never;
  }
  throw new Error('it was accepted');
}

async function probability(model: Model, count = 3): Promise<readonly number[]> {
  const session = await onnxruntimeBackend.infer(readModel(writeModel(model)), count, { threads: 1 });
  const pixels = Uint8Array.from({ length: count * size * size }, (_, i) => (i * 53 + (i % 7) * 11) % 256);
  const values = await session.run(pixels, count);
  await session.release();
  return [...values];
}

describe('an ONNX network cut at its features', () => {
  it('trains its own tensors under their own names, and a new head; the classifier is gone', () => {
    const { model } = cut(classifier());
    expect(model.trainable).toEqual(['conv.weight', 'head/output/kernel', 'head/output/bias']);
    expect(model.model.graph.initializers.has('fc.weight')).toBe(false);
  });

  it('is scaled as asked, and averages, picks or flattens a map of features', async () => {
    const averaged = await probability(cut(classifier(), 'features').model.model);
    expect(await probability(cut(classifier(), 'pooled').model.model)).toEqual(averaged);
    expect(await probability(cut(classifier(), 'active').model.model)).toEqual(averaged);
    const others = ['max', 'flatten'].map((pooling) => cut(classifier(), 'active', { head: { pooling } }).model.model);
    const imagenet = cut(classifier(), 'features', { input: 'imagenet' }).model.model;
    for (const model of [...others, imagenet]) expect(await probability(model)).not.toEqual(averaged);
  });

  it('may have open height and width, and any name for its input, ours included', async () => {
    const expected = await probability(cut(classifier()).model.model);
    const open = classifier({ shape: ['n', 3, 'h', 'w'] });
    expect(await probability(cut(open).model.model)).toEqual(expected);
    const { graph } = classifier();
    const rename = (name: string): string => ({ picture: 'pixels', active: 'probability' })[name] ?? name;
    const renamed = asModel({
      ...graph,
      inputs: graph.inputs.map((input) => ({ ...input, name: 'pixels' })),
      nodes: graph.nodes.map((node) => ({
        ...node,
        inputs: node.inputs.map(rename),
        outputs: node.outputs.map(rename),
      })),
    });
    expect(await probability(cut(renamed).model.model)).toEqual(expected);
  });

  it.each([
    ['the one picture it was exported with', [1, 3, size, size], [1, -1]],
    ['that picture and all sizes', [1, 3, size, size], [1, 4]],
  ] as const)('takes any number of pictures where its Reshape holds %s', async (_, shape, target) => {
    const model = classifier({
      shape,
      edit: (b, x) => b.node('Reshape', [x, b.ints(target)], {}, { outputs: ['flat'] }),
    });
    expect(await probability(cut(model, 'flat').model.model)).toEqual(await probability(cut(classifier()).model.model));
  });

  it('takes any number of pictures where its Reshape is computed from their number', async () => {
    // As PyTorch writes x.view(x.size(0), -1); shapes that are not known beforehand cannot be built, only read.
    const { graph } = classifier();
    const node = (opType: string, inputs: string[], output: string, attributes = {}): GraphNode => ({
      ...{ opType, domain: '', name: output, inputs, outputs: [output], attributes },
    });
    const ints = (data: bigint[], dims = [data.length]): Tensor => ({
      dtype: 'int64',
      dims,
      data: BigInt64Array.from(data),
    });
    const model = asModel({
      ...graph,
      initializers: new Map([
        ...graph.initializers,
        ['zero', ints([0n], [])],
        ['axes', ints([0n])],
        ['rest', ints([-1n])],
      ]),
      nodes: [
        ...graph.nodes.slice(0, 3),
        node('Shape', ['pooled'], 'sizes'),
        node('Gather', ['sizes', 'zero'], 'number'),
        node('Unsqueeze', ['number', 'axes'], 'first'),
        node('Concat', ['first', 'rest'], 'target', { axis: 0 }),
        node('Reshape', ['pooled', 'target'], 'features'),
        ...graph.nodes.slice(4),
      ],
    });
    expect(await probability(cut(model).model.model)).toEqual(await probability(cut(classifier()).model.model));
  });

  it('keeps running statistics apart from weights they share a tensor with', () => {
    const { graph } = classifier();
    const vector: Tensor = { dtype: 'float32', dims: [4], data: new Float32Array(4).fill(1) };
    const norm = { opType: 'BatchNormalization', domain: '', name: 'norm', outputs: ['normed'], attributes: {} };
    const [convolution, relu, ...rest] = graph.nodes;
    const model = asModel({
      ...graph,
      initializers: new Map([...graph.initializers, ['scale', vector], ['bias', vector]]),
      nodes: [
        { opType: 'Identity', domain: '', name: 'same', inputs: ['scale'], outputs: ['variance'], attributes: {} },
        convolution!,
        { ...norm, inputs: ['map', 'scale', 'bias', 'bias', 'variance'] },
        { ...relu!, inputs: ['normed'] },
        ...rest,
      ],
    });
    const { model: trained } = cut(model);
    expect(trained.trainable).toEqual(['conv.weight', 'scale', 'bias', 'head/output/kernel', 'head/output/bias']);
    const statistics = trained.model.graph.nodes.find(({ opType }) => opType === 'BatchNormalization')!.inputs.slice(3);
    expect(statistics).toEqual(['normed/running_mean', 'variance']);
  });
});

describe('activations of MobileNetV3', () => {
  it.each([
    ['HardSigmoid', { alpha: { float: 0.3 }, beta: { float: 0.4 } }],
    ['HardSwish', {}],
  ])('%s is what ONNX Runtime makes of it', async (opType, attributes) => {
    const { graph } = classifier();
    const [convolution, relu, ...rest] = graph.nodes;
    const model = asModel({ ...graph, nodes: [convolution!, { ...relu!, opType, attributes }, ...rest] });
    const ours = cut(model);
    expect(ours.model.trainable).toEqual(['conv.weight', 'head/output/kernel', 'head/output/bias']);
    // The same network with the operator left in: it is ONNX Runtime's own then.
    const nodes = cut(classifier()).model.model.graph.nodes.map((node) =>
      node.opType === 'Relu' ? { ...node, opType, attributes } : node,
    );
    const { model: plain } = cut(classifier()).model;
    const expected = await probability({ ...plain, graph: { ...plain.graph, nodes } });
    const found = await probability(ours.model.model);
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 6);
    });
    expect(expected).not.toEqual(await probability(plain));
  });
});

describe('an ONNX network that cannot be used is refused', () => {
  const withNode = (opType: string, features = 'features') => {
    const { graph } = classifier();
    const odd: GraphNode = { opType, domain: '', name: 'odd', inputs: [features], outputs: ['odd'], attributes: {} };
    return asModel({ ...graph, nodes: [...graph.nodes, odd] });
  };
  const tokens = () => {
    const { graph } = classifier();
    const target: Tensor = { dtype: 'int64', dims: [3], data: BigInt64Array.of(0n, 4n, 196n) };
    const names = { name: 'tokens', inputs: ['map', 'target'], outputs: ['tokens'] };
    return asModel({
      ...graph,
      initializers: new Map(graph.initializers).set('target', target),
      nodes: [...graph.nodes, { opType: 'Reshape', domain: '', attributes: {}, ...names }],
    });
  };
  const integers = () => {
    const { graph } = classifier();
    const whole: Tensor = { dtype: 'int8', dims: [4, 3, 3, 3], data: new Int8Array(108) };
    return asModel({ ...graph, initializers: new Map(graph.initializers).set('conv.weight', whole) });
  };
  const dequantised = () => {
    const { graph } = classifier();
    const whole: Tensor = { dtype: 'int8', dims: [4, 3, 3, 3], data: new Int8Array(108) };
    const scale: Tensor = { dtype: 'float32', dims: [], data: Float32Array.of(0.1) };
    const [convolution, ...others] = graph.nodes;
    const node: GraphNode = {
      ...{ opType: 'DequantizeLinear', domain: '', name: 'dequantise', attributes: {} },
      ...{ inputs: ['whole', 'scale'], outputs: ['float'] },
    };
    return asModel({
      ...graph,
      initializers: new Map(graph.initializers).set('whole', whole).set('scale', scale),
      nodes: [node, { ...convolution!, inputs: ['picture', 'float'] }, ...others],
    });
  };
  const double = () => {
    const { graph } = classifier();
    const tensor: Tensor = { dtype: 'float64', dims: [4, 3, 3, 3], data: new Float64Array(108) };
    return asModel({ ...graph, initializers: new Map(graph.initializers).set('conv.weight', tensor) });
  };

  it.each<[string, () => unknown, RegExp]>([
    ['FEATURES', () => cut(classifier(), 'feature'), /no tensor "feature".*Did you mean features/],
    ['FEATURES', () => cut(classifier(), 'picture'), /no tensor "picture"/],
    ['FEATURES', () => cut(tokens(), 'tokens'), /float32 \[batch, 4, 196\].*pooling or flattening/],
    ['FEATURES', () => cut(withNode('ReduceMax'), 'odd'), /\[1, 1\] for two pictures/],
    ['OPERATOR', () => cut(withNode('GridSample'), 'odd'), /GridSample \(node "odd"\)/],
    ['QUANTISED', () => cut(integers()), /Conv_?.* with int8 weights.*float32 model/],
    ['QUANTISED', () => cut(dequantised()), /DequantizeLinear node "dequantise"/],
    ['TYPE', () => cut(double()), /float64/],
    ['SIZE', () => cut(classifier(), 'features', { height: 24 }), /takes pictures of 16x16; these are 24x16/],
    [
      'SIZE',
      () => cut(classifier({ shape: ['n', 3, 'h', 'w'] }), 'features', { height: 2, width: 2 }),
      /cannot take pictures of/,
    ],
    ['INPUT', () => cut(classifier(), 'features', { input: undefined }), /input must be given/],
    ['INPUT', () => cut(classifier(), 'features', { input: { range: [1, 1] } }), /range \[1, 1\]/],
    ['INPUT', () => cut(classifier(), 'features', { input: { mean: [0, 0], sd: 1 } }), /2 numbers.*3 channels/],
    ['INPUT', () => cut(classifier(), 'features', { input: { mean: 0, sd: 0 } }), /standard deviation/],
  ])('CHROMARAY_TRANSFER_%s %#', (code, action, words) => {
    const { code: found, message, remedy } = failure(action);
    expect(found).toBe(`CHROMARAY_TRANSFER_${code}`);
    expect(`${message} ${remedy}`).toMatch(words);
  });

  it('with what follows the features left unread: an operator there does no harm', () => {
    expect(cut(withNode('GridSample', 'classes')).model.trainable).toContain('conv.weight');
  });

  it('when colours meet a network on one channel', () => {
    const builder = new GraphBuilder('gray', 17);
    const x = builder.input('picture', 'float32', ['batch', 1, size, size]);
    const convolved = builder.node('Conv', [x, builder.constant('w', random(2, 1, 3, 3))]);
    builder.output(builder.node('GlobalMaxPool', [convolved], {}, { outputs: ['features'] }));
    const model = asModel(builder.build());
    expect(cut(model, 'features', { transform: { kind: 'repeat' } }).model.trainable).toContain('w');
    const table = new Uint8Array(768);
    expect(failure(() => cut(model, 'features', { transform: { kind: 'table', table } })).code).toBe(
      'CHROMARAY_TRANSFER_CHANNELS',
    );
  });

  it('when a trained tensor lies before an operator without a gradient, unless it is frozen', () => {
    const { graph } = classifier();
    const rounded: GraphNode = {
      ...{ opType: 'ScatterElements', domain: '', name: 'place', attributes: { axis: 1 } },
      ...{ inputs: ['features', 'places', 'features'], outputs: ['placed'] },
    };
    const places: Tensor = { dtype: 'int64', dims: [2, 4], data: new BigInt64Array(8) };
    const model = asModel({
      ...graph,
      initializers: new Map(graph.initializers).set('places', places),
      nodes: [...graph.nodes, rounded],
    });
    expect(failure(() => cut(model, 'placed')).code).toBe('CHROMARAY_GRAPH_NO_GRADIENT');
    expect(cut(model, 'placed', { freeze: ['*'] }).model.trainable).toHaveLength(2);
  });
});

describe('a file of weights', () => {
  const file = join(folder, 'net.onnx');

  it('is known by its content, and by its licence where it names one', () => {
    saveModel(file, { ...classifier(), metadata: new Map([['license', 'BSD-3-Clause']]) });
    const first = loadWeights(file);
    expect(first).toMatchObject({ licence: 'BSD-3-Clause', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    saveModel(file, classifier());
    const second = loadWeights(file);
    expect(second.sha256).not.toBe(first.sha256);
    expect(second.licence).toBeUndefined();
  });

  it('is known by the weights that lie beside it as well', () => {
    const fixtures = join(import.meta.dirname, '../../test/fixtures/onnx');
    for (const name of ['external.onnx', 'external.bin']) copyFileSync(join(fixtures, name), join(folder, name));
    const first = loadWeights(join(folder, 'external.onnx'));
    const bytes = readFileSync(join(folder, 'external.bin'));
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(join(folder, 'external.bin'), bytes);
    expect(loadWeights(join(folder, 'external.onnx')).sha256).not.toBe(first.sha256);
    const missing = join(fixtures, 'external-missing.onnx');
    expect(failure(() => loadWeights(missing)).code).toBe('CHROMARAY_MODEL_EXTERNAL_DATA');
  });

  it('is refused when it is no model, or not there', () => {
    writeFileSync(file, 'not a model');
    expect(failure(() => loadWeights(file)).code).toBe('CHROMARAY_MODEL_CORRUPT');
    expect(failure(() => loadWeights(join(folder, 'none.onnx'))).code).toBe('CHROMARAY_MODEL_MISSING');
  });
});
