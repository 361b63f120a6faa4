import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runOnnxruntime } from '../../test/onnxruntime.js';
import { modelForBatch } from '../backends/gradient-graph.js';
import { onednnAvailable } from '../backends/onednn/available.test-support.js';
import { createBackend } from '../backends/registry.js';
import { GraphBuilder } from '../builder/builder.js';
import { extractSubgraph } from '../builder/subgraph.js';
import { NetworkBuilder } from '../layers/network-builder.js';
import { presetNames } from '../presets/preset-names.js';
import { buildPreset } from '../presets/registry.js';
import { evidenceFor } from './evidence.js';
import { findFeatureMap } from './feature-map.js';
import { GradCam } from './grad-cam.js';
import { hashedPixels, withHashedWeights } from './hashed.test-support.js';
import { findLogit } from './logit.js';

interface Fixture {
  readonly torch: string;
  readonly cases: readonly {
    readonly preset: string;
    readonly size: number;
    readonly logits: readonly number[];
    readonly shape: readonly number[];
    readonly evidence: readonly (readonly number[])[];
  }[];
}

// Recorded by test/reference/torch_grad_cam.py.
const file = new URL('../../test/fixtures/torch-grad-cam.json', import.meta.url);
const fixture = JSON.parse(readFileSync(file, 'utf8')) as Fixture;
const threads = 1;
const backends = ['onnxruntime', ...(onednnAvailable ? ['onednn'] : [])];

describe.each(backends)(`Grad-CAM on %s against PyTorch ${fixture.torch}`, (backend) => {
  it.each(fixture.cases.map((recorded) => [recorded.preset, recorded] as const))('%s', async (preset, recorded) => {
    const { size, logits, evidence, shape } = recorded;
    const transform = { kind: preset === 'resnet18' ? 'repeat' : 'gray' } as const;
    const { model } = buildPreset(preset, { seed: 1, height: size, width: size, transform });
    const gradCam = await GradCam.load(withHashedWeights(model), { backend, threads, batch: 2 });
    const explained = await gradCam.explain(hashedPixels(2 * size * size), 2);
    const { channels, height, width } = gradCam.featureMap;
    await gradCam.release();
    expect([channels, height, width]).toEqual(shape);
    explained.forEach((found, i) => {
      expect(found.logit / logits[i]!).toBeCloseTo(1, 4);
      const largest = Math.max(...evidence[i]!.map(Math.abs));
      const difference = Math.max(...evidence[i]!.map((value, at) => Math.abs(value - found.evidence[at]!)));
      expect(difference / largest).toBeLessThan(1e-4);
    });
  });
});

describe.each(backends)('Grad-CAM on %s', (backend) => {
  it('says of many examples what it says of each by itself', async () => {
    const size = 48;
    const { model } = buildPreset('small', { seed: 3, height: size, width: size });
    const gradCam = await GradCam.load(withHashedWeights(model), { backend, threads, batch: 4 });
    const pixels = hashedPixels(6 * size * size);
    const together = await gradCam.explain(pixels, 6);
    for (const [i, { logit, evidence }] of together.entries()) {
      const [alone] = await gradCam.explain(pixels.slice(i * size * size, (i + 1) * size * size), 1);
      expect(alone!.logit).toBeCloseTo(logit, 5);
      evidence.forEach((value, at) => {
        expect(alone!.evidence[at]).toBeCloseTo(value, 5);
      });
    }
    expect(new Set(together.map(({ logit }) => logit)).size).toBe(6);
    await gradCam.release();
  });

  it('adds up to the logit less its bias where a global average and one dense layer follow the map', async () => {
    const size = 64;
    const model = withHashedWeights(buildPreset('small', { seed: 1, height: size, width: size }).model);
    const bias = (model.graph.initializers.get('output/bias')!.data as Float32Array)[0]!;
    const gradCam = await GradCam.load(model, { backend, threads, batch: 1 });
    const [found] = await gradCam.explain(hashedPixels(size * size), 1);
    await gradCam.release();
    const sum = found!.evidence.reduce((total, value) => total + value, 0);
    expect(sum).toBeCloseTo(found!.logit - bias, 4);
  });

  // resnet18 stands above; color-short and color-val are color-final with more weights; gray-7 is nothing without VGG16's.
  const others = presetNames.filter((name) => !['resnet18', 'color-short', 'color-val', 'gray-7'].includes(name));
  it.each(others)('explains the preset %s', async (preset) => {
    const size = /color-1|deeper|128|final/.test(preset) ? 96 : 64;
    const { model } = buildPreset(preset, { seed: 1, height: size, width: size });
    const gradCam = await GradCam.load(withHashedWeights(model), { backend, threads, batch: 1 });
    const [found] = await gradCam.explain(hashedPixels(size * size), 1);
    await gradCam.release();
    const strongest = Math.max(...found!.evidence.map(Math.abs));
    // A softmax over one unit is 1 whatever the network sees: nothing in the image speaks for it.
    if (preset === 'mod4-1') expect(strongest).toBe(0);
    else expect(strongest).toBeGreaterThan(0);
  });
});

describe('the gradient behind it', () => {
  it.each(backends)('is the slope that is measured by moving the feature map, on %s', async (backend) => {
    const size = 40;
    const bound = modelForBatch(
      withHashedWeights(buildPreset('small', { seed: 1, height: size, width: size }).model),
      1,
    );
    const types = GraphBuilder.from(bound.graph, 17);
    const logit = findLogit(bound.graph, types);
    const { name, channels, height, width } = findFeatureMap(bound.graph, types, logit);
    const specification = { model: bound, output: logit, unit: 0, wrt: name };
    const session = await createBackend(backend).differentiate(specification, 1, { threads });
    const { value, gradient, output } = await session.run(hashedPixels(size * size), 1);
    await session.release();

    const head = extractSubgraph(bound.graph, 17, [name], [logit]);
    const logitAt = async (features: Float32Array): Promise<number> => {
      const dims = [1, channels, height, width];
      const results = await runOnnxruntime(head, 17, new Map([[name, { dims, data: Float64Array.from(features) }]]));
      return results.get(logit)!.data[0]!;
    };
    expect(await logitAt(value)).toBeCloseTo(output[0]!, 5);
    for (const at of [0, 17, 100, value.length - 1]) {
      const moved = (by: number) => value.map((feature, i) => (i === at ? feature + by : feature));
      const slope = ((await logitAt(moved(0.5))) - (await logitAt(moved(-0.5)))) / 1;
      expect(gradient[at]).toBeCloseTo(slope, 5);
    }
  });

  it('is 0 for a value that the answer does not depend on', async () => {
    const { model } = buildPreset('small', { seed: 1, height: 32, width: 32 });
    const builder = GraphBuilder.from(model.graph, 17);
    const floats = builder.node('Cast', ['pixels'], { to: 1 }, { name: 'other/cast' });
    const unused = builder.node('Abs', [floats], {}, { name: 'other/abs' });
    const specification = { model: { ...model, graph: builder.build() }, output: 'probability', unit: 0, wrt: unused };
    const session = await createBackend('onnxruntime').differentiate(specification, 1, { threads });
    const { value, gradient } = await session.run(hashedPixels(32 * 32), 1);
    await session.release();
    expect(value.some((pixel) => pixel > 0)).toBe(true);
    expect(gradient.every((slope) => slope === 0)).toBe(true);
  });
});

describe('models that cannot be explained', () => {
  it('are refused with the reason', async () => {
    const { model } = buildPreset('gray-1', { seed: 1, height: 64, width: 64 });
    const dense = new NetworkBuilder('dense', 1);
    const pixels = dense.graph.input('pixels', 'uint8', ['batch', 1, 8, 8]);
    const flat = dense.flatten(dense.graph.node('Cast', [pixels], { to: 1 }));
    const flatModel = dense.finish(dense.dense(flat, 1, { name: 'output' })).model;
    await expect(GradCam.load(flatModel)).rejects.toMatchObject({ code: 'CHROMARAY_EXPLAIN_NO_MAP' });
    const spatial = {
      ...model,
      graph: { ...model.graph, outputs: [{ name: 'convolution-4_out', dtype: 'float32' as const, shape: [] }] },
    };
    await expect(GradCam.load(spatial)).rejects.toMatchObject({ code: 'CHROMARAY_EXPLAIN_OUTPUT' });
    const floats = extractSubgraph(model.graph, 17, ['convolution-1_out'], ['probability']);
    await expect(GradCam.load({ ...model, graph: floats })).rejects.toMatchObject({ code: 'CHROMARAY_EXPLAIN_INPUT' });
  });
});

describe('evidence', () => {
  it('for and against a class are the two sides of one map', () => {
    const evidence = Float32Array.of(-2, 0, 3);
    expect([...evidenceFor(evidence, 1)]).toEqual([0, 0, 3]);
    expect([...evidenceFor(evidence, -1)]).toEqual([2, 0, 0]);
  });
});
