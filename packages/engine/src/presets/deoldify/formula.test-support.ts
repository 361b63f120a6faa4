import { expect } from 'vitest';
import { subjects } from '../../backends/conformance/subjects.test-support.js';
import type { Tensor } from '../../graph/types.js';
import { fixture, largestDifference } from '../../training/step/run-graph.test-support.js';
import type { TrainableModel } from '../../training/types.js';
import { withWeights } from '../../training/with-weights.js';
import { buildDeoldifyGenerator } from './generator.js';

export interface Generated {
  readonly encoderChannels: number;
  readonly factor: number;
  readonly height: number;
  readonly width: number;
  readonly mean: number;
  readonly deviation: number;
  /** Every so many of the numbers were recorded. */
  readonly stride: number;
  readonly normalised: readonly number[];
}

export const torch = fixture<{
  readonly generators: readonly Generated[];
  readonly critic: {
    readonly channels: number;
    readonly height: number;
    readonly width: number;
    readonly logits: readonly number[];
  };
}>('torch-deoldify');

/** Numbers in [-1, 1) from a name: FNV-1a of the name, then a multiplicative hash of place and name. */
export function formula(name: string, count: number): Float64Array {
  let seed = 2166136261;
  for (const byte of Buffer.from(name)) seed = Math.imul(seed ^ byte, 16777619);
  return Float64Array.from({ length: count }, (_, i) => {
    let h = Math.imul(i, 2654435761) + seed;
    h = Math.imul(h ^ (h >>> 16), 73244475);
    h = Math.imul(h ^ (h >>> 16), 73244475);
    return ((h ^ (h >>> 16)) >>> 0) / 2147483648 - 1;
  });
}

function valuesOf(name: string, { dims, data }: Tensor): Float32Array {
  const scaled = (level: number, factor: number) =>
    Float32Array.from(formula(name, data.length), (value) => level + factor * value);
  if (name.endsWith('/kernel')) return scaled(0, Math.sqrt(6 / dims.slice(1).reduce((a, b) => a * b, 1)));
  if (name.endsWith('/gamma')) return Float32Array.of(0.5);
  if (name.endsWith('/norm/scale')) return scaled(1, 0.2);
  if (name.endsWith('/norm/variance')) return scaled(1, 0.5);
  return scaled(0, name.includes('/norm/') ? 0.2 : 0.1);
}

/** Five power iterations from a formula. */
function vectors(name: string, kernel: Float32Array, outputs: number) {
  const rest = kernel.length / outputs;
  const unit = (vector: Float64Array) => {
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    return vector.map((value) => value / length);
  };
  let left = formula(`${name}/left`, outputs);
  let right = new Float64Array(rest);
  for (let i = 0; i < 5; i++) {
    right = new Float64Array(rest);
    for (let o = 0; o < outputs; o++) for (let k = 0; k < rest; k++) right[k]! += kernel[o * rest + k]! * left[o]!;
    right = unit(right);
    left = new Float64Array(outputs);
    for (let o = 0; o < outputs; o++) for (let k = 0; k < rest; k++) left[o]! += kernel[o * rest + k]! * right[k]!;
    left = unit(left);
  }
  return [
    [`${name}/left`, Float32Array.from(left)],
    [`${name}/right`, Float32Array.from(right)],
  ] as const;
}

/** The network with the weights that the reference has. */
export function withFormula(network: TrainableModel): TrainableModel {
  const { initializers } = network.model.graph;
  const own = [...initializers].filter(([name]) => /\/(kernel|bias|scale|mean|variance|gamma)$/.test(name));
  const values = new Map(own.map(([name, tensor]) => [name, valuesOf(name, tensor)] as const));
  for (const { weight } of network.spectralNorms!) {
    for (const [name, vector] of vectors(weight, values.get(weight)!, initializers.get(weight)!.dims[0]!))
      values.set(name, vector);
  }
  return { ...network, model: withWeights(network.model, values) };
}

export async function forward(
  network: TrainableModel,
  pixels: Uint8Array | Float32Array,
  subject: (typeof subjects)[number],
): Promise<{ readonly logits: Float32Array; readonly probabilities: Float32Array }> {
  // One small tensor trained: the session's backward pass is short.
  const trained = { ...network, trainable: network.trainable.slice(-1) };
  const session = await subject.backend.train(
    { model: trained, loss: { kind: 'l1' }, optimizer: { kind: 'sgd' }, seed: 1 },
    1,
    subject.options,
  );
  const output = await session.forward(pixels, 1);
  await session.release();
  return output;
}

export const tested = subjects.filter(
  ({ missing, slow, options }) => missing === undefined && slow !== true && options.precision === undefined,
);

/** The generator's numbers against PyTorch's. */
export async function expectGenerated(g: Generated, subject: (typeof subjects)[number]): Promise<void> {
  const network = withFormula(buildDeoldifyGenerator({ ...g, seed: 1 }));
  const pixels = Uint8Array.from(formula('pixels', g.height * g.width), (value) => Math.floor(127.5 * (1 + value)));
  const { logits, probabilities } = await forward(network, pixels, subject);
  const recorded = logits.filter((_, i) => i % g.stride === 0);
  expect(largestDifference(recorded, g.normalised)).toBeLessThan(1e-4);
  const mean = logits.reduce((sum, value) => sum + value, 0) / logits.length;
  expect(mean).toBeCloseTo(g.mean, 4);
  // The picture is the same in other units.
  expect(probabilities[0]).toBeCloseTo(Math.min(1, Math.max(0, logits[0]! * 0.229 + 0.485)), 5);
}
