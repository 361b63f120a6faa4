import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Backend, StepInput } from '../backends/backend.js';
import { onednnAvailable } from '../backends/onednn/available.test-support.js';
import { onednnBackend } from '../backends/onednn/backend.js';
import type { OnednnTrainingSession } from '../backends/onednn/session/training-session.js';
import { onnxruntimeBackend } from '../backends/onnxruntime/backend.js';
import { prepareTransfer } from '../presets/prepare-transfer.js';
import { buildPreset } from '../presets/registry.js';
import type { TrainableModel } from '../training/types.js';
import { withWeights } from '../training/with-weights.js';
import { loadWeights } from './weights-file.js';

// Beside the repository; the weights are not part of it.
const file = join(import.meta.dirname, '../../../../../shared/weights/mobilenet-v1-0.25-224.onnx');
const present = existsSync(file);
const because = '(the weights are not part of the repository)';

interface Fixture {
  readonly torch: string;
  readonly size: number;
  readonly cases: readonly {
    readonly batchNorm: 'update' | 'frozen';
    readonly loss: number;
    readonly logits: readonly number[];
    /** Median over tensors of the error of PyTorch's own bfloat16 gradients, relative to their size. */
    readonly bfloat16Error: number;
    readonly gradients: Readonly<Record<string, { readonly norm: number; readonly samples: readonly number[] }>>;
  }[];
}

// Recorded by test/reference/torch_mobilenet.py.
const fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/torch-mobilenet.json', import.meta.url), 'utf8'),
) as Fixture;
const { size } = fixture;
const count = 4;

/** The hash that the script shares; 32 bits. */
function hashed(name: string, index: number): number {
  const offset = [...name].reduce((sum, letter, i) => sum + (i + 1) * letter.charCodeAt(0), 0);
  let h = Math.imul(index + offset, 2654435761) >>> 0;
  h = (h ^ (h >>> 15)) >>> 0;
  h = Math.imul(h, 2246822519) >>> 0;
  return (h ^ (h >>> 13)) >>> 0;
}

function withHead(network: TrainableModel): TrainableModel {
  const head = ['head/output/kernel', 'head/output/bias'].map((name): [string, Float32Array] => {
    const { length } = network.model.graph.initializers.get(name)!.data;
    return [name, Float32Array.from({ length }, (_, i) => (hashed(name, i) / 2 ** 31 - 1) / 8)];
  });
  return { ...network, model: withWeights(network.model, new Map(head)) };
}

const input: StepInput = {
  pixels: Uint8Array.from({ length: count * size * size }, (_, i) => hashed('pixels', i) >>> 24),
  targets: Float32Array.of(0, 1, 0, 1),
  weights: new Float32Array(count).fill(1),
  count,
  learningRate: 1,
  step: 1,
};

const backends: readonly (readonly [string, Backend, 'float32' | 'bfloat16'])[] = [
  ['onnxruntime, float32', onnxruntimeBackend, 'float32'],
  ...(onednnAvailable
    ? [['onednn, float32', onednnBackend, 'float32'] as const, ['onednn, bfloat16', onednnBackend, 'bfloat16'] as const]
    : []),
];

/** Loss, logits, and how far gradients are off: of each tensor, at the recorded places, relative to its size. */
async function compare(
  backend: Backend,
  precision: 'float32' | 'bfloat16',
  recorded: Fixture['cases'][number],
  network: TrainableModel,
) {
  const model = withHead(network);
  const session = await backend.train(
    { model, loss: { kind: 'binary-cross-entropy' }, optimizer: { kind: 'sgd' }, seed: 1 },
    count,
    { threads: 1, precision },
  );
  const { loss, logits } = await session.step(input);
  const copied = [...logits];
  const { weights: after } = await session.state();
  await session.release();
  const { initializers } = model.model.graph;
  const errors = Object.entries(recorded.gradients).map(([name, { norm, samples }]) => {
    const before = initializers.get(name)!.data as Float32Array;
    const gradient = before.map((weight, i) => weight - after.get(name)![i]!);
    // What a weight's own last digits can tell of a gradient that is subtracted from it.
    const rounding = 2 ** -23 * Math.max(...before.map(Math.abs));
    const square = samples.reduce((sum, sample, i) => {
      const difference = Math.abs(gradient[Math.floor((i * gradient.length) / samples.length)]! - sample);
      return sum + Math.max(0, difference - rounding) ** 2;
    }, 0);
    return Math.sqrt(square / samples.length) / (norm / Math.sqrt(gradient.length));
  });
  return { loss, logits: copied, errors: errors.sort((a, b) => a - b) };
}

describe.skipIf(!present)(`MobileNet ${because}`, () => {
  const weights = present ? loadWeights(file) : (undefined as never);
  const options = { seed: 1, weights, height: size, width: size };

  it('is the same network as a preset with weights and cut out of the file', async () => {
    const shared = { seed: 1, height: 224, width: 224 };
    const preset = prepareTransfer({ ...shared, preset: 'mobilenet-v1-0.25', weights });
    const cut = prepareTransfer({ ...shared, onnx: weights, features: 'features', input: { range: [-1, 1] } });
    expect(cut.model.trainable).toHaveLength(preset.model.trainable.length);
    const pixels = Uint8Array.from({ length: 2 * 224 * 224 }, (_, i) => hashed('picture', i) >>> 24);
    const [first, second] = await Promise.all(
      [preset, cut].map(async ({ model }) => {
        const session = await onnxruntimeBackend.infer(model.model, 2, { threads: 1 });
        const probabilities = await session.run(pixels, 2);
        await session.release();
        return probabilities;
      }),
    );
    expect(first![0]).not.toBeCloseTo(first![1]!, 3);
    second!.forEach((probability, i) => {
      expect(probability).toBeCloseTo(first![i]!, 6);
    });
  });

  describe.each(backends)(`has the gradients of PyTorch ${fixture.torch} on %s`, (_, backend, precision) => {
    it.each(fixture.cases)('with batch normalisation $batchNorm', async (recorded) => {
      const { batchNorm } = recorded;
      const { model } = prepareTransfer({ ...options, preset: 'mobilenet-v1-0.25', batchNorm });
      const { loss, logits, errors } = await compare(backend, precision, recorded, model);
      const median = errors[errors.length >> 1]!;
      if (precision === 'bfloat16') {
        expect(loss / recorded.loss).toBeCloseTo(1, 0);
        expect(median).toBeLessThan(1.2 * recorded.bfloat16Error);
        return;
      }
      expect(loss).toBeCloseTo(recorded.loss, 4);
      recorded.logits.forEach((logit, i) => {
        expect(logits[i]).toBeCloseTo(logit, 3);
      });
      expect(median).toBeLessThan(1e-4);
      expect(errors.at(-1)).toBeLessThan(5e-3);
    });
  });

  it.skipIf(!onednnAvailable).each(['float32', 'bfloat16'] as const)(
    'runs on oneDNN without ONNX Runtime in %s, and without work below the lowest trained tensor',
    async (precision) => {
      const labels = async (freeze: readonly string[], batchNorm: 'update' | 'frozen') => {
        const { model } = prepareTransfer({ ...options, preset: 'mobilenet-v1-0.25', freeze, batchNorm });
        const session = (await onednnBackend.train(
          { model, loss: { kind: 'binary-cross-entropy' }, optimizer: { kind: 'adam' }, seed: 1 },
          count,
          { threads: 1, precision },
        )) as OnednnTrainingSession;
        const profile = await (await session.program(count)).profile(input);
        await session.release();
        return [...profile.keys()];
      };
      const everything = await labels([], 'update');
      expect(everything.filter((label) => label.startsWith('onnxruntime'))).toEqual([]);
      expect(everything).toContain('Conv input gradient');
      const head = await labels(['*'], 'frozen');
      expect(head.filter((label) => label.includes('gradient'))).toEqual(['Gemm weight gradient']);
      const last = await labels(['*', '!block-13/pointwise/*'], 'update');
      expect(last).toContain('Conv weight gradient');
      expect(last).not.toContain('Conv input gradient');
    },
  );

  it('keeps the running statistics of frozen layers, and of all where they are frozen', async () => {
    const moved = async (freeze: readonly string[], batchNorm: 'update' | 'frozen') => {
      const { model } = prepareTransfer({ ...options, preset: 'mobilenet-v1-0.25', freeze, batchNorm });
      const session = await onnxruntimeBackend.train(
        { model, loss: { kind: 'binary-cross-entropy' }, optimizer: { kind: 'sgd' }, seed: 1 },
        count,
        { threads: 1 },
      );
      await session.step(input);
      const names = [...(await session.state()).weights.keys()].filter((name) => /\/norm\/(mean|variance)$/.test(name));
      await session.release();
      return names;
    };
    expect(await moved([], 'update')).toHaveLength(54);
    expect(await moved(['*', '!block-13/*'], 'update')).toHaveLength(4);
    expect(await moved(['*', '!block-13/*'], 'frozen')).toEqual([]);
  });

  it('is a preset with weights by their path, for whoever needs no more', () => {
    const model = buildPreset('mobilenet-v1-0.25', { seed: 1, weights: file });
    expect(model.model.graph.initializers.get('stem/kernel')!.data).toEqual(
      weights.model.graph.initializers.get('conv1.weight')!.data,
    );
  });
});
