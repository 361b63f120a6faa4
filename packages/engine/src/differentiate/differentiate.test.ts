import { describe, expect, it } from 'vitest';
import { checkGradient } from '../../test/check-gradient.js';
import { runOnnxruntime } from '../../test/onnxruntime.js';
import { GraphBuilder } from '../builder/builder.js';
import { elementType } from '../graph/dtype.js';
import { floatTensor } from '../graph/tensor.js';
import { differentiate } from './differentiate.js';

function builderWith(opset = 17): GraphBuilder {
  const builder = new GraphBuilder('test', opset);
  builder.input('x', 'float32', [2, 3]);
  builder.input('w', 'float32', [3, 4]);
  return builder;
}

describe('differentiate', () => {
  it('adds up what arrives over several ways', () =>
    checkGradient({
      build(builder) {
        const x = builder.input('x', 'float32', [2, 3]);
        const squared = builder.node('Mul', [x, x]);
        const branches = ['Tanh', 'Sigmoid', 'Exp'].map((opType) => builder.node(opType, [squared]));
        return [builder.node('Add', [builder.node('Sum', branches), x]), squared];
      },
    }));

  it('differentiates a small network in float64', () =>
    checkGradient({
      runtimeTolerance: 1e-9,
      build(builder) {
        const x = builder.input('x', 'float64', [4, 3]);
        const hidden = builder.node('Gemm', [
          x,
          builder.input('w1', 'float64', [3, 5]),
          builder.input('b1', 'float64', [5]),
        ]);
        const active = builder.node('Relu', [hidden]);
        const logits = builder.node('MatMul', [active, builder.input('w2', 'float64', [5, 3])]);
        return builder.node('LogSoftmax', [logits]);
      },
    }));

  it('differentiates with respect to computed values and constants', () => {
    const builder = builderWith();
    const weight = builder.constant('weight', floatTensor([3], [1, 2, 3]));
    const hidden = builder.node('Mul', ['x', weight]);
    const loss = builder.node('ReduceSum', [builder.node('Exp', [hidden])], { keepdims: 0 });
    const gradients = differentiate(builder, { loss, wrt: [weight, hidden] });
    expect(builder.shape(gradients.get(weight)!)).toEqual([3]);
    expect(builder.shape(gradients.get(hidden)!)).toEqual([2, 3]);
  });

  it('leaves out values that the loss does not depend on', () => {
    const builder = builderWith();
    const loss = builder.node('ReduceSum', ['x'], { keepdims: 0 });
    expect([...differentiate(builder, { loss, wrt: ['x', 'w'] }).keys()]).toEqual(['x']);
  });

  it('adds nothing for the side of a product that is not asked for', () => {
    const builder = builderWith();
    const loss = builder.node('MatMul', ['x', 'w']);
    const before = builder.nodeList().length;
    differentiate(builder, { loss, wrt: ['w'] });
    expect(builder.nodeList().length - before).toBe(1);
  });

  it('does not pass integers', () => {
    const builder = builderWith();
    const codes = builder.node('Cast', ['x'], { to: elementType('int64') });
    const loss = builder.node('Mul', [builder.node('Cast', [codes], { to: elementType('float32') }), 'x']);
    differentiate(builder, { loss, wrt: ['x'] });
    // Only the direct way: one product with the rounded values.
    expect(builder.nodeList().filter(({ opType }) => opType === 'Mul')).toHaveLength(2);
  });

  it('goes on from gradients that are known', () => {
    const builder = builderWith();
    const logits = builder.node('MatMul', ['x', 'w']);
    const known = builder.input('known', 'float32', [2, 4]);
    const gradients = differentiate(builder, { gradients: new Map([[logits, known]]), wrt: ['w'] });
    expect(builder.nodeList().at(-1)).toMatchObject({ opType: 'Gemm', inputs: ['x', known] });
    expect(builder.shape(gradients.get('w')!)).toEqual([3, 4]);
  });

  it('drops from the gradient what dropout dropped from the value', async () => {
    const builder = new GraphBuilder('dropout', 17);
    const x = builder.input('x', 'float32', [64]);
    const training = builder.constant('training', { dtype: 'bool', dims: [], data: Uint8Array.of(1) });
    const [y] = builder.nodeMany('Dropout', [x, builder.floats(0.25), training], { seed: 1 }, { outputCount: 2 });
    const gradient = differentiate(builder, { loss: y!, wrt: [x] }).get(x)!;
    builder.output(y!);
    builder.output(gradient);
    const outputs = await runOnnxruntime(
      builder.build(),
      17,
      new Map([['x', { dims: [64], data: new Float64Array(64).fill(1) }]]),
    );
    // Of ones, what dropout gives is its own slope: 0 or 1 / (1 - 0.25).
    expect(outputs.get(gradient)!.data).toEqual(outputs.get(y!)!.data);
    expect(new Set(outputs.get(y!)!.data)).toEqual(new Set([0, Math.fround(4 / 3)]));
  });

  it('names the operator, the node and the file when there is no way back', () => {
    const builder = builderWith();
    const indices = builder.input('indices', 'int64', [2, 3]);
    const scattered = builder.node('ScatterElements', ['x', indices, 'x'], {}, { name: 'place' });
    const failure = () => differentiate(builder, { loss: scattered, wrt: ['x'], file: 'net.onnx' });
    expect(failure).toThrowError(
      expect.objectContaining({
        code: 'CHROMARAY_GRAPH_NO_GRADIENT',
        message: expect.stringMatching(/ScatterElements.*"place".*net\.onnx/),
      }),
    );
  });

  it('asks for a newer operator set where the rules need one', () => {
    const builder = builderWith(11);
    expect(() => differentiate(builder, { loss: 'x', wrt: ['x'] })).toThrowError(
      expect.objectContaining({ code: 'CHROMARAY_GRAPH_OPSET' }),
    );
  });

  it('refuses quantised weights', () => {
    const builder = builderWith();
    const weight = builder.constant('quantised', { dtype: 'int8', dims: [1], data: Int8Array.of(3) });
    expect(() => differentiate(builder, { loss: 'x', wrt: [weight] })).toThrowError(
      expect.objectContaining({ code: 'CHROMARAY_GRAPH_NOT_FLOAT', message: expect.stringContaining('int8') }),
    );
  });

  it('asks for known shapes', () => {
    const builder = new GraphBuilder('open', 17);
    const x = builder.input('x', 'float32', ['batch', 2]);
    const loss = builder.node('Mul', [x, x]);
    expect(() => differentiate(builder, { loss, wrt: [x] })).toThrow(/batch/);
  });
});
