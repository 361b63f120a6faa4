import { describe, expect, it } from 'vitest';
import { predict } from '../../prediction/predictor.js';
import { blobs, tinyNetwork } from '../../training/blobs.test-support.js';
import type { TrainableModel } from '../../training/types.js';
import type { StepInput, TrainingSession } from '../backend.js';
import { onnxruntimeBackend } from './backend.js';
import { fillDropoutMask } from './dropout-masks.js';

const train = (model: TrainableModel, batch = 8): Promise<TrainingSession> =>
  onnxruntimeBackend.train(
    { model, loss: { kind: 'binary-cross-entropy' }, optimizer: { kind: 'adam' }, seed: 1 },
    batch,
    { threads: 1 },
  );

function stepInput(count: number, step = 1): StepInput {
  const into = {
    pixels: new Uint8Array(count * 64),
    targets: new Float32Array(count),
    weights: new Float32Array(count),
  };
  void blobs(count, 1).read(
    Int32Array.from({ length: count }, (_, i) => i),
    into,
  );
  return { ...into, count, learningRate: 0.01, step };
}

describe('the onnxruntime backend', () => {
  it('says what it is and what it can run on', () => {
    const { name, version, device, providers } = onnxruntimeBackend.describe();
    expect([name, version]).toEqual(['onnxruntime', expect.stringMatching(/^\d+\.\d+\.\d+/)]);
    expect(device).toMatch(/thread/);
    expect(providers).toContain('cpu');
  });

  it('lowers the loss of a batch it sees again and again', async () => {
    const session = await train(tinyNetwork());
    const losses: number[] = [];
    for (let step = 1; step <= 20; step++) losses.push((await session.step(stepInput(8, step))).loss);
    await session.release();
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
  });

  it('weighs examples: one of weight 0 might as well be absent', async () => {
    const weighted = await train(tinyNetwork());
    const input = stepInput(8);
    input.weights.fill(0, 5);
    const { loss } = await weighted.step(input);
    const fewer = await train(tinyNetwork());
    const { loss: expected } = await fewer.step(stepInput(5));
    expect(loss * 8).toBeCloseTo(expected * 5, 5);
    await Promise.all([weighted.release(), fewer.release()]);
  });

  it('adds the L2 penalty to the loss and tells it apart', async () => {
    const model = tinyNetwork({ l2: 0.5 });
    const session = await train(model);
    const { loss, penalty } = await session.step(stepInput(8));
    const kernel = model.model.graph.initializers.get('convolution/kernel')!.data as Float32Array;
    expect(penalty).toBeCloseTo(0.5 * kernel.reduce((sum, w) => sum + w * w, 0), 5);
    const plain = await train(tinyNetwork());
    expect(loss - penalty).toBeCloseTo((await plain.step(stepInput(8))).loss, 5);
    await Promise.all([session.release(), plain.release()]);
  });

  it('restores a state: the same steps follow', async () => {
    const session = await train(tinyNetwork({ dropout: 0.5, norm: true }));
    await session.step(stepInput(8, 1));
    const state = await session.state();
    const { loss } = await session.step(stepInput(8, 2));
    const after = await session.state();
    session.restore(state);
    expect((await session.step(stepInput(8, 2))).loss).toBe(loss);
    expect(await session.state()).toEqual(after);
    await session.release();
  });

  it('refuses a state of another model and a batch larger than agreed', async () => {
    const session = await train(tinyNetwork());
    const other = { weights: new Map(), slots: new Map() };
    expect(() => session.restore(other)).toThrow(expect.objectContaining({ code: 'CHROMARAY_TRAINING_STATE' }));
    await expect(session.step(stepInput(9))).rejects.toMatchObject({ code: 'CHROMARAY_TRAINING_BATCH' });
    await session.release();
  });

  it('names the operator that made the first value that is not finite', async () => {
    const model = tinyNetwork();
    // Finite weights whose product with the pixels is not: the convolution overflows.
    (model.model.graph.initializers.get('convolution/kernel')!.data as Float32Array).fill(3e38);
    const session = await train(model);
    await expect(session.step(stepInput(8, 4))).rejects.toMatchObject({
      code: 'CHROMARAY_TRAINING_NOT_FINITE',
      message: expect.stringMatching(/step 4 .* made by Conv node/),
      details: { step: 4, operator: 'Conv' },
    });
    await session.release();
  });

  it.each([
    ['missing', 'CHROMARAY_TRAINING_TENSOR', { trainable: ['missing'] }],
    ['logits unknown', 'CHROMARAY_TRAINING_LOGITS', { logits: 'nowhere' }],
  ])('refuses a model whose training makes no sense: %s', async (_, code, change) => {
    await expect(train({ ...tinyNetwork(), ...change })).rejects.toMatchObject({ code });
  });

  it('gives an example the same probability in whatever batch it stands', async () => {
    const { model } = tinyNetwork({ norm: true });
    const source = blobs(20, 3);
    const whole = await predict(model, source, { batch: 20, threads: 1 });
    for (const batch of [1, 3, 7]) {
      const parts = await predict(model, source, { batch, threads: 1 });
      parts.forEach((probability, i) => {
        expect(Math.abs(probability - whole[i]!)).toBeLessThan(1e-6);
      });
    }
  });

  it('leaves the arithmetic of JavaScript as it is', async () => {
    const smallest = () => Number.MIN_VALUE * Math.max(1, process.pid);
    const before = smallest();
    await predict(tinyNetwork().model, blobs(2, 1), { threads: 1 });
    expect(before).toBeGreaterThan(0);
    expect(smallest()).toBe(before);
  });
});

describe('dropout masks', () => {
  const mask = { input: 'step/mask/0', shape: [100_001], ratio: 0.4 };
  const filled = (seed: number, step: number, input = mask.input) => {
    const into = new Uint8Array(100_001);
    fillDropoutMask(into, { ...mask, input }, seed, step);
    return into;
  };

  it('drop the share asked for', () => {
    const kept = filled(1, 1).reduce((sum, value) => sum + value, 0) / 100_001;
    expect(kept).toBeGreaterThan(0.59);
    expect(kept).toBeLessThan(0.61);
  });

  it('follow from seed, step and place alone', () => {
    expect(filled(1, 7)).toEqual(filled(1, 7));
    for (const other of [filled(2, 7), filled(1, 8), filled(1, 7, 'step/mask/1')]) {
      expect(other).not.toEqual(filled(1, 7));
    }
  });
});
