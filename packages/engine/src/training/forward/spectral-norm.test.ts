import { describe, expect, it } from 'vitest';
import { subjects, title } from '../../backends/conformance/subjects.test-support.js';
import { addInput } from '../../layers/input-transform.js';
import { NetworkBuilder } from '../../layers/network-builder.js';
import { fixture, largestDifference } from '../step/run-graph.test-support.js';
import type { TrainableModel } from '../types.js';
import { withWeights } from '../with-weights.js';

interface SpectralCase {
  readonly name: 'Conv2d' | 'ConvTranspose2d' | 'Linear';
  readonly shape: readonly number[];
  readonly pixels: readonly number[];
  readonly targets: readonly number[];
  readonly start: Readonly<Record<string, readonly number[]>>;
  readonly gradient: readonly number[];
  readonly losses: readonly number[];
  readonly end: Readonly<Record<string, readonly number[]>>;
  readonly evaluated: readonly number[];
}

const { rate, cases } = fixture<{ readonly rate: number; readonly cases: readonly SpectralCase[] }>(
  'torch-spectral-norm',
);

/** A dense layer's weights lie the other way round in PyTorch. */
function stored({ name, shape }: SpectralCase, values: readonly number[]): Float32Array {
  if (name !== 'Linear') return Float32Array.from(values);
  const [outputs, inputs] = shape as [number, number];
  return Float32Array.from(values, (_, i) => values[(i % outputs) * inputs + Math.floor(i / outputs)]!);
}

function state(c: SpectralCase, values: SpectralCase['start']): ReadonlyMap<string, Float32Array> {
  return new Map([
    ['layer/kernel', stored(c, values.weight_orig!)],
    ['layer/bias', Float32Array.from(values.bias!)],
    ['layer/kernel/left', Float32Array.from(values.weight_u!)],
    ['layer/kernel/right', Float32Array.from(values.weight_v!)],
  ]);
}

function network(c: SpectralCase): TrainableModel {
  const network = new NetworkBuilder(c.name, 1);
  const { graph } = network;
  const pixels = addInput(network, { kind: 'rgb' }, { height: 4, width: 5 });
  const two = graph.node('Slice', [pixels, graph.ints([0]), graph.ints([2]), graph.ints([1])]);
  const options = { name: 'layer', spectralNorm: true } as const;
  let made: string;
  if (c.name === 'Conv2d') made = network.convolution(two, { ...options, filters: 3, kernel: 3, padding: 'same' });
  else if (c.name === 'Linear') made = network.dense(network.flatten(two), 4, options);
  else {
    const kernel = network.spectralNorm(network.weight('layer/kernel', c.shape, {}), 1);
    const bias = network.trained('layer/bias', { dtype: 'float32', dims: [3], data: new Float32Array(3) });
    made = graph.node('ConvTranspose', [two, kernel, bias], { strides: [2, 2] });
  }
  const model = network.finishAs(made, 'made');
  return { ...model, model: withWeights(model.model, state(c, c.start)) };
}

/** The third channel is not looked at. */
function threeChannels(pixels: readonly number[]): Uint8Array {
  const result = new Uint8Array(3 * 60);
  for (let example = 0; example < 3; example++)
    result.set(pixels.slice(example * 40, (example + 1) * 40), example * 60);
  return result;
}

describe.each(cases.map((c) => [c.name, c] as const))('a spectral norm goes where PyTorch goes: %s', (_, c) => {
  for (const subject of subjects) {
    const skipped = subject.missing !== undefined || subject.slow === true || subject.options.precision === 'bfloat16';
    it.skipIf(skipped)(title(subject), async () => {
      const model = network(c);
      const specification = {
        model,
        loss: { kind: 'mean-squared-error' },
        optimizer: { kind: 'sgd' },
        seed: 1,
      } as const;
      const session = await subject.backend.train(specification, 3, subject.options);
      const pixels = threeChannels(c.pixels);
      const targets = Float32Array.from(c.targets);
      const losses: number[] = [];
      for (let step = 1; step <= c.losses.length; step++) {
        const input = { pixels, targets, weights: new Float32Array(3).fill(1), count: 3, learningRate: rate, step };
        losses.push((await session.step(input)).loss);
        if (step > 1) continue;
        const { weights } = await session.state();
        const begun = stored(c, c.start.weight_orig!);
        const found = weights.get('layer/kernel')!.map((value, i) => (begun[i]! - value) / rate);
        expect(largestDifference(found, stored(c, c.gradient))).toBeLessThan(1e-5);
      }
      expect(largestDifference(losses, c.losses)).toBeLessThan(1e-5);
      const { weights } = await session.state();
      for (const [name, values] of state(c, c.end))
        expect(largestDifference(weights.get(name)!, values), name).toBeLessThan(1e-5);
      const { logits } = await session.forward(pixels, 3);
      await session.release();
      expect(largestDifference(logits, c.evaluated)).toBeLessThan(1e-5);
    });
  }
});

describe('vectors of a new spectral norm', () => {
  it('are near the first singular vectors: the norm of the weight is 1', () => {
    const builder = new NetworkBuilder('new', 3);
    const input = addInput(builder, { kind: 'gray' }, { height: 4, width: 4 });
    const model = builder.finishAs(
      builder.convolution(input, { name: 'layer', filters: 3, kernel: 2, bias: false, spectralNorm: true }),
      'made',
    );
    const tensor = (name: string) => [...(model.model.graph.initializers.get(name)!.data as Float32Array)];
    const [w, u, v] = ['layer/kernel', 'layer/kernel/left', 'layer/kernel/right'].map(tensor);
    const sigma = u!.reduce((sum, a, row) => sum + a * v!.reduce((inner, b, k) => inner + b * w![row * 4 + k]!, 0), 0);
    // |Wx| of any x of length 1 is at most the norm.
    for (const x of [[1, 0, 0, 0], [0.5, 0.5, 0.5, 0.5], [0.5, -0.5, 0.5, -0.5], v!]) {
      const length = Math.hypot(...[0, 1, 2].map((row) => x.reduce((sum, b, k) => sum + b * w![row * 4 + k]!, 0)));
      expect(length).toBeLessThan(sigma * 1.001);
    }
  });
});
