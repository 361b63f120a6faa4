// Training steps in jax-js on its WebAssembly backend, for networks of plain convolutions and dense layers.
// Dropout is left out: it costs next to nothing beside a convolution there.
//
// Usage: node jax.mjs TASK, where TASK is the JSON document described in bench/src/measurement.ts.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load, measure, task } from './clock.mjs';

const { defaultDevice, init, jit, lax, nn, numpy: np, valueAndGrad } = load('@jax-js/jax');
const manifest = path.join(task.modules, 'node_modules/@jax-js/jax/package.json');
const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
await init(task.device);
defaultDevice(task.device);

const { network, batch } = task;
const known = ['convolution', 'dropout', 'flatten', 'dense'];
const other = network.layers.find(({ kind, normalised }) => !known.includes(kind) || normalised);
if (other !== undefined) {
  console.error(
    `jax-js is not given layers of kind ${other.kind}${other.normalised ? ' with batch normalisation' : ''}`,
  );
  process.exit(1);
}

/** Shapes of weights and bias of each layer that has them. */
function shapes() {
  let [channels, size] = [network.channels, network.size];
  let features = 0;
  return network.layers.flatMap(({ kind, filters, kernel, stride = 1, pool, units }) => {
    if (kind === 'convolution') {
      const shape = [filters, channels, kernel, kernel];
      [channels, size] = [filters, Math.floor((size - kernel) / stride) + 1];
      if (pool) size = Math.floor(size / 2);
      return [shape, [1, filters, 1, 1]];
    }
    if (kind === 'flatten') features = channels * size * size;
    if (kind !== 'dense') return [];
    const shape = [features, units];
    features = units;
    return [shape, [1, units]];
  });
}

function logitsOf(parameters, pixels) {
  let value = pixels;
  let next = 0;
  for (const { kind, stride = 1, pool, relu } of network.layers) {
    if (kind === 'convolution') {
      const [weights, bias] = [parameters[next++], parameters[next++]];
      value = nn.relu(lax.conv(value, weights, [stride, stride], 'VALID').add(bias));
      if (pool) value = lax.reduceWindow(value, np.max, [2, 2], [2, 2]);
    } else if (kind === 'flatten') {
      value = value.reshape([batch, -1]);
    } else if (kind === 'dense') {
      const [weights, bias] = [parameters[next++], parameters[next++]];
      value = np.matmul(value, weights).add(bias);
      if (relu) value = nn.relu(value);
    }
  }
  return value;
}

/** Binary cross-entropy from logits, in the form that does not overflow. */
function loss(parameters, pixels, targets) {
  const logits = logitsOf(parameters, pixels);
  const positive = np.maximum(logits.ref, 0).sub(logits.ref.mul(targets));
  return np.mean(positive.add(np.log1p(np.exp(np.abs(logits).neg()))));
}

const all = shapes();
const product = (shape) => shape.reduce((a, b) => a * b, 1);
const filled = (shape, of) => np.array(Float32Array.from({ length: product(shape) }, of)).reshape(shape);
let parameters = all.map((shape) => filled(shape, () => (Math.random() - 0.5) / 10));
let means = all.map((shape) => filled(shape, () => 0));
let squares = all.map((shape) => filled(shape, () => 0));
const pixels = filled([batch, network.channels, network.size, network.size], Math.random);
const targets = filled([batch, 1], (_, i) => i % 2);

const train = jit((weights, first, second, images, labels) => {
  const [value, gradients] = valueAndGrad(loss)(
    weights.map((weight) => weight.ref),
    images,
    labels,
  );
  const newMeans = first.map((mean, i) => mean.mul(0.9).add(gradients[i].ref.mul(0.1)));
  const newSquares = second.map((square, i) => square.mul(0.999).add(np.square(gradients[i]).mul(0.001)));
  const newWeights = weights.map((weight, i) =>
    weight.sub(newMeans[i].ref.mul(0.001).div(np.sqrt(newSquares[i].ref).add(1e-7))),
  );
  return [value, newWeights, newMeans, newSquares];
});
const predict = jit((weights, images) => nn.sigmoid(logitsOf(weights, images)));

async function trainingStep() {
  const [value, ...rest] = train(parameters, means, squares, pixels.ref, targets.ref);
  [parameters, means, squares] = rest;
  await value.data();
}

async function prediction() {
  const weights = parameters.map((weight) => weight.ref);
  await predict(weights, pixels.ref).data();
}

await measure(task.mode === 'training' ? trainingStep : prediction, {
  parameters: all.reduce((sum, shape) => sum + product(shape), 0),
  version: `jax-js ${version}, ${task.device}`,
});
