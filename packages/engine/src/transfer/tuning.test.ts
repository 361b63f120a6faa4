import { describe, expect, it } from 'vitest';
import { onednnAvailable } from '../backends/onednn/available.test-support.js';
import { onednnBackend } from '../backends/onednn/backend.js';
import { onnxruntimeBackend } from '../backends/onnxruntime/backend.js';
import { trainingIdentity } from '../fit/identity.js';
import { buildPreset } from '../presets/registry.js';
import type { Optimizer } from '../training/types.js';
import { matchesPattern } from './patterns.js';
import { tune } from './tuning.js';

const small = buildPreset('small', { seed: 1, height: 32, width: 32 });
const mobilenet = buildPreset('mobilenet-v1-0.25', { seed: 1, height: 32, width: 32, transform: { kind: 'gray' } });

describe('name patterns', () => {
  it.each([
    ['*', 'a/b.c', true],
    ['block-?/*', 'block-1/kernel', true],
    ['block-?/*', 'block-12/kernel', false],
    ['conv.weight', 'convXweight', false],
    ['onnx::Conv_[4]', 'onnx::Conv_[4]', true],
    ['Stem/*', 'stem/kernel', false],
  ])('%s and %s: %s', (pattern, name, matches) => {
    expect(matchesPattern(pattern, name)).toBe(matches);
  });
});

describe('tune', () => {
  it('freezes by pattern, lets the last pattern decide, and never touches a new head unasked', () => {
    const { model } = tune(mobilenet, { freeze: ['*', '!block-13/pointwise/*', 'block-13/pointwise/norm/*'] });
    expect(model.trainable).toEqual(['block-13/pointwise/kernel', 'head/output/kernel', 'head/output/bias']);
    expect(tune(mobilenet, { freeze: ['head/output/bias'] }).model.trainable).not.toContain('head/output/bias');
  });

  it('gives factors to trained tensors, the last that matches; none to the head unasked', () => {
    const { learningRateFactors } = tune(mobilenet, {
      freeze: ['stem/*'],
      learningRates: [
        { match: '*', factor: 0.1 },
        { match: 'block-13/*', factor: 1 },
        { match: 'head/*', factor: 3 },
      ],
    });
    expect(learningRateFactors.get('block-1/depthwise/kernel')).toBe(0.1);
    expect(learningRateFactors.has('block-13/depthwise/kernel')).toBe(false);
    expect(learningRateFactors.has('stem/kernel')).toBe(false);
    expect(learningRateFactors.get('head/output/bias')).toBe(3);
  });

  it.each([
    ['CHROMARAY_TRANSFER_PATTERN', { freeze: ['stemm/kernel'] }, 'Did you mean stem/kernel?'],
    ['CHROMARAY_TRANSFER_PATTERN', { learningRates: [{ match: 'x*', factor: 0.1 }] }, 'Correct or remove'],
    ['CHROMARAY_TRANSFER_RATE', { learningRates: [{ match: '*', factor: 0 }] }, 'freeze'],
    ['CHROMARAY_TRANSFER_RATE', { learningRates: [{ match: '*', factor: Number.NaN }] }, 'freeze'],
    ['CHROMARAY_TRANSFER_FROZEN', { freeze: ['*'] }, '!output/*'],
  ])('%s', (code, options, remedy) => {
    expect(() => tune(small, options)).toThrow(
      expect.objectContaining({ code, remedy: expect.stringContaining(remedy) }),
    );
  });

  it('makes another training of another choice, so that checkpoints do not mix', () => {
    const source = { count: 1, shape: [1, 32, 32] as const, targetSize: 1, read: () => {} };
    const identity = (options: Parameters<typeof tune>[1]) => {
      const { model, learningRateFactors } = tune(small, options);
      const loss = { kind: 'binary-cross-entropy' } as const;
      const optimizer = { kind: 'adam' } as const;
      const training = { loss, optimizer, learningRate: 1, batch: 1, epochs: 1, seed: 1, learningRateFactors };
      return trainingIdentity({ model, train: source, options: training }, 'onnxruntime');
    };
    const all = [
      identity({}),
      identity({ freeze: ['stem/*'] }),
      identity({ batchNorm: 'frozen' }),
      identity({ learningRates: [{ match: 'stem/*', factor: 0.1 }] }),
      identity({ learningRates: [{ match: 'stem/*', factor: 0.2 }] }),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(identity({ batchNorm: 'update' })).toBe(all[0]);
  });
});

const backends = [
  ['onnxruntime', onnxruntimeBackend] as const,
  ...(onednnAvailable ? [['onednn', onednnBackend] as const] : []),
];
const optimizers: readonly Optimizer[] = [
  { kind: 'sgd' },
  { kind: 'sgd', momentum: 0.9, nesterov: true },
  { kind: 'adam' },
  { kind: 'adamw', weightDecay: 0.01 },
];

describe.each(backends)('learning rates by tensor on %s', (_, backend) => {
  it.each(optimizers)('scale the first step of %o', async (optimizer) => {
    const { model, learningRateFactors } = tune(small, {
      freeze: ['stage-1/*'],
      learningRates: [{ match: 'stem/kernel', factor: 0.25 }],
    });
    const change = async (factors: ReadonlyMap<string, number>) => {
      const session = await backend.train(
        { model, loss: { kind: 'binary-cross-entropy' }, optimizer, seed: 1, learningRateFactors: factors },
        2,
        { threads: 1 },
      );
      const pixels = Uint8Array.from({ length: 2 * 32 * 32 }, (_, i) => (i * 37) % 256);
      const shared = { targets: Float32Array.of(0, 1), weights: Float32Array.of(1, 1), count: 2 };
      await session.step({ pixels, ...shared, learningRate: 0.1, step: 1 });
      const { weights } = await session.state();
      await session.release();
      return (name: string) => {
        const before = model.model.graph.initializers.get(name)!.data as Float32Array;
        return Math.hypot(...before.map((value, i) => value - (weights.get(name)?.[i] ?? value)));
      };
    };
    const [scaled, full] = [await change(learningRateFactors), await change(new Map())];
    expect(full('stem/kernel')).toBeGreaterThan(0);
    expect(scaled('stem/kernel') / full('stem/kernel')).toBeCloseTo(0.25, 4);
    expect(scaled('head/kernel') / full('head/kernel')).toBeCloseTo(1, 6);
    expect(full('stage-1/reduce/kernel')).toBe(0);
  });
});
