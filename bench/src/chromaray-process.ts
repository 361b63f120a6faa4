import { Random } from '@chromaray/base';
import { createBackend, type TrainableModel } from '@chromaray/engine';
import { buildNetwork } from './build-network.js';
import { type Measurement, median, type Task, type Variant } from './measurement.js';

const task = JSON.parse(process.argv[2]!) as Task & Variant;
const { network, mode, batch, threads, warmUp, steps, precision = 'float32' } = task;

const model = buildNetwork(network, task.weights);
const backend = createBackend(task.backend);
const random = new Random('bench');
const { size, channels } = network;
const pixels = Uint8Array.from({ length: batch * channels * size * size }, () => random.uint32() & 255);

let kernelSeconds = 0;
const options = {
  threads,
  precision,
  onKernel: (_label: string, seconds: number) => {
    kernelSeconds += seconds;
  },
};
const worker = mode === 'training' ? await trainer() : await predictor();

const seconds: number[] = [];
const cpuSeconds: number[] = [];
const ownShares: number[] = [];
for (let step = 1; step <= warmUp + steps; step++) {
  kernelSeconds = 0;
  const cpu = process.cpuUsage();
  const started = performance.now();
  await worker.step(step);
  const spent = (performance.now() - started) / 1000;
  if (step === 1) console.log('first step done');
  if (step <= warmUp) continue;
  seconds.push(spent);
  const { user, system } = process.cpuUsage(cpu);
  cpuSeconds.push((user + system) / 1e6);
  ownShares.push(1 - kernelSeconds / spent);
}
const measurement: Measurement = {
  parameters: parametersOf(model),
  secondsPerStep: median(seconds),
  cpuSecondsPerStep: median(cpuSeconds),
  peakBytes: process.resourceUsage().maxRSS * 1024,
  version: `${backend.describe().name} ${backend.describe().version}, ${precision}`,
  ownShare: median(ownShares),
};
await worker.release();
console.log(JSON.stringify(measurement));

async function trainer() {
  const session = await backend.train(
    { model, loss: { kind: 'binary-cross-entropy' }, optimizer: { kind: 'adam' }, seed: 1 },
    batch,
    options,
  );
  const targets = Float32Array.from({ length: batch }, (_, i) => i % 2);
  const weights = new Float32Array(batch).fill(1);
  return {
    step: (step: number) => session.step({ pixels, targets, weights, count: batch, learningRate: 0.001, step }),
    release: () => session.release(),
  };
}

async function predictor() {
  const session = await backend.infer(model.model, batch, options);
  return { step: () => session.run(pixels, batch), release: () => session.release() };
}

function parametersOf({ model: { graph }, trainable }: TrainableModel): number {
  return trainable.reduce((sum, tensor) => sum + graph.initializers.get(tensor)!.data.length, 0);
}
