import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inferShapes } from '../builder/infer-shapes.js';
import type { Model } from '../graph/types.js';
import { NetworkBuilder } from '../layers/network-builder.js';
import { saveModel } from '../onnx/save.js';
import { predict } from '../prediction/predictor.js';
import { OnnxRunner } from '../prediction/run-onnx.js';
import type { ExampleSource } from '../training/types.js';
import { readBackbone } from './backbone.js';
import { loadWeights, type WeightsFile } from './weights-file.js';

const asFile = (model: Model): WeightsFile => ({ file: 'net.onnx', sha256: 'ab', model });

/** Four halvings, each followed by a residual block whose last value is its sum. */
function residual(input: readonly (number | string)[] = ['batch', 3, 'height', 'width']): Model {
  const network = new NetworkBuilder('residual', 1);
  let value = network.graph.input('picture', 'float32', input);
  for (const level of [1, 2, 3, 4]) {
    const layer = { filters: 4 * level, kernel: 3, padding: 'same' } as const;
    const half = network.relu(network.convolution(value, { ...layer, name: `half-${level}`, stride: 2 }));
    const inner = network.relu(network.convolution(half, { ...layer, name: `inner-${level}` }));
    value = network.graph.node('Add', [half, inner], {}, { outputs: [`end-${level}`] });
  }
  return network.finishAs(value, 'features').model;
}

/** The mean of what is seen at a stride, of a picture at the size given. */
async function seen(weights: WeightsFile, side: number) {
  const backbone = readBackbone(weights, { range: [-1, 1] }, [4, 8, 16]);
  const network = new NetworkBuilder('test', 1, backbone.opset);
  const pixels = network.graph.input('pixels', 'uint8', ['batch', 3, side, side]);
  const picture = network.graph.node('Mul', [
    network.graph.node('Cast', [pixels], { to: 1 }),
    network.graph.floats(1 / 255),
  ]);
  const skips = backbone.add(network, picture);
  const trained = network.finishAs(skips.at(-1)!, 'seen');
  const shapes = inferShapes(trained.model.graph, backbone.opset);
  return { backbone, trained, sizes: skips.map((skip) => shapes.get(skip)!.shape.slice(1)) };
}

describe('a backbone', () => {
  it('ends each stage where everything deeper flows through, at any size', async () => {
    for (const side of [32, 80]) {
      const { backbone, trained, sizes } = await seen(asFile(residual()), side);
      expect(backbone.skips).toEqual([
        { stride: 4, tensor: 'end-2', channels: 8 },
        { stride: 8, tensor: 'end-3', channels: 12 },
        { stride: 16, tensor: 'features', channels: 16 },
      ]);
      expect(sizes).toEqual([8, 12, 16].map((channels, i) => [channels, side / 2 ** (i + 2), side / 2 ** (i + 2)]));
      expect(trained.trainable.every((name) => name.startsWith('encoder/'))).toBe(true);
      expect(trained.trainable).toHaveLength(16);
    }
  });

  it('refuses what has no such stages, or takes no pictures', async () => {
    const coded = (code: string) => expect.objectContaining({ code: `CHROMARAY_TRANSFER_${code}` });
    expect(() => readBackbone(asFile(residual()), 'imagenet', [32])).toThrow(coded('FEATURES'));
    expect(() => readBackbone(asFile(residual(['batch', 1, 64, 64])), 'imagenet', [4])).toThrow();
    const flat = new NetworkBuilder('flat', 1);
    const vector = flat.graph.input('vector', 'float32', ['batch', 8]);
    const model = flat.finishAs(flat.dense(vector, 2, { name: 'dense' }), 'out').model;
    expect(() => readBackbone(asFile(model), 'imagenet', [4])).toThrow(coded('INPUT'));
  });

  const file = join(import.meta.dirname, '../../../../../shared/weights/mobilenet-v1-0.25-224.onnx');
  it.skipIf(!existsSync(file))(
    'of MobileNet sees at 224 pixels what its file computes (the weights are not part of the repository)',
    async () => {
      const weights = loadWeights(file);
      const { backbone, trained } = await seen(weights, 224);
      expect(backbone.skips.map(({ tensor }) => tensor)).toEqual([
        'conv_pw_3_relu',
        'conv_pw_5_relu',
        'conv_pw_11_relu',
      ]);
      const data = Uint8Array.from({ length: 3 * 224 * 224 }, (_, i) => 128 + 100 * Math.sin(i / 50));
      const source = {
        ...{ count: 1, shape: [3, 224, 224], targetSize: 1 },
        read: (_: Int32Array, into: { pixels: Uint8Array }) => into.pixels.set(data),
      } as unknown as ExampleSource;
      const found = await predict(trained.model, source);
      const folder = mkdtempSync(join(tmpdir(), 'chromaray-backbone-'));
      const { graph } = weights.model;
      const output = { name: 'conv_pw_11_relu', dtype: 'float32', shape: ['batch', 128, 14, 14] } as const;
      saveModel(join(folder, 'cut.onnx'), { ...weights.model, graph: { ...graph, outputs: [output] } });
      const runner = await OnnxRunner.load(join(folder, 'cut.onnx'), { threads: 1 });
      const input = { data: Float32Array.from(data, (level) => level / 127.5 - 1), dims: [1, 3, 224, 224] };
      const expected = (await runner.run({ pixels: input }, [output.name]))[output.name]!.data as Float32Array;
      await runner.release();
      rmSync(folder, { recursive: true });
      expect(found.length).toBe(expected.length);
      expect(Math.max(...expected)).toBeGreaterThan(1);
      expect(Math.max(...found.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-3);
    },
  );
});
