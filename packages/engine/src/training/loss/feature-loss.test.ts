import { describe, expect, it } from 'vitest';
import { subjects, title } from '../../backends/conformance/subjects.test-support.js';
import type { Model } from '../../graph/types.js';
import { addInput } from '../../layers/input-transform.js';
import { NetworkBuilder } from '../../layers/network-builder.js';
import { fixture, largestDifference } from '../step/run-graph.test-support.js';
import type { TrainableModel } from '../types.js';
import { withWeights } from '../with-weights.js';
import type { FeatureLoss, Loss } from './types.js';

const torch = fixture<{
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  readonly tensors: Readonly<Record<string, readonly number[]>>;
  readonly pixels: readonly number[];
  readonly targets: readonly number[];
  readonly cases: readonly {
    readonly distance: FeatureLoss['distance'];
    readonly loss: number;
    readonly terms: readonly number[];
    readonly weightGradient: readonly number[];
    readonly biasGradient: readonly number[];
  }[];
}>('torch-feature-loss');

const tensors = (prefix: string) =>
  new Map(
    Object.entries(torch.tensors)
      .filter(([name]) => new RegExp(`^(${prefix})/`).test(name))
      .map(([name, values]) => [name, Float32Array.from(values)] as const),
  );

function frozen(): Model {
  const network = new NetworkBuilder('frozen', 1);
  const { graph } = network;
  const image = graph.input('image', 'float32', ['batch', 3, 224, 224]);
  const convolution = (x: string, name: string, filters: number) =>
    network.convolution(x, { name, filters, kernel: 3, padding: 'same' });
  graph.node('Tanh', [convolution(image, 'first', 4)], {}, { outputs: ['block1/tanh'] });
  const second = convolution(network.averagePool('block1/tanh', 2), 'second', 5);
  graph.node('Sigmoid', [second], {}, { outputs: ['block2/sigmoid'] });
  return withWeights(network.finishAs('block2/sigmoid', 'features').model, tensors('first|second'));
}

function generator(): TrainableModel {
  const network = new NetworkBuilder('generator', 1);
  const input = addInput(network, { kind: 'gray' }, { height: 4, width: 6 });
  const model = network.finishAs(network.convolution(input, { name: 'generator', filters: 3, kernel: 1 }), 'picture');
  return { ...model, model: withWeights(model.model, tensors('generator')) };
}

function lossOf(distance: FeatureLoss['distance'], layers?: FeatureLoss['layers']): Loss {
  const features: FeatureLoss = {
    kind: 'features',
    network: frozen(),
    distance,
    layers: layers ?? [
      { tensor: 'block1/tanh', weight: 20 },
      { tensor: 'block2/sigmoid', weight: 70 },
    ],
    input: {
      scale: torch.deviation.map((deviation) => 1 / deviation),
      shift: torch.mean.map((mean, c) => -mean / torch.deviation[c]!),
    },
  };
  return {
    kind: 'sum',
    terms: [
      { loss: { kind: 'l1' }, weight: 1 },
      { loss: features, weight: 1 },
    ],
  };
}

const input = {
  pixels: Uint8Array.from(torch.pixels),
  targets: Float32Array.from(torch.targets),
  weights: new Float32Array(2).fill(1),
  count: 2,
};

describe('a loss on pixels and features follows PyTorch', () => {
  for (const subject of subjects) {
    const skipped = subject.missing !== undefined || subject.slow === true || subject.options.precision === 'bfloat16';
    it.skipIf(skipped).each(torch.cases.map((c) => [c.distance, c] as const))(
      `%s on ${title(subject)}`,
      async (_, c) => {
        const model = generator();
        const specification = { model, loss: lossOf(c.distance), optimizer: { kind: 'sgd' }, seed: 1 } as const;
        const session = await subject.backend.train(specification, 2, subject.options);
        // Measured one example at a time too: the batch is then not full.
        const measured = await session.measure(input);
        expect(largestDifference([measured.loss / 2], [c.loss])).toBeLessThan(1e-5);
        const alone = await session.measure({ ...input, count: 1 });
        expect(alone.loss).not.toBeCloseTo(measured.loss / 2, 3);

        const { loss, terms } = await session.step({ ...input, learningRate: 1, step: 1 });
        expect(largestDifference([loss], [c.loss])).toBeLessThan(1e-5);
        expect(largestDifference(terms, c.terms)).toBeLessThan(1e-5);
        const { weights } = await session.state();
        const gradient = (name: string) => weights.get(name)!.map((value, i) => torch.tensors[name]![i]! - value);
        expect(largestDifference(gradient('generator/kernel'), c.weightGradient)).toBeLessThan(1e-5);
        expect(largestDifference(gradient('generator/bias'), c.biasGradient)).toBeLessThan(1e-5);
        await session.release();
      },
    );
  }
});

describe('a loss that cannot be taken', () => {
  const open = (loss: Loss) =>
    subjects[0]!.backend.train({ model: generator(), loss, optimizer: { kind: 'sgd' }, seed: 1 }, 2, { threads: 1 });

  it('names the tensors most like one that the network does not have', async () => {
    await expect(open(lossOf('l1', [{ tensor: 'block2', weight: 1 }]))).rejects.toMatchObject({
      code: 'CHROMARAY_TRAINING_FEATURES',
      message: expect.stringMatching(
        /frozen of the feature loss makes no tensor named "block2".*block2\/sigmoid, block1\/tanh/,
      ) as string,
    });
  });

  it('refuses a network that takes no picture', async () => {
    const builder = new NetworkBuilder('words', 1);
    builder.graph.input('words', 'float32', ['batch', 7]);
    const network = builder.finishAs(builder.dense('words', 2, { name: 'dense' }), 'out').model;
    const loss: Loss = { kind: 'features', network, layers: [{ tensor: 'out', weight: 1 }], distance: 'l1' };
    await expect(open(loss)).rejects.toMatchObject({
      code: 'CHROMARAY_TRAINING_FEATURES',
      message: expect.stringContaining('takes words (float32 [batch, 7])') as string,
    });
  });

  it('refuses values that are not there, and targets of another size', async () => {
    const on = (value: string): Loss => ({ kind: 'sum', terms: [{ loss: { kind: 'l1' }, weight: 1, on: value }] });
    await expect(open(on('nowhere'))).rejects.toMatchObject({
      code: 'CHROMARAY_TRAINING_LOGITS',
      message: expect.stringContaining('"nowhere"') as string,
    });
    const { nodes } = generator().model.graph;
    const gray = nodes.find(({ opType }) => opType === 'Cast')!.outputs[0]!;
    await expect(open(on(gray))).rejects.toMatchObject({
      code: 'CHROMARAY_TRAINING_LOGITS',
      message: expect.stringContaining('needs targets of 24 numbers an example; they have 72') as string,
    });
  });
});
