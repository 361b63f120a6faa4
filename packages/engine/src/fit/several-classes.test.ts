import { describe, expect, it } from 'vitest';
import { onednnAvailable } from '../backends/onednn/available.test-support.js';
import { createBackend } from '../backends/registry.js';
import type { Tensor } from '../graph/types.js';
import { addHead } from '../layers/head.js';
import { addInput } from '../layers/input-transform.js';
import { NetworkBuilder } from '../layers/network-builder.js';
import { predict } from '../prediction/predictor.js';
import { buildPreset } from '../presets/registry.js';
import { fixture, largestDifference } from '../training/step/run-graph.test-support.js';
import type { Optimizer, TrainableModel } from '../training/types.js';
import { withWeights } from '../training/with-weights.js';
import { arraySource } from './array-source.js';

interface Recorded {
  readonly smoothing: number;
  readonly start: Readonly<Record<string, readonly number[]>>;
  readonly pixels: readonly number[];
  readonly labels: readonly number[];
  readonly weights: readonly number[];
  readonly probabilities: readonly number[];
  readonly losses: readonly number[];
  readonly gradients: Readonly<Record<string, readonly number[]>>;
  readonly end: Readonly<Record<string, readonly number[]>>;
}

// Recorded by test/reference/torch_classes.py.
const { cases, torch } = fixture<{ readonly torch: string; readonly cases: readonly Recorded[] }>('torch-classes');
const backends = ['onnxruntime', ...(onednnAvailable ? ['onednn'] : [])];
const threads = 1;

function network({ start }: Recorded): TrainableModel {
  const net = new NetworkBuilder('classes', 0);
  const input = addInput(net, { kind: 'gray' }, { height: 8, width: 8 });
  const convolved = net.relu(net.convolution(input, { name: 'conv', filters: 4, kernel: 3 }));
  const trainable = net.finish(net.dense(net.flatten(net.maxPool(convolved)), 3, { name: 'output' }));
  const tensors = new Map(Object.entries(start).map(([name, data]) => [name, Float32Array.from(data)]));
  return { ...trainable, model: withWeights(trainable.model, tensors) };
}

async function trained(recorded: Recorded, backend: string, optimizer: Optimizer, steps: number, learningRate: number) {
  const { labels, pixels, weights, smoothing } = recorded;
  const specification = {
    model: network(recorded),
    loss: { kind: 'categorical-cross-entropy', labelSmoothing: smoothing } as const,
    optimizer,
    seed: 0,
  };
  const session = await createBackend(backend).train(specification, labels.length, { threads });
  const losses: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const { loss } = await session.step({
      pixels: Uint8Array.from(pixels),
      targets: Float32Array.from(labels.flatMap((label) => [0, 1, 2].map((index) => Number(index === label)))),
      weights: Float32Array.from(weights),
      count: labels.length,
      learningRate,
      step,
    });
    losses.push(loss);
  }
  const { initializers } = (await session.model()).graph;
  await session.release();
  return { losses, tensor: (name: string) => (initializers.get(name) as Tensor).data as Float32Array };
}

describe.each(backends)(`three classes on %s against PyTorch ${torch}`, (backend) => {
  it.each(cases.map((one) => [one.smoothing, one] as const))('label smoothing %s', async (_, recorded) => {
    const adam = await trained(recorded, backend, { kind: 'adam', epsilon: 1e-12 }, 5, 0.01);
    adam.losses.forEach((loss, step) => {
      expect(loss).toBeCloseTo(recorded.losses[step]!, 5);
    });
    for (const [name, expected] of Object.entries(recorded.end))
      expect(largestDifference(adam.tensor(name), expected), name).toBeLessThan(1e-5);
    // One step of gradient descent at a rate of 1 takes the gradient away from the weights.
    const descent = await trained(recorded, backend, { kind: 'sgd' }, 1, 1);
    for (const [name, expected] of Object.entries(recorded.gradients)) {
      const gradient = descent.tensor(name).map((value, i) => recorded.start[name]![i]! - value);
      expect(largestDifference(gradient, expected), name).toBeLessThan(1e-6);
    }
  });

  it('gives the probabilities of each class', async () => {
    const [recorded] = cases as [Recorded];
    const source = arraySource({ shape: [1, 8, 8], pixels: Uint8Array.from(recorded.pixels) });
    const found = await predict(network(recorded).model, source, { backend, threads });
    expect(largestDifference(found, recorded.probabilities)).toBeLessThan(1e-6);
  });
});

describe('a network of three classes', () => {
  it.each(['small', 'resnet18', 'gray-1', 'mod4-1'])('ends in three logits and a softmax: %s', (name) => {
    const { model } = buildPreset(name, { seed: 1, classes: 3, height: 64, width: 64 });
    const last = model.graph.nodes.at(-1)!;
    expect(last.opType).toBe('Softmax');
    const weights = [...model.graph.initializers].filter(([key]) => /output\/bias$/.test(key));
    expect(weights.map(([, { dims }]) => dims)).toEqual([[3]]);
  });

  it('has one logit and a sigmoid for two classes, with and without the number written', () => {
    for (const classes of [undefined, 2]) {
      const net = new NetworkBuilder('two', 1);
      const pixels = net.graph.input('pixels', 'uint8', ['batch', 1, 8, 8]);
      const features = net.flatten(net.graph.node('Cast', [pixels], { to: 1 }));
      const { model } = net.finish(addHead(net, features, {}, classes));
      expect(model.graph.nodes.at(-1)!.opType).toBe('Sigmoid');
    }
  });
});
