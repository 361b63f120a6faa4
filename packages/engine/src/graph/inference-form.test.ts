import { describe, expect, it } from 'vitest';
import type { TrainingSpecification } from '../backends/backend.js';
import { subjects, title } from '../backends/conformance/subjects.test-support.js';
import { blobs, tinyNetwork } from '../fit/blobs.test-support.js';
import type { TrainableModel } from '../training/types.js';
import { inferenceForm } from './inference-form.js';
import type { Graph, GraphNode, Model } from './types.js';

const network = tinyNetwork({ norm: true, dropout: 0.5 });

function edited(edit: (node: GraphNode) => GraphNode): Model {
  const { model } = network;
  const initializers = new Map(model.graph.initializers);
  initializers.set('training', { dtype: 'bool', dims: [], data: Uint8Array.of(1) });
  for (const name of ['norm/mean', 'norm/variance']) {
    const { dims } = initializers.get(name)!;
    initializers.set(name, { dtype: 'float32', dims, data: Float32Array.of(0.4, 0.3, 0.2, 0.1) });
  }
  return { ...model, graph: { ...model.graph, initializers, nodes: model.graph.nodes.map(edit) } };
}

const plain = edited((node) => node);
const mode = { training_mode: 1 };
const norm = (outputs: readonly string[], attributes: object) => (node: GraphNode) =>
  node.opType === 'BatchNormalization'
    ? { ...node, outputs: [node.outputs[0]!, ...outputs], attributes: { ...node.attributes, ...attributes } }
    : node;

const marked: readonly (readonly [string, Model])[] = [
  ['training_mode and one output', edited(norm([], mode))],
  ['training_mode and renewed statistics', edited(norm(['mean', 'variance'], mode))],
  ['five outputs, as before operator set 14', edited(norm(['a', 'b', 'c', 'd'], {}))],
  [
    'a dropout that trains',
    edited((node) =>
      node.opType === 'Dropout' ? { ...node, inputs: [node.inputs[0]!, node.inputs[1]!, 'training'] } : node,
    ),
  ],
];

async function probabilities(model: Model, subject: (typeof subjects)[number]): Promise<readonly number[]> {
  const source = blobs(3, 1);
  const pixels = new Uint8Array(3 * 64);
  const into = { pixels, targets: new Float32Array(3), weights: new Float32Array(3) };
  await source.read(Int32Array.of(0, 1, 2), into, { epoch: 0, batch: 0 });
  const session = await subject.backend.infer(model, 4, subject.options);
  try {
    return [...(await session.run(pixels, 3))];
  } finally {
    await session.release();
  }
}

describe('modes that an exporter wrote into a graph', () => {
  describe.each(marked)('%s', (_, model) => {
    for (const subject of subjects) {
      const skipped = subject.missing !== undefined || subject.slow === true;
      it.skipIf(skipped)(`decide nothing at prediction: ${title(subject)}`, async () => {
        expect(await probabilities(model, subject)).toEqual(await probabilities(plain, subject));
      });

      it.skipIf(skipped)(`decide nothing in training: ${title(subject)}`, async () => {
        const losses = await Promise.all([plain, model].map((each) => lossesOf({ ...network, model: each }, subject)));
        expect(losses[1]).toEqual(losses[0]);
      });
    }
  });

  it('leave the statistics as they are for whoever reads the renewed ones', () => {
    const { graph } = edited(norm(['mean', 'variance'], mode));
    const read: GraphNode = { opType: 'Neg', domain: '', name: 'n', inputs: ['mean'], outputs: ['n'], attributes: {} };
    const outputs = [{ name: 'variance', dtype: 'float32', shape: [4] }] as const;
    const form: Graph = inferenceForm({ ...graph, nodes: [...graph.nodes, read], outputs });
    expect(form.nodes.find(({ name }) => name === 'n')!.inputs).toEqual(['norm/mean']);
    expect(form.nodes.at(-1)).toMatchObject({ opType: 'Identity', inputs: ['norm/variance'], outputs: ['variance'] });
  });

  it('change nothing where there are none', () => {
    expect(inferenceForm(plain.graph)).toBe(plain.graph);
  });
});

async function lossesOf(model: TrainableModel, subject: (typeof subjects)[number]): Promise<readonly number[]> {
  const source = blobs(6, 1);
  const into = { pixels: new Uint8Array(6 * 64), targets: new Float32Array(6), weights: new Float32Array(6).fill(1) };
  await source.read(Int32Array.of(0, 1, 2, 3, 4, 5), into, { epoch: 0, batch: 0 });
  const specification: TrainingSpecification = {
    ...{ model, seed: 1 },
    loss: { kind: 'binary-cross-entropy' },
    optimizer: { kind: 'sgd' },
  };
  const session = await subject.backend.train(specification, 6, subject.options);
  try {
    const losses: number[] = [];
    for (let step = 1; step <= 2; step++) {
      losses.push(
        (await session.step({ ...into, weights: into.weights.fill(1), count: 6, learningRate: 0.1, step })).loss,
      );
    }
    return losses;
  } finally {
    await session.release();
  }
}
