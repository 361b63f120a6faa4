import { expect, it } from 'vitest';
import { onnxruntimeBackend } from '../backends/onnxruntime/backend.js';
import type { Tensor } from '../graph/types.js';
import { addInput } from '../layers/input-transform.js';
import { NetworkBuilder } from '../layers/network-builder.js';
import { fixture, largestDifference } from '../training/step/run-graph.test-support.js';
import type { TrainableModel } from '../training/types.js';
import { withWeights } from '../training/with-weights.js';

interface Trajectory {
  readonly trajectory: {
    readonly batch: number;
    readonly learningRate: number;
    readonly pixels: readonly number[];
    readonly targets: readonly number[];
    readonly weights: readonly number[];
    readonly start: Readonly<Record<string, readonly number[]>>;
    readonly losses: readonly number[];
    readonly end: Readonly<Record<string, readonly number[]>>;
  };
}

const { trajectory } = fixture<Trajectory>('torch-training');

function network(): TrainableModel {
  const net = new NetworkBuilder('trajectory', 0);
  const input = addInput(net, { kind: 'gray' }, { height: 8, width: 8 });
  const first = net.convolution(input, { name: 'conv', filters: 4, kernel: 3, bias: false });
  const pooled = net.maxPool(net.relu(net.batchNorm(first, 'norm')));
  const second = net.convolution(pooled, { name: 'second', filters: 5, kernel: 2, l2: 0.01 });
  const output = net.dense(net.flatten(net.relu(second)), 1, { name: 'output' });
  const trainable = net.finish(output);
  const start = new Map(Object.entries(trajectory.start).map(([name, data]) => [name, Float32Array.from(data)]));
  return { ...trainable, model: withWeights(trainable.model, start) };
}

it("takes five Adam steps, the last on a smaller batch, to PyTorch's weights and running statistics", async () => {
  const model = network();
  const session = await onnxruntimeBackend.train(
    {
      model,
      loss: { kind: 'binary-cross-entropy' },
      optimizer: { kind: 'adam', epsilon: 1e-12 },
      seed: 0,
    },
    trajectory.batch,
    { threads: 1 },
  );
  const count = trajectory.weights.length;
  for (let first = 0, step = 1; first < count; first += trajectory.batch, step++) {
    const last = Math.min(first + trajectory.batch, count);
    const { loss } = await session.step({
      pixels: Uint8Array.from(trajectory.pixels.slice(first * 64, last * 64)),
      targets: Float32Array.from(trajectory.targets.slice(first, last)),
      weights: Float32Array.from(trajectory.weights.slice(first, last)),
      count: last - first,
      learningRate: trajectory.learningRate,
      step,
    });
    expect(loss).toBeCloseTo(trajectory.losses[step - 1]!, 5);
  }
  const { initializers } = (await session.model()).graph;
  for (const [name, expected] of Object.entries(trajectory.end)) {
    const { data } = initializers.get(name) as Tensor;
    expect(largestDifference(data as Float32Array, expected), name).toBeLessThan(1e-5);
  }
  await session.release();
});
