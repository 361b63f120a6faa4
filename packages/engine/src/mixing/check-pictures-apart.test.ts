import { describe, expect, it } from 'vitest';
import { tinyNetwork, tinyRequest } from '../fit/blobs.test-support.js';
import { fit } from '../fit/fit.js';
import type { NetworkBuilder } from '../layers/network-builder.js';
import { NetworkBuilder as Network } from '../layers/network-builder.js';
import { predict } from '../prediction/predictor.js';
import { presets } from '../presets/registry.js';
import type { TrainableModel } from '../training/types.js';
import { checkPicturesApart } from './check-pictures-apart.js';
import { firstMixer } from './first-mixer.js';

const side = 8;

/** Pixels, a convolution, the nodes in question, a dense layer. */
function around(write: (network: NetworkBuilder, x: string) => string): TrainableModel {
  const network = new Network('around', 1);
  const { graph } = network;
  const pixels = graph.input('pixels', 'uint8', ['batch', 1, side, side]);
  const scaled = graph.node('Mul', [graph.node('Cast', [pixels], { to: 1 }), graph.floats(1 / 255)]);
  const map = network.convolution(scaled, { name: 'first', filters: 4, kernel: 3, padding: 'same' });
  return network.finish(network.dense(network.flatten(write(network, map)), 1, { name: 'output' }));
}

const mean = (axes: readonly number[]) => (n: NetworkBuilder, x: string) =>
  n.graph.node('Sub', [x, n.graph.node('ReduceMean', [x], { axes })]);

const mixing: readonly (readonly [string, (network: NetworkBuilder, x: string) => string, string])[] = [
  ['a mean over the pictures', mean([0]), 'ReduceMean'],
  ['a maximum over everything', (n, x) => n.graph.node('Sub', [x, n.graph.node('ReduceMax', [x], {})]), 'ReduceMax'],
  ['a softmax over the pictures', (n, x) => n.graph.node('Softmax', [x], { axis: 0 }), 'Softmax'],
  [
    'a product between pictures',
    (n, x) => {
      const flat = n.flatten(x);
      const alike = n.graph.node('MatMul', [flat, n.graph.node('Transpose', [flat], { perm: [1, 0] })]);
      return n.graph.node('MatMul', [n.graph.node('Softmax', [alike]), flat]);
    },
    'Transpose',
  ],
];

const apart: readonly (readonly [string, (network: NetworkBuilder, x: string) => string])[] = [
  ['a mean over places', mean([2, 3])],
  [
    'windows that go to the first axis and back',
    (n, x) => {
      const { graph } = n;
      const split = graph.node('Reshape', [x, graph.ints([-1, 4, 2, 4, 2, 4])]);
      const windows = graph.node('Transpose', [split], { perm: [0, 2, 4, 3, 5, 1] });
      const rows = graph.node('Softmax', [graph.node('Reshape', [windows, graph.ints([-1, 16, 4])])], { axis: 1 });
      return graph.node('Reshape', [rows, graph.ints([-1, 256])]);
    },
  ],
  [
    'the batch moved to the last axis and back',
    (n, x) => {
      const last = n.graph.node('Transpose', [x], { perm: [1, 2, 3, 0] });
      return n.graph.node('Transpose', [n.graph.node('Tanh', [last])], { perm: [3, 0, 1, 2] });
    },
  ],
];

/** Presets that move the pictures off the first axis for a while, as an exporter's attention does. */
const attention = new Set(['vit-tiny']);

describe('a network that mixes the pictures of a batch', () => {
  it.each(mixing)('is refused: %s', async (_, write, opType) => {
    const { model, logits } = around(write);
    await expect(checkPicturesApart(model, logits, 'net.onnx')).rejects.toMatchObject({
      code: 'CHROMARAY_TRANSFER_MIXES',
      message: expect.stringMatching(
        new RegExp(`^net\\.onnx: the network mixes .* gave -?[\\d.]+ alone and -?[\\d.]+ beside others.*${opType} "`),
      ),
    });
  });

  it('is neither trained nor used to predict', async () => {
    const { train } = tinyRequest();
    const network = around(mean([0]));
    const code = 'CHROMARAY_TRANSFER_MIXES';
    await expect(fit(tinyRequest({}, { model: network }))).rejects.toMatchObject({ code });
    await expect(predict(network.model, train)).rejects.toMatchObject({ code });
  });

  it('is refused where it takes one picture at a time only', async () => {
    const { model, logits } = around((n, x) => n.graph.node('Reshape', [x, n.graph.ints([1, 256])]));
    await expect(checkPicturesApart(model, logits, 'net.onnx')).rejects.toMatchObject({
      code: 'CHROMARAY_TRANSFER_MIXES',
      message: expect.stringContaining('Reshape'),
    });
  });

  it.each(apart)('is not one with %s', async (_, write) => {
    const { model, logits } = around(write);
    await expect(checkPicturesApart(model, logits, 'net.onnx')).resolves.toBeUndefined();
  });

  const free = presets.filter(({ pretrained }) => pretrained?.weights !== 'required');

  it('is none of the presets, which shapes show without a run', () => {
    const models = free
      .filter(({ name }) => !attention.has(name))
      .map(({ build, size, transform }) => build({ height: size, width: size, transform, seed: 1 }));
    for (const { model } of [...models, tinyNetwork({ norm: true, dropout: 0.3 })]) {
      expect(firstMixer(model.graph, 17)).toBeUndefined();
    }
  });

  it.each([...attention])('is not the preset %s, which takes a run to show', async (name) => {
    const { build, size, transform } = free.find((preset) => preset.name === name)!;
    const { model, logits } = build({ height: size, width: size, transform, seed: 1 });
    await expect(checkPicturesApart(model, logits, name)).resolves.toBeUndefined();
  });
});
