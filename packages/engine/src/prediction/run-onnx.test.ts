import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../builder/builder.js';
import { saveModel } from '../onnx/save.js';
import { OnnxRunner } from './run-onnx.js';

const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-run-onnx-'));

describe('OnnxRunner', () => {
  it('tells the tensors of a file and runs it at any size the file leaves open', async () => {
    const runner = await OnnxRunner.load(doubling());
    expect(runner.inputs).toEqual([{ name: 'x', type: 'float32', shape: [1, 3, 'height', 'width'] }]);
    expect(runner.outputs.map(({ name, type }) => [name, type])).toEqual([['y', 'float32']]);
    for (const side of [1, 2]) {
      const data = Float32Array.from({ length: 3 * side * side }, (_, i) => i - 0.5);
      const { y } = await runner.run({ x: { data, dims: [1, 3, side, side] } }, ['y']);
      expect(y).toMatchObject({ dims: [1, 3, side, side], data: data.map((value) => 2 * value) });
    }
    await runner.release();
  });

  it('gives concurrent runs their own results', async () => {
    const runner = await OnnxRunner.load(doubling());
    const results = await Promise.all(
      [1, 2, 3].map((value) => runner.run({ x: { data: new Float32Array(3).fill(value), dims: [1, 3, 1, 1] } }, ['y'])),
    );
    expect(results.map(({ y }) => y!.data[0])).toEqual([2, 4, 6]);
    await runner.release();
  });

  it('tells a missing file from one that is no model', async () => {
    await expect(OnnxRunner.load(path.join(folder, 'gone.onnx'))).rejects.toMatchObject({
      code: 'CHROMARAY_MODEL_MISSING',
    });
    const broken = path.join(folder, 'broken.onnx');
    writeFileSync(broken, 'not a model');
    await expect(OnnxRunner.load(broken)).rejects.toMatchObject({ code: 'CHROMARAY_BACKEND_MODEL' });
  });
});

function doubling(): string {
  const builder = new GraphBuilder('doubling', 17);
  const x = builder.input('x', 'float32', [1, 3, 'height', 'width']);
  builder.output(builder.node('Mul', [x, builder.floats(2)], {}, { outputs: ['y'] }));
  const file = path.join(folder, 'doubling.onnx');
  saveModel(file, {
    graph: builder.build(),
    opsets: new Map([['', 17]]),
    irVersion: 8,
    producer: 'test',
    metadata: new Map(),
  });
  return file;
}
