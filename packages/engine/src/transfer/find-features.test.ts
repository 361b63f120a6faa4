import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../builder/builder.js';
import type { Tensor } from '../graph/types.js';
import { readModel } from '../onnx/read.js';
import { prepareTransfer } from '../presets/prepare-transfer.js';
import { findFeatures } from './find-features.js';
import { exportedFiles, exportedSize } from './transformers.test-support.js';

const tensor = (...dims: number[]): Tensor => ({
  dtype: 'float32',
  dims,
  data: new Float32Array(dims.reduce((a, b) => a * b, 1)).fill(0.1),
});

/** A picture, a convolution, and what `rest` makes of it. */
function found(rest: (builder: GraphBuilder, map: string) => readonly string[]): string {
  const builder = new GraphBuilder('net', 17);
  const picture = builder.input('picture', 'float32', ['batch', 3, 8, 8]);
  const map = builder.node('Relu', [builder.node('Conv', [picture, builder.constant('conv', tensor(4, 3, 3, 3))])]);
  for (const output of rest(builder, map)) builder.output(output);
  return findFeatures(builder.build(), 'net.onnx');
}

const pool = (builder: GraphBuilder, map: string) =>
  builder.node(
    'Flatten',
    [builder.node('GlobalAveragePool', [map], {}, { outputs: ['pooled'] })],
    {},
    { outputs: ['flat'] },
  );
const classify = (builder: GraphBuilder, value: string, name: string) =>
  builder.node('Add', [
    builder.node('MatMul', [value, builder.constant(name, tensor(4, 2))]),
    builder.constant(`${name}.bias`, tensor(2)),
  ]);

describe('the features of a classifier are', () => {
  it('what goes into its last dense layer, whatever follows', () => {
    expect(found((b, map) => [classify(b, pool(b, map), 'fc')])).toBe('flat');
    expect(found((b, map) => [b.node('Softmax', [classify(b, pool(b, map), 'fc')])])).toBe('flat');
    expect(found((b, map) => [b.node('Clip', [b.node('Sigmoid', [classify(b, pool(b, map), 'fc')])])])).toBe('flat');
  });

  it('also behind weights that the exporter turns', () => {
    const turned = (b: GraphBuilder) => b.node('Transpose', [b.constant('fc', tensor(2, 4))], { perm: [1, 0] });
    expect(found((b, map) => [b.node('MatMul', [pool(b, map), turned(b)])])).toBe('flat');
  });

  it('those of the last of several dense layers', () => {
    const two = (b: GraphBuilder, map: string) => {
      const hidden = b.node(
        'Relu',
        [b.node('Gemm', [pool(b, map), b.constant('fc1', tensor(4, 4))])],
        {},
        { outputs: ['hidden'] },
      );
      return [classify(b, hidden, 'fc2')];
    };
    expect(found(two)).toBe('hidden');
  });

  it('the pooled classes of a network without a dense layer', () => {
    expect(found((b, map) => [pool(b, map)])).toBe('pooled');
  });

  it('one tensor where two outputs come from it', () => {
    const logits = (b: GraphBuilder, map: string) => classify(b, pool(b, map), 'fc');
    expect(
      found((b, map) => {
        const value = logits(b, map);
        return [value, b.node('Sigmoid', [value])];
      }),
    ).toBe('flat');
  });

  it.each([
    [
      'two classifiers on different tensors',
      'candidates are flat, other',
      (b: GraphBuilder, map: string) => [
        classify(b, pool(b, map), 'fc'),
        classify(b, b.node('Relu', ['flat'], {}, { outputs: ['other'] }), 'auxiliary'),
      ],
    ],
    ['a map and no classifier', 'no dense layer and no pooling', (_: GraphBuilder, map: string) => [map]],
  ])('not guessed: %s', (_, message, rest) => {
    expect(() => found(rest)).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_TRANSFER_FEATURES', message: expect.stringContaining(message) }),
    );
  });

  it.each(exportedFiles)('found in %s', (file) => {
    const model = readModel(
      gunzipSync(readFileSync(new URL(`../../test/fixtures/transformers/${file}`, import.meta.url))),
    );
    const classifier = model.graph.nodes.findLast(({ opType }) => opType === 'Gemm' || opType === 'MatMul')!;
    const transfer = prepareTransfer({
      onnx: { file, sha256: '', model },
      ...{ input: { range: [-1, 1] as const }, height: exportedSize, width: exportedSize, seed: 1 },
    });
    expect(transfer.foundFeatures).toBe(classifier.inputs[0]);
  });
});
