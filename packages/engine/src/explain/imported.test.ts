import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { onednnAvailable } from '../backends/onednn/available.test-support.js';
import { GraphBuilder } from '../builder/builder.js';
import type { Model } from '../graph/types.js';
import { loadModel } from '../onnx/read.js';
import { type Explanation, GradCam } from './grad-cam.js';
import { hashedPixels } from './hashed.test-support.js';

// Beside the repository, where the benchmarks keep their data.
const file = join(import.meta.dirname, '../../../../../shared/weights/mobilenet-v1-0.25-224.onnx');
const size = 128;

/** The imported network behind pixels scaled as its makers scaled them, with its thousand classes. */
function withPixels(): Model {
  const { graph, opsets, ...rest } = loadModel(file);
  const builder = new GraphBuilder('mobilenet', 17);
  const bytes = builder.input('bytes', 'uint8', ['batch', 3, size, size]);
  const scaled = builder.node('Div', [builder.node('Cast', [bytes], { to: 1 }), builder.floats(127.5)]);
  builder.node('Sub', [scaled, builder.floats(1)], {}, { outputs: [graph.inputs[0]!.name] });
  for (const [name, tensor] of graph.initializers) builder.constant(name, tensor);
  for (const node of graph.nodes) builder.append(node);
  builder.output(graph.outputs[0]!.name);
  return { ...rest, opsets, graph: builder.build() };
}

describe.skipIf(!existsSync(file))('an imported MobileNet (the weights are not part of the repository)', () => {
  const explained = async (backend: string, unit: number): Promise<readonly Explanation[]> => {
    const gradCam = await GradCam.load(withPixels(), { backend, threads: 1, batch: 2, unit });
    const found = await gradCam.explain(hashedPixels(2 * 3 * size * size), 2);
    expect(gradCam.featureMap).toMatchObject({ channels: 256, height: 4, width: 4 });
    await gradCam.release();
    return found;
  };

  it('is explained class by class', async () => {
    const [one, other] = [await explained('onnxruntime', 3), await explained('onnxruntime', 700)];
    expect(one[0]!.logit).not.toBeCloseTo(other[0]!.logit, 3);
    expect([...one[0]!.evidence]).not.toEqual([...other[0]!.evidence]);
    expect(one[0]!.evidence.some((value) => value !== 0)).toBe(true);
  });

  it.skipIf(!onednnAvailable)('alike on both backends (needs the oneDNN library)', async () => {
    const [there, here] = [await explained('onnxruntime', 3), await explained('onednn', 3)];
    there.forEach(({ logit, evidence }, i) => {
      expect(here[i]!.logit).toBeCloseTo(logit, 3);
      const largest = Math.max(...evidence.map(Math.abs));
      evidence.forEach((value, at) => {
        expect(Math.abs(value - here[i]!.evidence[at]!) / largest).toBeLessThan(1e-3);
      });
    });
  });
});
