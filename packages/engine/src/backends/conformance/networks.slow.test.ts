import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../builder/builder.js';
import { extractSubgraph } from '../../builder/subgraph.js';
import { loadModel } from '../../onnx/read.js';
import { buildPreset } from '../../presets/registry.js';
import type { TrainableModel } from '../../training/types.js';
import { type Case, conformance } from './check.test-support.js';
import { plainDescent, randomInput } from './reference.test-support.js';
import { type Subject, subjects, title } from './subjects.test-support.js';

const transforms: readonly Case[] = (
  [
    { kind: 'table', table: Uint8Array.from({ length: 768 }, (_, i) => (i * 7) % 256) },
    { kind: 'repeat' },
    { kind: 'learned' },
    { kind: 'learned-gray' },
  ] as const
).map((transform) => ({
  name: `input transform ${transform.kind}`,
  count: 2,
  slopes: 1,
  leniency: 4,
  onlyInFloat32: true,
  model: () => buildPreset('small', { seed: 2, height: 16, width: 16, transform }),
}));

const small: Case = {
  name: 'preset small',
  count: 2,
  slopes: 1,
  leniency: 4,
  onlyInFloat32: true,
  model: () => buildPreset('small', { seed: 2, height: 16, width: 16 }),
};

conformance('networks', [small, ...transforms]);

const mobilenet = join(import.meta.dirname, '../../../../../../shared/weights/mobilenet-v1-0.25-224.onnx');

/** The imported network up to its features, some of it frozen, with one new output. */
function mobilenetWithHead(): TrainableModel {
  const { graph, opsets, ...rest } = loadModel(mobilenet);
  const body = extractSubgraph(graph, 17, ['pixels'], ['features']);
  const size = 96;
  const builder = new GraphBuilder('mobilenet', 17);
  const bytes = builder.input('bytes', 'uint8', ['batch', 3, size, size]);
  const scaled = builder.node('Div', [builder.node('Cast', [bytes], { to: 1 }), builder.floats(127.5)]);
  builder.node('Sub', [scaled, builder.floats(1)], {}, { outputs: ['pixels'] });
  for (const [name, tensor] of body.initializers) builder.constant(name, tensor);
  for (const node of body.nodes) builder.append(node);
  const features = builder.node('Flatten', ['features'], { axis: 1 });
  const kernel = Float32Array.from({ length: 256 }, (_, i) => Math.sin(i) / 16);
  const head = [
    builder.constant('head/kernel', { dtype: 'float32', dims: [256, 1], data: kernel }),
    builder.constant('head/bias', { dtype: 'float32', dims: [1], data: new Float32Array(1) }),
  ];
  const logits = builder.node('Gemm', [features, ...head]);
  builder.output(builder.node('Sigmoid', [logits], {}, { outputs: ['probability'] }));
  const convolutions = [...body.initializers].filter(([, { dims }]) => dims.length === 4).map(([name]) => name);
  return {
    model: { ...rest, opsets, graph: builder.build() },
    logits,
    trainable: [...convolutions.slice(-8), ...head],
    l2: new Map(),
    constraints: new Map(),
  };
}

async function gradients(
  { backend, options }: Subject,
  model: TrainableModel,
  count: number,
): Promise<ReadonlyMap<string, Float32Array>> {
  const session = await backend.train(plainDescent(model), count, options);
  await session.step(randomInput(model, count));
  const { weights } = await session.state();
  await session.release();
  const start = (name: string) => model.model.graph.initializers.get(name)!.data as Float32Array;
  return new Map([...weights].map(([name, values]) => [name, values.map((value, i) => start(name)[i]! - value)]));
}

const preset = (name: string, size: number) => () => buildPreset(name, { seed: 2, height: size, width: size });

interface Large {
  readonly name: string;
  readonly model: () => TrainableModel;
  readonly count: number;
  /** Least cosine between the gradients of bfloat16 and float32; not asked for where statistics are over few cells. */
  readonly cosine?: number;
  readonly skipped?: boolean;
}

const large: readonly Large[] = [
  { name: 'preset color-final', model: preset('color-final', 48), count: 3, cosine: 0.98 },
  { name: 'preset gray-best', model: preset('gray-best', 64), count: 4, cosine: 0.98 },
  { name: 'preset gray-4', model: preset('gray-4', 64), count: 2, cosine: 0.98 },
  { name: 'preset mod4-1', model: preset('mod4-1', 48), count: 2 },
  { name: 'preset small', model: preset('small', 64), count: 8, cosine: 0.95 },
  { name: 'preset resnet18', model: preset('resnet18', 32), count: 4 },
  {
    name: 'MobileNet with a new head (needs weights that are not in the repository)',
    model: mobilenetWithHead,
    count: 2,
    skipped: !existsSync(mobilenet),
  },
];

/** Too large for the reference interpreter: every subject is held against the first. */
describe('conformance: large networks', () => {
  const [first, ...others] = subjects;
  describe.each(large)('$name', ({ model, count, cosine, skipped }) => {
    for (const subject of others) {
      const rough = subject.options.precision === 'bfloat16';
      const left = skipped || subject.missing !== undefined || subject.slow === true || (rough && cosine === undefined);
      it.skipIf(left)(title(subject), { timeout: 240_000 }, async () => {
        const expected = await gradients(first!, model(), count);
        const found = await gradients(subject, model(), count);
        if (rough) expect(cosineOf(expected, found)).toBeGreaterThan(cosine!);
        else expectSame(expected, found);
      });
    }
  });
});

type Gradients = ReadonlyMap<string, Float32Array>;

function expectSame(expected: Gradients, found: Gradients): void {
  const largest = Math.max(...[...expected.values()].map(norm));
  for (const [name, gradient] of expected) {
    const error = norm(gradient.map((value, i) => value - found.get(name)![i]!));
    const allowed = 2e-3 * (norm(gradient) + 0.1 * largest);
    expect(error, `${name}, whose gradient is ${norm(gradient)}`).toBeLessThan(allowed + 1e-7);
  }
}

function cosineOf(expected: Gradients, found: Gradients): number {
  let [along, a, b] = [0, 0, 0];
  for (const [name, gradient] of expected) {
    gradient.forEach((value, i) => {
      along += value * found.get(name)![i]!;
    });
    a += norm(gradient) ** 2;
    b += norm(found.get(name)!) ** 2;
  }
  return along / Math.sqrt(a * b);
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
}
