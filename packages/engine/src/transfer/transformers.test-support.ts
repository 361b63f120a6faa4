import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Backend, StepInput } from '../backends/backend.js';
import { onednnAvailable } from '../backends/onednn/available.test-support.js';
import { onednnBackend } from '../backends/onednn/backend.js';
import { onnxruntimeBackend } from '../backends/onnxruntime/backend.js';
import { hashed } from '../explain/hashed.test-support.js';
import { checkPicturesApart } from '../mixing/check-pictures-apart.js';
import { readModel } from '../onnx/read.js';
import { prepareTransfer, type Transfer } from '../presets/prepare-transfer.js';
import type { TrainableModel } from '../training/types.js';
import { withWeights } from '../training/with-weights.js';

interface Change {
  readonly count: number;
  /** Norm of the parameter before training. */
  readonly initial: number;
  readonly sum: number;
  readonly norm: number;
  /** The change times the parameter before training. */
  readonly along: number;
}

interface Recorded {
  readonly torch: string;
  readonly size: number;
  readonly count: number;
  readonly rate: number;
  readonly networks: Readonly<
    Record<string, { readonly losses: readonly number[]; readonly changes: Readonly<Record<string, Change>> }>
  >;
}

// Exported and recorded by test/reference/torch_transformers.py.
const folder = new URL('../../test/fixtures/transformers/', import.meta.url);
const recorded = JSON.parse(readFileSync(new URL('torch.json', folder), 'utf8')) as Recorded;
const { size, count, rate } = recorded;

/** Height and width of the pictures that the files were exported for. */
export const exportedSize = size;

/** Every exported file. */
export const exportedFiles = readdirSync(folder).filter((name) => name.endsWith('.onnx.gz'));

const backends: readonly (readonly [string, Backend])[] = [
  ['onnxruntime', onnxruntimeBackend],
  ...(onednnAvailable ? [['onednn', onednnBackend] as const] : []),
];

function imported(file: string): Transfer {
  const model = readModel(gunzipSync(readFileSync(new URL(file, folder))));
  // The classifier, whose input are the features.
  const classifier = model.graph.nodes.findLast(({ opType }) => opType === 'Gemm' || opType === 'MatMul')!;
  return prepareTransfer({
    onnx: { file, sha256: '', model },
    features: classifier.inputs[0]!,
    ...{ input: { range: [-1, 1] as const }, height: size, width: size, seed: 1 },
  });
}

function withHead(network: TrainableModel): TrainableModel {
  const head = ['head/output/kernel', 'head/output/bias'].map((name): [string, Float32Array] => {
    const { length } = network.model.graph.initializers.get(name)!.data;
    return [name, Float32Array.from(hashed(name, length), (h) => (h / 2 ** 31 - 1) / 8)];
  });
  return { ...network, model: withWeights(network.model, new Map(head)) };
}

const step = (number: number): StepInput => ({
  pixels: Uint8Array.from(hashed('pixels', count * size * size), (h) => h >>> 24),
  targets: Float32Array.of(0, 1, 0, 1),
  weights: new Float32Array(count).fill(1),
  ...{ count, learningRate: rate, step: number },
});

/** What no transposing and regrouping of a tensor alters. */
function changeOf(before: Float32Array, after: Float32Array): Change {
  const change = before.map((value, i) => after[i]! - value);
  return {
    count: before.length,
    initial: Math.hypot(...before),
    sum: change.reduce((sum, value) => sum + value, 0),
    norm: Math.hypot(...change),
    along: change.reduce((sum, value, i) => sum + value * before[i]!, 0),
  };
}

/** That networks of files are imported whole and train as they do in PyTorch, on every backend. */
export function trainsAsInPyTorch(files: readonly string[]): void {
  describe.each(files)(`%s, against PyTorch ${recorded.torch}`, (file) => {
    const expected = recorded.networks[file.split('-')[0]!]!;
    let transfer: Transfer;
    let model: TrainableModel;
    beforeAll(() => {
      transfer = imported(file);
      model = withHead(transfer.model);
    });

    it('is imported whole, and keeps pictures apart', async () => {
      expect(transfer.untrained).toEqual([]);
      const pretrained = transfer.model.trainable.filter((name) => !name.startsWith('head/'));
      expect(pretrained).toHaveLength(Object.keys(expected.changes).length);
      await expect(checkPicturesApart(model.model, model.logits, file)).resolves.toBeUndefined();
    });

    it.each(backends)('has its losses and its changes of weights on %s', async (_, backend) => {
      const specification = {
        model,
        loss: { kind: 'binary-cross-entropy' },
        optimizer: { kind: 'sgd' },
        seed: 1,
      } as const;
      const session = await backend.train(specification, count, { threads: 1 });
      for (const [i, loss] of expected.losses.entries()) {
        expect((await session.step(step(i + 1))).loss, `loss of step ${i + 1}`).toBeCloseTo(loss, 4);
      }
      const { weights } = await session.state();
      await session.release();
      const changes = model.trainable.map((name) => {
        const before = model.model.graph.initializers.get(name)!.data as Float32Array;
        return changeOf(before, weights.get(name)!);
      });
      for (const [name, change] of Object.entries(expected.changes)) {
        const found = changes.find(
          (each) => each.count === change.count && Math.abs(each.initial - change.initial) < 1e-5,
        );
        expect(found, name).toBeDefined();
        // A change is known to the last digits of the weights that it is taken from.
        const rounding = 1e-7 * change.initial;
        const near = (value: number, of: number, scale: number) =>
          expect(Math.abs(value - of), `${name}: ${value} for ${of}`).toBeLessThan(2e-3 * scale + 5 * rounding);
        near(found!.norm, change.norm, change.norm);
        near(found!.sum, change.sum, change.norm * Math.sqrt(change.count));
        near(found!.along, change.along, change.norm * change.initial);
      }
    });
  });
}
