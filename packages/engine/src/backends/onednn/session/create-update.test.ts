import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import type { Optimizer } from '../../../training/types.js';
import type { TrainingSpecification } from '../../backend.js';
import { onednnAvailable } from '../available.test-support.js';
import { loadLibrary } from '../native/library.js';
import { adamLoop } from './adam-loop.js';
import { adamNumbers } from './adam-numbers.js';
import { createUpdate } from './create-update.js';
import { emptySlots } from './optimizer-state.js';
import { TensorBlock } from './state-memory.js';
import { updateGroups } from './update-groups.js';

type Tensors = ReadonlyMap<string, Float32Array>;

const sizes = new Map<string, readonly number[]>([
  ['projected', [3, 4]],
  ['bias', [5]],
  ['penalised', [7, 3]],
  // More than one part, the last of them short.
  ['large', [2, 65_539]],
  ['slow', [9]],
  ['last', [11]],
]);
const [learningRate, slowness, l2, steps] = [0.01, 0.1, 0.25, 4];

function specification(optimizer: Optimizer, isProjected: boolean): TrainingSpecification {
  const constraints = new Map(isProjected ? [['projected', { kind: 'unit-norm', axes: [1] }]] : []);
  return {
    model: { trainable: [...sizes.keys()], constraints, l2: new Map([['penalised', l2]]) },
    optimizer,
    learningRateFactors: new Map([['slow', slowness]]),
  } as unknown as TrainingSpecification;
}

function drawn(stream: string): Tensors {
  const random = new Random(stream);
  const values = (dims: readonly number[]) =>
    Float32Array.from({ length: dims.reduce((a, b) => a * b) }, () => random.uniform(-0.5, 0.5));
  return new Map([...sizes].map(([name, dims]) => [name, values(dims)]));
}
const start = drawn('weights');
const gradients = Array.from({ length: steps }, (_, i) => drawn(`gradients ${i}`));

/**
 * Adam by algorithm 1 of Kingma and Ba (2015) in the order of its section 2, AdamW by Loshchilov and Hutter (2019), L2 and the
 * projection to a unit norm, all in float64.
 */
function inFloat64(
  optimizer: Exclude<Optimizer, { kind: 'sgd' }>,
  isProjected: boolean,
): ReadonlyMap<string, Float64Array> {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = optimizer;
  const decay = optimizer.kind === 'adamw' ? optimizer.weightDecay! : 0;
  const moved = [...start].map(([name, weights]) => {
    const w = Float64Array.from(weights);
    const [m, v] = [new Float64Array(w.length), new Float64Array(w.length)];
    const rate = learningRate * (name === 'slow' ? slowness : 1);
    for (let step = 1; step <= steps; step++) {
      const gradient = gradients[step - 1]!.get(name)!;
      const corrected = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
      w.forEach((old, i) => {
        const g = gradient[i]! + (name === 'penalised' ? 2 * l2 * old : 0);
        m[i] = beta1 * m[i]! + (1 - beta1) * g;
        v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
        w[i] = old * (1 - rate * decay) - (corrected * m[i]!) / (Math.sqrt(v[i]!) + epsilon);
      });
      if (name === 'projected' && isProjected) {
        for (let row = 0; row < w.length; row += 4) {
          const norm = Math.hypot(...w.subarray(row, row + 4));
          for (let i = row; i < row + 4; i++) w[i]! /= norm;
        }
      }
    }
    return [name, w] as const;
  });
  return new Map(moved);
}

async function updated(
  how: 'chosen' | 'loop',
  optimizer: Optimizer,
  isProjected: boolean,
  threads = 1,
  onKernel: (label: string) => void = () => {},
): Promise<Tensors> {
  const given = specification(optimizer, isProjected);
  const [weights, gradient] = [new TensorBlock(sizes), new TensorBlock(sizes)];
  weights.write(start);
  const state = { weights, gradients: gradient, slots: emptySlots(given, gradient) };
  const library = loadLibrary();
  library.setThreads(threads);
  const lengths = new Map([...gradient.tensors].map(([name, { floats }]) => [name, floats.length]));
  const groups = updateGroups(given, lengths);
  const update =
    how === 'chosen'
      ? await createUpdate(library, given, state, { threads, onKernel })
      : adamLoop({ library, specification: given, numbers: adamNumbers(optimizer)!, groups, state, options: {} });
  for (let step = 1; step <= steps; step++) {
    gradient.write(gradients[step - 1]!);
    await update.run(learningRate, step);
  }
  await update.release();
  return weights.copy();
}

const adam = { kind: 'adam' } as const;
const adamW = { kind: 'adamw', weightDecay: 0.5, beta1: 0.8, beta2: 0.99 } as const;

describe.skipIf(!onednnAvailable)('an update of weights (needs the oneDNN library)', () => {
  it.each([
    ['Adam', 'chosen', adam, false],
    ['Adam, where one tensor is projected', 'chosen', adam, true],
    ['AdamW', 'chosen', adamW, false],
    ['Adam in a loop of ours, as on processors without fast primitives', 'loop', adam, false],
    ['AdamW in a loop of ours', 'loop', adamW, false],
  ] as const)('by %s goes where float64 goes', async (_, how, optimizer, isProjected) => {
    const found = await updated(how, optimizer, isProjected);
    for (const [name, expected] of inFloat64(optimizer, isProjected)) {
      const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found.get(name)![i]!)), 0);
      expect(worst, name).toBeLessThan(1e-6);
    }
  });

  it('gives the same bits on any number of threads', async () => {
    const bits = async (threads: number) =>
      Buffer.concat(
        [...(await updated('chosen', adamW, true, threads)).values()].map(({ buffer }) => Buffer.from(buffer)),
      );
    expect((await bits(2)).equals(await bits(1))).toBe(true);
  });

  it('leaves to the graph of every backend what is not moved element by element', async () => {
    const labels = async (isProjected: boolean) => {
      const seen = new Set<string>();
      await updated('chosen', adam, isProjected, 1, (label) => seen.add(label));
      return [...seen].toSorted();
    };
    expect(await labels(false)).toEqual(['Adam']);
    expect(await labels(true)).toEqual(['Adam', 'onnxruntime: update']);
  });
});
