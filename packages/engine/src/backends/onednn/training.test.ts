import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { predict } from '../../prediction/predictor.js';
import { buildPreset } from '../../presets/registry.js';
import { blobs, tinyNetwork, tinyRequest } from '../../training/blobs.test-support.js';
import { fit } from '../../training/fit.js';
import { kerasKernelAxes } from '../../training/step/constraints.js';
import type { Optimizer, TrainableModel } from '../../training/types.js';
import type { Backend, BackendOptions, StepInput, TrainingSpecification, TrainingState } from '../backend.js';
import { onnxruntimeBackend } from '../onnxruntime/backend.js';
import { createBackend } from '../registry.js';
import { onednnAvailable } from './available.test-support.js';
import { onednnBackend, onednnLibrary } from './backend.js';
import { activationType } from './session/precision.js';

/**
 * Dropout, batch norm, L2 and a constraint. The bias before the batch norm is frozen: its gradient is 0, and Adam
 * would follow the sign of what rounding leaves of it.
 */
function rich(): TrainableModel {
  const model = tinyNetwork({
    dropout: 0.3,
    norm: true,
    l2: 0.01,
    constraint: { kind: 'unit-norm', axes: kerasKernelAxes(0) },
  });
  return { ...model, trainable: model.trainable.filter((name) => name !== 'convolution/bias') };
}

function batchOf(count: number, step: number): StepInput {
  const into = {
    pixels: new Uint8Array(count * 64),
    targets: new Float32Array(count),
    weights: new Float32Array(count),
  };
  const order = Int32Array.from({ length: count }, (_, i) => (i + step * 8) % 200);
  void blobs(200, 1).read(order, into);
  return { ...into, count, learningRate: 0.01, step };
}

function open(
  backend: Backend,
  model: TrainableModel,
  change: Partial<TrainingSpecification> = {},
  options: BackendOptions = {},
) {
  return backend.train(
    { model, loss: { kind: 'binary-cross-entropy' }, optimizer: { kind: 'adam' }, seed: 1, ...change },
    8,
    { threads: 1, ...options },
  );
}

async function trained(
  backend: Backend,
  change: Partial<TrainingSpecification> = {},
  options: BackendOptions = {},
  steps = 20,
): Promise<{ readonly losses: readonly number[]; readonly state: TrainingState }> {
  const session = await open(backend, rich(), change, options);
  const losses: number[] = [];
  for (let step = 1; step <= steps; step++)
    losses.push((await session.step(batchOf(step % 5 === 0 ? 3 : 8, step))).loss);
  const state = await session.state();
  await session.release();
  return { losses, state };
}

const optimizers: readonly (readonly [string, Optimizer, Partial<TrainingSpecification>])[] = [
  ['sgd', { kind: 'sgd' }, {}],
  ['sgd with Nesterov momentum', { kind: 'sgd', momentum: 0.9, nesterov: true }, {}],
  ['adam', { kind: 'adam' }, {}],
  ['adamw with clipping', { kind: 'adamw' }, { clipNorm: 0.1 }],
  ['adam with factors', { kind: 'adam' }, { learningRateFactors: new Map([['output/kernel', 0.1]]) }],
];

describe.skipIf(!onednnAvailable)('training on onednn (needs the oneDNN library)', () => {
  it.each(optimizers)('goes where onnxruntime goes in 20 steps: %s', async (_, optimizer, change) => {
    const found = await trained(onednnBackend, { optimizer, ...change });
    const expected = await trained(onnxruntimeBackend, { optimizer, ...change });
    found.losses.forEach((loss, step) => {
      expect(Math.abs(loss - expected.losses[step]!)).toBeLessThan(1e-3);
    });
    expect([...found.state.weights.keys()]).toEqual([...expected.state.weights.keys()]);
    expect([...found.state.slots.keys()]).toEqual([...expected.state.slots.keys()]);
    for (const [name, values] of expected.state.weights) {
      const other = found.state.weights.get(name)!;
      values.forEach((value, i) => {
        expect(Math.abs(value - other[i]!), name).toBeLessThan(5e-3);
      });
    }
  });

  it('gives the same bits twice', async () => {
    const again = () => trained(onednnBackend, {}, { threads: 2 }, 5);
    expect(await again()).toEqual(await again());
  });

  it('goes on from a restored state with the same bits', async () => {
    const session = await open(onednnBackend, rich());
    await session.step(batchOf(8, 1));
    const state = await session.state();
    const { loss } = await session.step(batchOf(5, 2));
    const after = await session.state();
    const forward = await session.forward(batchOf(6, 3).pixels, 6);
    session.restore(state);
    expect((await session.step(batchOf(5, 2))).loss).toBe(loss);
    expect(await session.state()).toEqual(after);
    expect(await session.forward(batchOf(6, 3).pixels, 6)).toEqual(forward);
    const other = await open(onednnBackend, rich());
    other.restore(state);
    expect((await other.step(batchOf(5, 2))).loss).toBe(loss);
    expect(() => other.restore({ weights: new Map(), slots: new Map() })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_TRAINING_STATE' }),
    );
    await Promise.all([session.release(), other.release()]);
  });

  it('predicts with the weights and running statistics of the moment, any number of examples', async () => {
    const session = await open(onednnBackend, rich());
    const before = await session.forward(batchOf(20, 1).pixels, 20);
    for (let step = 1; step <= 3; step++) await session.step(batchOf(8, step));
    const { probabilities, logits } = await session.forward(batchOf(20, 1).pixels, 20);
    expect(probabilities).not.toEqual(before.probabilities);
    const source = { ...blobs(200, 1), count: 20 };
    const inModel = {
      read: (indices: Int32Array, into: never) =>
        source.read(
          indices.map((i) => (i + 8) % 200),
          into,
        ),
    };
    const elsewhere = await predict(
      await session.model(),
      { ...source, ...inModel },
      { backend: 'onnxruntime', threads: 1 },
    );
    const here = await predict(
      await session.model(),
      { ...source, ...inModel },
      { backend: 'onednn', batch: 7, threads: 1 },
    );
    probabilities.forEach((probability, i) => {
      expect(Math.abs(probability - elsewhere[i]!)).toBeLessThan(1e-5);
      expect(Math.abs(probability - here[i]!)).toBeLessThan(1e-5);
      expect(1 / (1 + Math.exp(-logits[i]!))).toBeCloseTo(probability, 5);
    });
    await session.release();
  });

  it('names step and tensor when the loss is no number any more, and leaves the weights as they were', async () => {
    const model = tinyNetwork();
    (model.model.graph.initializers.get('convolution/kernel')!.data as Float32Array).fill(3e38);
    const messages = [];
    for (const backend of [onednnBackend, onnxruntimeBackend]) {
      const session = await open(backend, model);
      const before = await session.state();
      const error = await session.step(batchOf(8, 4)).catch((problem: unknown) => problem);
      expect(error).toMatchObject({ code: 'CHROMARAY_TRAINING_NOT_FINITE', details: { step: 4, operator: 'Conv' } });
      messages.push((error as Error).message);
      expect(await session.state()).toEqual(before);
      await session.release();
    }
    expect(messages[0]).toBe(messages[1]);
  });

  it.each([
    ['CHROMARAY_TRAINING_TENSOR', { trainable: ['missing'] }],
    ['CHROMARAY_TRAINING_LOGITS', { logits: 'nowhere' }],
  ])('refuses a model whose training makes no sense: %s', async (code, change) => {
    await expect(open(onednnBackend, { ...tinyNetwork(), ...change })).rejects.toMatchObject({ code });
  });

  it('refuses a larger batch, a provider and a precision it does not have', async () => {
    const session = await open(onednnBackend, tinyNetwork());
    await expect(session.step(batchOf(9, 1))).rejects.toMatchObject({ code: 'CHROMARAY_TRAINING_BATCH' });
    await session.release();
    await expect(open(onednnBackend, tinyNetwork(), {}, { provider: 'cuda' })).rejects.toMatchObject({
      code: 'CHROMARAY_BACKEND_PROVIDER',
    });
    await expect(open(onednnBackend, tinyNetwork(), {}, { precision: 'bfloat61' as never })).rejects.toMatchObject({
      code: 'CHROMARAY_PRECISION_UNKNOWN',
      remedy: 'Did you mean bfloat16?',
    });
  });

  it('trains through fit, with checkpoints of its own, and stops when asked', async () => {
    const { model, history } = await fit(tinyRequest({ backend: 'onednn', epochs: 4 }));
    expect(history.at(-1)!.validationLoss).toBeLessThan(history[0]!.validationLoss!);
    expect(model.graph.initializers.size).toBeGreaterThan(0);
    const controller = new AbortController();
    const stopped = fit({
      ...tinyRequest({ backend: 'onednn' }),
      signal: controller.signal,
      onEvent: (event) => {
        if (event.kind === 'step' && event.step === 2) controller.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'CHROMARAY_TRAINING_CANCELLED' });
  });

  it('is found by name and says what it is', () => {
    expect(createBackend('onednn')).toBe(onednnBackend);
    expect(onednnBackend.describe()).toMatchObject({ name: 'onednn', version: expect.stringMatching(/^[23]\.\d+/) });
  });

  it('gives back all memory: 200 trainings created, run and released', { timeout: 120_000 }, async () => {
    const cycle = async () => {
      const session = await open(onednnBackend, rich());
      await session.step(batchOf(8, 1));
      await session.release();
    };
    const resident = () => process.memoryUsage().rss / 2 ** 20;
    for (let i = 0; i < 40; i++) await cycle();
    const before = resident();
    for (let i = 0; i < 160; i++) await cycle();
    expect(resident() - before).toBeLessThan(60);
  });
});

const bfloat16 = onednnAvailable && onednnLibrary().bfloat16;

describe.skipIf(!bfloat16)('bfloat16 (needs oneDNN and a processor that computes in it)', () => {
  it('stays near float32 in 20 steps, with weights and slots in float32', async () => {
    const half = await trained(onednnBackend, {}, { precision: 'bfloat16' });
    const single = await trained(onednnBackend);
    half.losses.forEach((loss, step) => {
      expect(Math.abs(loss - single.losses[step]!)).toBeLessThan(0.05);
    });
    expect(half.losses).not.toEqual(single.losses);
    const kernel = half.state.weights.get('convolution/kernel')!;
    const bits = new Uint32Array(kernel.buffer, kernel.byteOffset, kernel.length);
    expect(bits.some((value) => (value & 0xffff) !== 0)).toBe(true);
  });

  it.each(['small', 'gray-best'])('has the gradients of float32 to its own accuracy: %s', async (preset) => {
    const model = buildPreset(preset, { seed: 4, height: 64, width: 64, transform: { kind: 'gray' } });
    const random = new Random('bfloat16');
    const input: StepInput = {
      ...batchOf(8, 1),
      pixels: Uint8Array.from({ length: 8 * 64 * 64 }, () => random.uint32() & 255),
      learningRate: 1,
    };
    const changes = [];
    for (const precision of ['float32', 'bfloat16'] as const) {
      const session = await open(onednnBackend, model, { optimizer: { kind: 'sgd' } }, { precision });
      await session.step(input);
      changes.push((await session.state()).weights);
      await session.release();
    }
    for (const name of model.trainable.filter((tensor) => tensor.endsWith('kernel'))) {
      const start = model.model.graph.initializers.get(name)!.data as Float32Array;
      const [single, half] = changes.map((weights) => weights.get(name)!.map((value, i) => value - start[i]!));
      let [along, singles, halves] = [0, 0, 0];
      single!.forEach((value, i) => {
        along += value * half![i]!;
        singles += value * value;
        halves += half![i]! ** 2;
      });
      expect(along / Math.sqrt(singles * halves), name).toBeGreaterThan(0.95);
    }
  });

  it('is refused on a processor that does not, and on a backend that cannot', async () => {
    await expect(open(onnxruntimeBackend, rich(), {}, { precision: 'bfloat16' })).rejects.toMatchObject({
      code: 'CHROMARAY_PRECISION_UNSUPPORTED',
    });
    expect(() => activationType({ bfloat16: false, version: '2.6.3' }, { precision: 'bfloat16' })).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_PRECISION_UNSUPPORTED' }),
    );
  });
});
