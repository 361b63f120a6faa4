import { describe, expect, it } from 'vitest';
import { generate } from '../../test/interpreter/f64-tensor.js';
import { modelOf, runOnnxruntime } from '../../test/onnxruntime.js';
import { floatTensor } from '../graph/tensor.js';
import type { Attributes } from '../graph/types.js';
import { GraphBuilder } from './builder.js';
import { upgradeOpset } from './upgrade-opset.js';

interface Case {
  readonly opType: string;
  readonly opset: number;
  readonly attributes: Attributes;
  readonly outputCount: number;
}

const old = (opType: string, opset: number, attributes: Attributes, outputCount = 1): Case => {
  return { opType, opset, attributes, outputCount };
};

const cases: readonly Case[] = [
  old('Clip', 10, { min: -0.5, max: 1 }),
  old('Clip', 7, { max: 1 }),
  old('Dropout', 11, { ratio: 0.3 }),
  old('Dropout', 10, {}, 2),
  old('Softmax', 9, {}),
  old('Softmax', 12, { axis: 2 }),
  old('Softmax', 12, { axis: -1 }),
  old('LogSoftmax', 12, { axis: 1 }),
  old('Pad', 10, { pads: [0, 0, 1, 0, 2, 0], value: 0.5, mode: 'constant' }),
  old('ReduceSum', 12, { axes: [1], keepdims: 0 }),
  old('ReduceSum', 12, {}),
  old('ReduceMean', 12, { axes: [-1] }),
  old('Slice', 9, { starts: [1, 0], ends: [3, -1], axes: [1, 2] }),
  old('Slice', 9, { starts: [0, 1], ends: [1, 2] }),
  old('Split', 12, { axis: 1, split: [1, 2] }, 2),
  old('Split', 12, { axis: 2 }, 2),
  old('Squeeze', 12, { axes: [0] }),
  old('Squeeze', 12, {}),
  old('Unsqueeze', 12, { axes: [0, -1] }),
  old('Upsample', 7, { scales: { floats: [1, 2, 3] }, mode: 'nearest' }),
  old('HardSigmoid', 7, { alpha: 0.3 }),
  old('Elu', 7, { alpha: 0.5 }),
];

describe('upgradeOpset', () => {
  it.each(cases)('keeps what $opType $attributes of operator set $opset computes', async (each) => {
    const { opType, opset, attributes, outputCount } = each;
    const builder = new GraphBuilder('old', opset);
    const x = builder.input('x', 'float32', [1, 3, 4]);
    const outputs = builder.nodeMany(opType, [x], attributes, { outputCount });
    // A dropout's mask is listed but used by nothing.
    for (const output of opType === 'Dropout' ? outputs.slice(0, 1) : outputs) builder.output(output);
    const model = modelOf(builder.build(), opset);
    const upgraded = upgradeOpset(model);
    expect(upgraded.opsets.get('')).toBe(17);
    const feeds = new Map([['x', generate([1, 3, 4], (index) => Math.sin(7 * index[1]! + 3 * index[2]!))]]);
    const before = await runOnnxruntime(model.graph, opset, feeds);
    const after = await runOnnxruntime(upgraded.graph, 17, feeds);
    for (const [name, { dims, data }] of before) {
      expect(after.get(name)!.dims).toEqual(dims);
      data.forEach((value, i) => {
        expect(after.get(name)!.data[i]).toBeCloseTo(value, 6);
      });
    }
  });

  it('maps the scales and coordinates of the first Resize', async () => {
    const builder = new GraphBuilder('old', 10);
    const x = builder.input('x', 'float32', [1, 1, 3, 4]);
    const scales = builder.constant('scales', floatTensor([4], [1, 1, 2, 1.5]));
    builder.output(builder.node('Resize', [x, scales], { mode: 'nearest' }));
    const graph = builder.build();
    const feeds = new Map([['x', generate([1, 1, 3, 4], (index) => 10 * index[2]! + index[3]!)]]);
    const before = await runOnnxruntime(graph, 10, feeds);
    const after = await runOnnxruntime(upgradeOpset(modelOf(graph, 10)).graph, 17, feeds);
    expect(after).toEqual(before);
  });

  it('leaves a newer model alone', () => {
    const builder = new GraphBuilder('new', 18);
    builder.output(builder.input('x', 'float32', [1]));
    const model = modelOf(builder.build(), 18);
    expect(upgradeOpset(model)).toBe(model);
  });

  it.each(['nearest', 'linear'])('makes a Resize of an Upsample of operator set 9, %s', async (mode) => {
    const builder = new GraphBuilder('old', 9);
    const x = builder.input('x', 'float32', [1, 2, 3, 4]);
    builder.output(builder.node('Upsample', [x, builder.floats([1, 1, 2, 3])], { mode }, { outputs: ['y'] }));
    const model = modelOf(builder.build(), 9);
    const upgraded = upgradeOpset(model);
    expect(upgraded.graph.nodes.map(({ opType }) => opType)).toEqual(['Resize']);
    const feeds = new Map([['x', generate([1, 2, 3, 4], ([, c, h, w]) => Math.sin(7 * c! + 3 * h! + w!))]]);
    const [before, after] = [
      await runOnnxruntime(model.graph, 9, feeds),
      await runOnnxruntime(upgraded.graph, 17, feeds),
    ];
    expect(after.get('y')!.dims).toEqual([1, 2, 6, 12]);
    before.get('y')!.data.forEach((value, i) => {
      expect(after.get('y')!.data[i]).toBeCloseTo(value, 6);
    });
  });

  it.each([
    old('ReduceMean', 17, { axes: [-1] }),
    old('ReduceMax', 17, { axes: [1], keepdims: 0 }),
    old('ReduceL2', 17, {}),
    old('Split', 17, { axis: 2 }, 2),
  ])(
    'keeps what $opType $attributes of operator set 17 computes in 20',
    async ({ opType, attributes, outputCount }) => {
      const builder = new GraphBuilder('old', 17);
      const x = builder.input('x', 'float32', [1, 3, 4]);
      for (const output of builder.nodeMany(opType, [x], attributes, { outputCount })) builder.output(output);
      const model = modelOf(builder.build(), 17);
      expect(upgradeOpset(model).graph).toBe(model.graph);
      const feeds = new Map([['x', generate([1, 3, 4], (index) => Math.sin(7 * index[1]! + 3 * index[2]!))]]);
      const after = await runOnnxruntime(upgradeOpset(model, 20).graph, 20, feeds);
      for (const [name, { dims, data }] of await runOnnxruntime(model.graph, 17, feeds)) {
        expect(after.get(name)!.dims).toEqual(dims);
        expect([...after.get(name)!.data]).toEqual([...data]);
      }
    },
  );
});
