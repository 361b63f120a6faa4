import { Random } from '@chromaray/base';
import { buildPreset, createBackend } from '@chromaray/engine';
import { type Measurement, median, type Task } from './measurement.js';

const { network, batch, threads, warmUp, steps, backend: name } = JSON.parse(process.argv[2]!) as Task;
const { preset, size, channels } = network;

const model = buildPreset(preset, { seed: 1, transform: { kind: channels === 3 ? 'rgb' : 'gray' } });
const backend = createBackend(name);
const session = await backend.train(
  { model, loss: { kind: 'binary-cross-entropy' }, optimizer: { kind: 'adam' }, seed: 1 },
  batch,
  { threads },
);

const random = new Random('bench');
const pixels = Uint8Array.from({ length: batch * channels * size * size }, () => random.uint32() & 255);
const targets = Float32Array.from({ length: batch }, (_, i) => i % 2);
const weights = new Float32Array(batch).fill(1);

const seconds: number[] = [];
for (let step = 1; step <= warmUp + steps; step++) {
  const started = performance.now();
  await session.step({ pixels, targets, weights, count: batch, learningRate: 0.001, step });
  if (step === 1) console.log('first step done');
  if (step > warmUp) seconds.push((performance.now() - started) / 1000);
}

const { initializers } = model.model.graph;
const measurement: Measurement = {
  parameters: model.trainable.reduce((sum, tensor) => sum + initializers.get(tensor)!.data.length, 0),
  secondsPerStep: median(seconds),
  peakBytes: process.resourceUsage().maxRSS * 1024,
  version: `${backend.describe().name} ${backend.describe().version}`,
};
await session.release();
console.log(JSON.stringify(measurement));
