import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { F64Tensor } from '../../../test/interpreter/f64-tensor.js';
import { runOnnxruntime } from '../../../test/onnxruntime.js';
import { GraphBuilder } from '../../builder/builder.js';
import { differentiate } from '../../differentiate/differentiate.js';
import { buildPreset } from '../../presets/registry.js';
import { addForward } from '../../training/forward/forward.js';

interface Fixture {
  readonly torch: string;
  readonly cases: readonly {
    readonly preset: string;
    readonly size: number;
    readonly logits: readonly number[];
    readonly gradients: Readonly<Record<string, { readonly norm: number; readonly samples: readonly number[] }>>;
  }[];
}

// Recorded by test/reference/torch_networks.py.
const file = new URL('../../../test/fixtures/torch-networks.json', import.meta.url);
const fixture = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
const opset = 17;
const batch = 2;

describe(`gradients of whole networks against PyTorch ${fixture.torch}`, () => {
  it.each(fixture.cases.map((recorded) => [recorded.preset, recorded] as const))('%s', async (preset, recorded) => {
    const { size } = recorded;
    const transform = { kind: preset === 'small' ? 'gray' : 'rgb' } as const;
    const trainable = buildPreset(preset, { seed: 1, height: size, width: size, transform });
    const { logits } = trainable;
    const builder = new GraphBuilder(preset, opset);
    const { masks } = addForward(builder, trainable, { batch, training: true, outputs: [logits] });
    const ones = builder.node('Expand', [builder.floats(1), builder.ints(builder.shape(logits))]);
    const gradients = differentiate(builder, { gradients: new Map([[logits, ones]]), wrt: trainable.trainable });
    builder.output(logits);
    for (const gradient of gradients.values()) builder.output(gradient);

    const graph = builder.build();
    const kept = new Set(masks.map(({ input }) => input));
    const feeds = new Map(
      graph.inputs.map(({ name, shape }) => [name, feed(name, shape as number[], kept.has(name))] as const),
    );
    const results = await runOnnxruntime(graph, opset, feeds);

    recorded.logits.forEach((logit, i) => {
      expect(results.get(logits)!.data[i]).toBeCloseTo(logit, 3);
    });
    expect([...gradients.keys()].sort()).toEqual(Object.keys(recorded.gradients).sort());
    for (const [name, { norm, samples }] of Object.entries(recorded.gradients)) {
      const { data } = results.get(gradients.get(name)!)!;
      expect(
        Math.sqrt(data.reduce((sum, value) => sum + value * value, 0)) / norm,
        `norm of the gradient of ${name}`,
      ).toBeCloseTo(1, 4);
      const scale = norm / Math.sqrt(data.length);
      samples.forEach((sample, i) => {
        const found = data[Math.floor((i * data.length) / samples.length)]!;
        expect(Math.abs(found - sample) / scale, `gradient of ${name}: ${found}, not ${sample}`).toBeLessThan(1e-3);
      });
    }
  });
});

/** Elements by the same hash as in the script that recorded the gradients. */
function feed(name: string, dims: readonly number[], isMask: boolean): F64Tensor {
  const length = dims.reduce((a, b) => a * b, 1);
  const made = (element: (hash: number) => number) => {
    const offset = [...name].reduce((sum, letter, i) => sum + (i + 1) * letter.charCodeAt(0), 0);
    return { dims, data: Float64Array.from({ length }, (_, i) => Math.fround(element(hash(i + offset)))) };
  };
  if (isMask) return { dims, data: new Float64Array(length).fill(1) };
  if (name === 'pixels') return made((h) => h >>> 24);
  const unit = (h: number) => h / 2 ** 31 - 1;
  if (name.endsWith('/kernel')) {
    const inputs = dims.length === 4 ? dims[1]! * dims[2]! * dims[3]! : dims[0]!;
    return made((h) => Math.sqrt(6 / inputs) * unit(h));
  }
  // Scales lie around 1, biases around 0; running statistics are not looked at while training.
  return made((h) => (name.endsWith('/scale') ? 1 : 0) + 0.25 * unit(h));
}

function hash(i: number): number {
  let h = Math.imul(i, 2654435761) >>> 0;
  h = (h ^ (h >>> 15)) >>> 0;
  h = Math.imul(h, 2246822519) >>> 0;
  return (h ^ (h >>> 13)) >>> 0;
}
