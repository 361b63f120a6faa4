// Training steps and predictions in TensorFlow.js on its WebAssembly or its plain JavaScript backend.
//
// Usage: node tfjs.mjs TASK, where TASK is the JSON document described in bench/src/measurement.ts.

import { load, measure, task } from './clock.mjs';

const tf = load('@tensorflow/tfjs');
if (task.device === 'wasm') load('@tensorflow/tfjs-backend-wasm');
await tf.setBackend(task.device);
await tf.ready();

const { network, batch } = task;
const { layers } = tf;

function normalised(value, filters, kernel, stride) {
  const padded = layers.zeroPadding2d({ padding: kernel >> 1 }).apply(value);
  const convolved = layers
    .conv2d({ filters, kernelSize: kernel, strides: stride, useBias: false, kernelInitializer: 'heNormal' })
    .apply(padded);
  return layers.batchNormalization({ momentum: 0.9 }).apply(convolved);
}

function mobile(value, { filters, kernel, stride, depthwise }) {
  const shared = { kernelSize: kernel, strides: stride, padding: 'same', useBias: false };
  const convolved = depthwise
    ? layers.depthwiseConv2d(shared).apply(value)
    : layers.conv2d({ ...shared, filters }).apply(value);
  return layers.reLU({ maxValue: 6 }).apply(layers.batchNormalization({ momentum: 0.9 }).apply(convolved));
}

function build() {
  const channels = network.pretrained ? 3 : network.channels;
  const pixels = tf.input({ shape: [network.size, network.size, channels] });
  let value = pixels;
  for (const layer of network.layers) {
    switch (layer.kind) {
      case 'convolution': {
        const { filters, kernel, stride = 1 } = layer;
        const kernelConstraint = layer.unitNorm ? 'unitNorm' : undefined;
        value = layer.normalised
          ? normalised(value, filters, kernel, stride)
          : layers.conv2d({ filters, kernelSize: kernel, strides: stride, kernelConstraint }).apply(value);
        value = layers.reLU().apply(value);
        if (layer.pool) value = layers.maxPooling2d({ poolSize: 2 }).apply(value);
        break;
      }
      case 'mobile-convolution':
        value = mobile(value, layer);
        break;
      case 'residual':
        value = layers.reLU().apply(layers.add().apply([value, normalised(value, layer.filters, 3, 1)]));
        break;
      case 'dropout':
        value = layers.dropout({ rate: layer.share }).apply(value);
        break;
      case 'flatten':
        value = layers.flatten().apply(value);
        break;
      case 'global-average-pool':
        value = layers.globalAveragePooling2d({}).apply(value);
        break;
      case 'dense':
        value = layers.dense({ units: layer.units, activation: layer.relu ? 'relu' : undefined }).apply(value);
        break;
      default:
        throw new Error(`There is no layer ${layer.kind}.`);
    }
  }
  return tf.model({ inputs: pixels, outputs: value });
}

const model = build();
model.compile({
  optimizer: tf.train.adam(0.001, 0.9, 0.999, 1e-7),
  loss: (labels, logits) => tf.losses.sigmoidCrossEntropy(labels, logits),
});
const channels = network.pretrained ? 3 : network.channels;
const pixels = tf.randomUniform([batch, network.size, network.size, channels], 0, 1, 'float32', 1);
const targets = tf.tensor2d(
  Array.from({ length: batch }, (_, i) => i % 2),
  [batch, 1],
);

const step =
  task.mode === 'training'
    ? () => model.trainOnBatch(pixels, targets)
    : async () => {
        const logits = model.predictOnBatch(pixels);
        await logits.data();
        logits.dispose();
      };
const parameters = model.trainableWeights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
await measure(step, { parameters, version: `TensorFlow.js ${tf.version.tfjs}, ${task.device}` });
