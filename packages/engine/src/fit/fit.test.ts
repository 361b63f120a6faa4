import { describe, expect, it } from 'vitest';
import type { Model } from '../graph/types.js';
import { predict } from '../prediction/predictor.js';
import { arraySource } from './array-source.js';
import { blobs, tinyNetwork, tinyOptions, tinyRequest } from './blobs.test-support.js';
import { fit } from './fit.js';
import type { FitEvent } from './fit-types.js';

const tensor = (model: Model, name: string) => model.graph.initializers.get(name)!.data as Float32Array;

describe('fit', () => {
  it('learns what can be learnt', async () => {
    const { history, model } = await fit(tinyRequest({ epochs: 8 }));
    expect(history).toHaveLength(8);
    expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss / 2);
    expect(history.at(-1)!.validationAccuracy).toBeGreaterThan(0.9);
    expect(model.graph.outputs[0]!.name).toBe('probability');
  });

  it('learns an exclusive or, which no single layer can', async () => {
    const pixels = Uint8Array.from({ length: 64 * 4 }, (_, i) => {
      const [example, column] = [Math.floor(i / 64), i % 8];
      return (column < 4 ? example & 1 : example >> 1) * 255;
    });
    const train = arraySource({ shape: [1, 8, 8], pixels, targets: [0, 1, 1, 0] });
    const options = { ...tinyOptions, epochs: 150, batch: 4, learningRate: 0.02 };
    const { history } = await fit({ model: tinyNetwork(), train, options });
    expect(history.at(-1)!.accuracy).toBe(1);
    expect(history.at(-1)!.loss).toBeLessThan(0.1);
  });

  it('gives the same bits for the same seed, and others for another', async () => {
    const [first, second, other] = await Promise.all([
      fit(tinyRequest()),
      fit(tinyRequest()),
      fit(tinyRequest({ seed: 6 })),
    ]);
    for (const name of ['convolution/kernel', 'norm/variance', 'output/bias']) {
      expect(tensor(second.model, name)).toEqual(tensor(first.model, name));
    }
    expect(second.history.map(({ loss }) => loss)).toEqual(first.history.map(({ loss }) => loss));
    expect(tensor(other.model, 'convolution/kernel')).not.toEqual(tensor(first.model, 'convolution/kernel'));
  });

  it('leaves frozen tensors as they are, and the statistics of a frozen batch norm too', async () => {
    const model = tinyNetwork({ norm: true });
    const trainable = model.trainable.filter((name) => name.startsWith('output'));
    const result = await fit(tinyRequest({}, { model: { ...model, trainable } }));
    for (const [name, { data }] of model.model.graph.initializers) {
      if (trainable.includes(name)) expect(tensor(result.model, name)).not.toEqual(data);
      else expect(tensor(result.model, name)).toEqual(data);
    }
  });

  it('keeps a unit norm over the height of every kernel column', async () => {
    const model = tinyNetwork({ constraint: { kind: 'unit-norm', axes: [2] } });
    const kernel = tensor((await fit(tinyRequest({ epochs: 1 }, { model }))).model, 'convolution/kernel');
    for (let filter = 0; filter < 4; filter++) {
      for (let column = 0; column < 3; column++) {
        const norm = Math.hypot(...[0, 1, 2].map((row) => kernel[filter * 9 + row * 3 + column]!));
        expect(norm).toBeCloseTo(1, 5);
      }
    }
  });

  it('scales the learning rate of a tensor', async () => {
    const learningRateFactors = new Map([['convolution/kernel', 0.0001]]);
    const model = tinyNetwork();
    const result = await fit(tinyRequest({ learningRateFactors }, { model }));
    const moved = (name: string) => Math.abs(tensor(result.model, name)[0]! - tensor(model.model, name)[0]!);
    expect(moved('convolution/kernel')).toBeGreaterThan(0);
    expect(moved('convolution/kernel')).toBeLessThan(1e-4);
    expect(moved('output/kernel')).toBeGreaterThan(1e-4);
  });

  it('stops early and hands back the best epoch', async () => {
    const scores = [0.5, 0.7, 0.6, 0.7, 0.65, 0.9];
    let epoch = 0;
    const { history, bestEpoch, selectedEpoch, stopped, model } = await fit(
      tinyRequest(
        { epochs: 6, earlyStopping: { patience: 3 }, monitor: { metric: 'score', mode: 'max' } },
        { evaluate: () => ({ score: scores[epoch++]! }) },
      ),
    );
    expect([history.length, bestEpoch, selectedEpoch, stopped]).toEqual([5, 2, 2, 'early']);
    const twoEpochs = await fit(tinyRequest({ epochs: 2, select: 'last' }));
    expect(tensor(model, 'output/kernel')).toEqual(tensor(twoEpochs.model, 'output/kernel'));
  });

  it('tells of its start, of every step and of every epoch', async () => {
    const events: FitEvent[] = [];
    await fit(tinyRequest({ epochs: 2 }, { onEvent: (event) => events.push(event) }));
    expect(events.map(({ kind }) => kind).join(' ')).toBe(
      'start step step step step step epoch step step step step step epoch',
    );
    expect(events[5]).toMatchObject({ kind: 'step', epoch: 1, step: 5, steps: 5, examples: 70, learningRate: 0.01 });
    expect(events[6]).toMatchObject({ kind: 'epoch', best: true, record: { epoch: 1 } });
  });

  it('gives the validation probabilities in the order of the source', async () => {
    const source = blobs(40, 2);
    const seen: Float32Array[] = [];
    const evaluate = (probabilities: Float32Array) => {
      seen.push(probabilities.slice());
      return {};
    };
    const { model } = await fit(tinyRequest({ epochs: 1, select: 'last' }, { evaluate }));
    const predicted = await predict(model, source, { threads: 1, batch: 7 });
    expect(seen).toHaveLength(1);
    predicted.forEach((probability, i) => {
      expect(probability).toBeCloseTo(seen[0]![i]!, 6);
    });
  });

  it('reads the next batch while a step runs, and says how long it waited', async () => {
    const inner = blobs(48, 1);
    let reads = 0;
    const slow = {
      ...inner,
      read: async (...args: Parameters<typeof inner.read>) => {
        reads++;
        await new Promise((resolve) => setTimeout(resolve, 20));
        await inner.read(...args);
      },
    };
    const { history } = await fit({ model: tinyNetwork(), train: slow, options: { ...tinyOptions, epochs: 1 } });
    expect(reads).toBe(3);
    expect(history[0]!.idleShare).toBeGreaterThan(0.2);
    expect(history[0]!.idleShare).toBeLessThanOrEqual(1);
  });

  it('passes on the error of a source that cannot be read', async () => {
    const train = { ...blobs(48, 1), read: () => Promise.reject(new Error('the disk is gone')) };
    await expect(fit({ model: tinyNetwork(), train, options: tinyOptions })).rejects.toThrow('the disk is gone');
  });
});

describe('fit stops', () => {
  it('when the loss is not finite, naming step and tensor', async () => {
    const request = tinyRequest({ learningRate: 1e30, optimizer: { kind: 'sgd' } }, { model: tinyNetwork() });
    await expect(fit(request)).rejects.toMatchObject({
      code: 'CHROMARAY_TRAINING_NOT_FINITE',
      details: { step: expect.any(Number), tensor: expect.stringMatching(/./) },
    });
  });

  it('when a weight is broken from the start, naming that weight', async () => {
    const model = tinyNetwork();
    tensor(model.model, 'output/bias')[0] = Number.NaN;
    await expect(fit(tinyRequest({}, { model }))).rejects.toMatchObject({
      code: 'CHROMARAY_TRAINING_NOT_FINITE',
      message: expect.stringContaining(
        'step 1 is not a finite number. The first tensor that is not finite is "output/bias"',
      ),
    });
  });

  it('after the current step when asked to', async () => {
    const controller = new AbortController();
    let steps = 0;
    const onEvent = (event: FitEvent) => {
      if (event.kind === 'step' && ++steps === 7) controller.abort();
    };
    await expect(fit(tinyRequest({}, { onEvent, signal: controller.signal }))).rejects.toMatchObject({
      code: 'CHROMARAY_TRAINING_CANCELLED',
      details: { epoch: 2 },
    });
    expect(steps).toBe(7);
  });

  it('lets timers and signals through between steps', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    await expect(fit(tinyRequest({ epochs: 100_000 }, { signal: controller.signal }))).rejects.toMatchObject({
      code: 'CHROMARAY_TRAINING_CANCELLED',
    });
  });

  it.each([
    [{ batch: 0 }, 'CHROMARAY_TRAINING_OPTION'],
    [{ epochs: 1.5 }, 'CHROMARAY_TRAINING_OPTION'],
    [{ learningRate: Number.NaN }, 'CHROMARAY_TRAINING_OPTION'],
    [{ monitor: { metric: 'auroc', mode: 'max' } as const }, 'CHROMARAY_TRAINING_MONITOR'],
    [{ backend: 'onnxruntim' }, 'CHROMARAY_BACKEND_UNKNOWN'],
    [{ provider: 'cuba' as never }, 'CHROMARAY_BACKEND_PROVIDER'],
  ])('before it starts on %o', async (options, code) => {
    await expect(fit(tinyRequest(options))).rejects.toMatchObject({ code });
  });

  it('on examples that do not fit the model, and on none', async () => {
    const empty = arraySource({ shape: [1, 8, 8], pixels: new Uint8Array(0) });
    const larger = arraySource({ shape: [1, 9, 9], pixels: new Uint8Array(81) });
    for (const train of [empty, larger]) {
      await expect(fit(tinyRequest({}, { train }))).rejects.toMatchObject({ code: 'CHROMARAY_TRAINING_DATA' });
    }
  });
});
