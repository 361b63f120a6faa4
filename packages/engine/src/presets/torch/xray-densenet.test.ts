import { fileURLToPath } from 'node:url';
import { sha256 } from '@chromaray/base';
import { describe, expect, it } from 'vitest';
import { runOnnxruntime } from '../../../test/onnxruntime.js';
import { GraphBuilder } from '../../builder/builder.js';
import type { Model, Tensor } from '../../graph/types.js';
import { addForward } from '../../training/forward/forward.js';
import { fixture, largestDifference } from '../../training/step/run-graph.test-support.js';
import type { TrainableModel } from '../../training/types.js';
import type { WeightsFile } from '../../transfer/weights-file.js';
import { prepareTransfer } from '../prepare-transfer.js';
import { buildPreset } from '../registry.js';
import { hash, offsetOf, valued } from './torch-presets.test-support.js';

/** Recorded by test/reference/torch_xray_densenet.py. */
const recorded = fixture<{
  readonly torch: string;
  /** SHA-256 of the sorted names and sizes of the state dictionary. */
  readonly stateDictionary: string;
  readonly tensors: number;
  /** Of the full network with one logit, for two pictures of 64x64. */
  readonly logits: readonly number[];
  /** Of the narrow network, [2, 13]: what goes into its classifier. */
  readonly narrowFeatures: readonly number[];
}>('torch-xray-densenet');

const size = 64;
const gray = {
  height: size,
  width: size,
  seed: 1,
  transform: { kind: 'gray' },
  input: { range: [-1024, 1024] },
} as const;
const findings = 18;

/** What `models.DenseNet(...).state_dict()` holds, with weights that follow from their names. */
function stateDictionary(): ReadonlyMap<string, Tensor> {
  const { model, trainable } = buildPreset('densenet121', { seed: 1 });
  const trained = new Set(trainable);
  const tensors = new Map<string, Tensor>();
  for (const [name, { dims }] of model.graph.initializers) {
    if (name.startsWith('head/') || !(trained.has(name) || name.includes('.running_'))) continue;
    const own = name === 'features.conv0.weight' ? [64, 1, 7, 7] : dims;
    tensors.set(name, scaled(name, valued(name, zeros(own))));
    if (name.endsWith('.running_var')) tensors.set(name.replace('running_var', 'num_batches_tracked'), zeros([]));
  }
  tensors.set('classifier.weight', zeros([findings, 1024]));
  tensors.set('classifier.bias', zeros([findings]));
  return tensors.set('op_threshs', zeros([findings]));
}

/** No normalisation was learned here: the first one brings pixels of -1024..1024 back to about 1. */
function scaled(name: string, tensor: Tensor): Tensor {
  if (name !== 'features.norm0.running_var') return tensor;
  return { ...tensor, data: (tensor.data as Float32Array).map((value) => value * 1024 ** 2) } as Tensor;
}

function zeros(dims: readonly number[]): Tensor {
  return { dtype: 'float32', dims, data: new Float32Array(dims.reduce((a, b) => a * b, 1)) };
}

function asFile(initializers: ReadonlyMap<string, Tensor>): WeightsFile {
  const graph = { name: '', inputs: [], outputs: [], nodes: [], initializers: new Map(initializers) };
  const model: Model = { graph, opsets: new Map([['', 17]]), irVersion: 8, producer: '', metadata: new Map() };
  return { file: 'densenet121-res224-all.safetensors', sha256: '', model };
}

/** What the network predicts for the two recorded pictures, with a head of the given weights. */
async function logitsOf(network: TrainableModel, head: (name: string, tensor: Tensor) => Tensor) {
  const { graph } = network.model;
  const initializers = new Map([...graph.initializers].map(([name, tensor]) => [name, head(name, tensor)] as const));
  const builder = new GraphBuilder('x-ray', 17);
  const own = { ...network, model: { ...network.model, graph: { ...graph, initializers } } };
  addForward(builder, own, { batch: 2, training: false, outputs: [network.logits] });
  builder.output(network.logits);
  const forward = builder.build();
  const offset = offsetOf('pixels');
  const pixels = Float64Array.from({ length: 2 * size * size }, (_, i) => hash(i + offset) >>> 24);
  const feeds = forward.inputs.map(({ name, shape }) => {
    const data = name === 'pixels' ? pixels : Float64Array.from(initializers.get(name)!.data as Float32Array);
    return [name, { dims: shape as number[], data }] as const;
  });
  return (await runOnnxruntime(forward, 17, new Map(feeds))).get(network.logits)!.data;
}

describe(`TorchXRayVision's DenseNet, of one channel, against PyTorch ${recorded.torch}`, () => {
  const tensors = stateDictionary();

  it('has the tensors that are looked for here, and those that are left', () => {
    const names = [...tensors].map(([name, { dims }]) => `${name} ${dims.join('x')}`).sort();
    expect(names).toHaveLength(recorded.tensors);
    expect(sha256(names.join('\n'))).toBe(recorded.stateDictionary);
  });

  it('gives the same logits once its weights are read into the preset', async () => {
    const { model } = prepareTransfer({ ...gray, preset: 'densenet121', weights: asFile(tensors) });
    const found = await logitsOf(model, (name, tensor) =>
      name.startsWith('head/output') ? valued(name, tensor) : tensor,
    );
    expect(largestDifference(found, recorded.logits)).toBeLessThan(1e-4);
  });

  it('is refused by another preset, with the tensors that differ', () => {
    expect(() => prepareTransfer({ ...gray, preset: 'resnet50', weights: asFile(tensors) })).toThrow(
      expect.objectContaining({
        code: 'CHROMARAY_TRANSFER_WEIGHTS',
        message: expect.stringMatching(/conv1\.weight.*features\.conv0\.weight/s),
      }),
    );
  });

  it.each([
    ['found by rule', {}],
    ['named', { features: '/Flatten_output_0' }],
  ])('exported with its thresholds is cut at its features, %s, and gives the same', async (_, features) => {
    const onnx = fileURLToPath(new URL('../../../test/fixtures/onnx/xray-densenet-narrow.onnx', import.meta.url));
    const { model, foundFeatures } = prepareTransfer({ ...gray, ...features, onnx });
    if (!('features' in features)) expect(foundFeatures).toBe('/Flatten_output_0');
    const count = recorded.narrowFeatures.length / 2;
    // A head that passes one feature on shows that feature as the logit.
    for (let feature = 0; feature < count; feature++) {
      const found = await logitsOf(model, (name, tensor) => {
        if (!name.startsWith('head/output')) return tensor;
        const chosen = name.endsWith('kernel') ? feature : -1;
        const data = Float32Array.from({ length: tensor.data.length }, (__, i) => Number(i === chosen));
        return { dtype: 'float32', dims: tensor.dims, data };
      });
      const expected = [0, 1].map((picture) => recorded.narrowFeatures[picture * count + feature]!);
      expect(largestDifference(found, expected), `feature ${feature}`).toBeLessThan(1e-4);
    }
  });
});
