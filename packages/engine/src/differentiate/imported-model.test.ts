import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../test/interpreter/f64-tensor.js';
import { runOnnxruntime } from '../../test/onnxruntime.js';
import { bindDimensions } from '../builder/bind-dimensions.js';
import { GraphBuilder } from '../builder/builder.js';
import { elementCount } from '../graph/tensor.js';
import { loadModel } from '../onnx/read.js';
import { differentiate } from './differentiate.js';

// Beside the repository, where the benchmarks keep their data.
const file = join(import.meta.dirname, '../../../../../shared/weights/mobilenet-v1-0.25-224.onnx');

describe.skipIf(!existsSync(file))('an imported MobileNet (the weights are not part of the repository)', () => {
  it('has gradients for every weight, whose directional slope is the one measured', async () => {
    const graph = bindDimensions(loadModel(file).graph, 17, { batch: 1 });
    const builder = GraphBuilder.from(graph, 17);
    const logProbability = builder.node('Log', [graph.outputs[0]!.name]);
    const loss = builder.node('ReduceMean', [logProbability], { keepdims: 0 });
    const weights = [...graph.initializers].filter(([, { dims, dtype }]) => dtype === 'float32' && dims.length === 4);
    const gradients = differentiate(builder, { loss, wrt: weights.map(([name]) => name) });
    expect(gradients.size).toBe(28);
    for (const output of [loss, ...gradients.values()]) builder.output(output);

    const random = new Random('mobilenet');
    const { name, shape } = graph.inputs[0]!;
    const dims = shape as number[];
    const pixels = { dims, data: Float64Array.from({ length: sizeOf(dims) }, () => random.uniform(-1, 1)) };
    const built = builder.build();
    const at = await runOnnxruntime(built, 17, new Map([[name, pixels]]));

    // A small step along the gradient of the last convolution must change the loss by its squared length.
    const [last, tensor] = weights.at(-1)!;
    const gradient = at.get(gradients.get(last)!)!;
    expect(gradient.data).toHaveLength(elementCount(tensor.dims));
    const squared = gradient.data.reduce((sum, slope) => sum + slope * slope, 0);
    const lossAfter = async (step: number) => {
      const data = (tensor.data as Float32Array).map((weight, i) => weight + step * gradient.data[i]!);
      const moved = { ...built, initializers: new Map(built.initializers).set(last, { ...tensor, data }) };
      return (await runOnnxruntime(moved, 17, new Map([[name, pixels]]))).get(loss)!.data[0]!;
    };
    const step = 0.02 / Math.sqrt(squared);
    const slope = ((await lossAfter(step)) - (await lossAfter(-step))) / (2 * step);
    expect(slope / squared).toBeCloseTo(1, 2);
  });
});
