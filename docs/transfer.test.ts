import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseStudyFile } from '@chromaray/study';
import { expect, it } from 'vitest';
import * as engine from '../packages/engine/src/index.js';
import { blocksOf } from './pages.test-support.js';

const blocks = blocksOf('docs/transfer.md');

it('the study files of docs/transfer.md are study files', () => {
  const examples = blocks.filter(({ language }) => language === 'yaml');
  expect(examples).toHaveLength(3);
  for (const { text } of examples) {
    const arms = text.includes('arms:')
      ? ''
      : 'arms: [{ name: a, control: true, colour: repeat }, { name: b, colour: { map: turbo } }]\n';
    const study = parseStudyFile(`name: s\ndataset: { path: d, positive: P }\n${arms}${text}`, 'study.yaml');
    expect(study.model.preset ?? study.model.onnx).toBeDefined();
  }
});

it('the program of docs/transfer.md trains a network that is read from a file', async () => {
  const code = blocks.find(({ language }) => language === 'ts')!.text;
  const [, names, body] = /^import \{ (.*?) \} from '@chromaray\/engine';\n([\s\S]*)$/.exec(code)!;
  const offered = engine as unknown as Record<string, unknown>;
  const values = names!.split(', ').map((name) => offered[name]);
  const size = 224;
  const pixels = new Uint8Array(4 * size * size).fill(0, 0, 2 * size * size).fill(255, 2 * size * size);
  const examples = engine.arraySource({ shape: [1, size, size], pixels, targets: [0, 0, 1, 1] });
  const options = {
    loss: { kind: 'binary-cross-entropy' },
    optimizer: { kind: 'adam' },
    learningRate: 0.01,
    batch: 2,
    epochs: 1,
    seed: 1,
    backend: 'onnxruntime',
  };
  const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-docs-'));
  const before = process.cwd();
  process.chdir(folder);
  try {
    engine.saveModel('densenet121.onnx', standIn('/features/Flatten_output_0'));
    const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
    const run = new AsyncFunction(
      ...names!.split(', '),
      'train',
      'validation',
      'options',
      `${body}\nreturn { result, weights, learningRateFactors };`,
    );
    const { result, weights, learningRateFactors } = (await run(...values, examples, examples, options)) as {
      result: engine.FitResult;
      weights: engine.WeightsFile;
      learningRateFactors: ReadonlyMap<string, number>;
    };
    expect(result.history).toHaveLength(1);
    expect(weights.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect([...learningRateFactors]).toEqual([['conv0.weight', 0.1]]);
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A network as small as can be under the names of the example. */
function standIn(features: string): engine.Model {
  const builder = new engine.GraphBuilder('stand-in', 17);
  const picture = builder.input('input', 'float32', ['batch', 3, 'height', 'width']);
  const kernel = builder.constant('conv0.weight', engine.floatTensor([2, 3, 4, 4], new Array(96).fill(0.01)));
  const map = builder.node('Conv', [picture, kernel], { strides: [4, 4] });
  const pooled = builder.node('GlobalAveragePool', [map]);
  const flat = builder.node('Flatten', [pooled], {}, { outputs: [features] });
  builder.output(builder.node('Softmax', [flat]));
  const opsets = new Map([['', 17]]);
  return { graph: builder.build(), opsets, irVersion: 8, producer: 'test', metadata: new Map() };
}
