import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { createBackend, type Provider, type TrainingSession } from '@chromaray/engine';
import { median } from '../measurement.js';
import { type GpuNetwork, type GpuNetworkName, gpuNetwork, gpuNetworkNames } from './networks.js';

/**
 * Runs on the machine with the card, from the pack: does a provider compute what the processor computes, and how fast is it, beside
 * PyTorch on CUDA? Each line printed is one JSON document. Options, all in the form `--name=value`: `providers` (webgpu,cuda),
 * `networks`, `side` (128), `batch` (32), `steps` (20), `rounds` (3), `python` (python3).
 */
const options = Object.fromEntries(process.argv.slice(2).map((text) => text.replace(/^--/, '').split('=')));
const number = (name: string, standard: number) => Number(options[name] ?? standard);
const [side, batch, steps, rounds] = [
  number('side', 128),
  number('batch', 32),
  number('steps', 20),
  number('rounds', 3),
];
const providers = (options.providers ?? 'webgpu,cuda').split(',') as Provider[];
const chosen = (options.networks ?? gpuNetworkNames.join()).split(',') as GpuNetworkName[];

/** Shares of what is compared, those of the conformance suite for float32. */
const tolerance = { losses: 1e-4, weights: 2e-3 };
const checkedSteps = 3;
const checkedSide = Math.min(side, 64);
const checkedBatch = Math.min(batch, 8);

const backend = createBackend('onnxruntime');
const print = (line: object) => console.log(JSON.stringify(line));

async function open(network: GpuNetwork, provider: Provider, count: number): Promise<TrainingSession> {
  const { model, loss } = network;
  return backend.train({ model, loss, optimizer: { kind: 'sgd' }, seed: 1 }, count, { provider });
}

/** The same bytes and targets wherever it runs. */
function batchOf({ pixels, targets }: GpuNetwork, count: number) {
  return {
    pixels: Uint8Array.from({ length: count * pixels }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 13) & 255),
    targets: Float32Array.from({ length: count * targets }, (_, i) => i % 2),
    weights: new Float32Array(count).fill(1),
    count,
    learningRate: 0.01,
  };
}

async function trained(network: GpuNetwork, provider: Provider) {
  const session = await open(network, provider, checkedBatch);
  try {
    const input = batchOf(network, checkedBatch);
    const losses: number[] = [];
    for (let step = 1; step <= checkedSteps; step++) losses.push((await session.step({ ...input, step })).loss);
    return { losses, weights: (await session.state()).weights };
  } finally {
    await session.release();
  }
}

/** The largest distance of a loss, and of what training changed in a tensor in the Euclidean norm, each as a share. */
async function distances(name: GpuNetworkName, provider: Provider) {
  const network = gpuNetwork(name, checkedSide);
  const [expected, found] = [await trained(network, 'cpu'), await trained(network, provider)];
  const losses = expected.losses.map((loss, i) => Math.abs(found.losses[i]! - loss) / Math.abs(loss));
  const { initializers } = network.model.model.graph;
  const weights = network.model.trainable.map((tensor) => {
    const [start, a, b] = [
      initializers.get(tensor)!.data as Float32Array,
      expected.weights.get(tensor)!,
      found.weights.get(tensor)!,
    ];
    return norm(a, b) / Math.max(norm(a, start), 1e-6);
  });
  return { losses: Math.max(...losses), weights: Math.max(...weights) };
}

function norm(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0));
}

/** Pictures a second. */
async function speed(name: GpuNetworkName, provider: Provider) {
  const network = gpuNetwork(name, side);
  const input = batchOf(network, batch);
  const session = await open(network, provider, batch);
  const training = await rate((step) => session.step({ ...input, step }));
  await session.release();
  const inference = await backend.infer(network.model.model, batch, { provider });
  const prediction = await rate(() => inference.run(input.pixels, batch));
  await inference.release();
  return { training, prediction };
}

async function rate(run: (step: number) => Promise<unknown>): Promise<number> {
  const seconds: number[] = [];
  for (let step = 1; step <= steps + 3; step++) {
    const begun = performance.now();
    await run(step);
    if (step > 3) seconds.push((performance.now() - begun) / 1000);
  }
  return batch / median(seconds);
}

/** PyTorch on CUDA with the same networks, where a Python on this machine has both. */
function pytorch(name: GpuNetworkName): object {
  const script = path.join(import.meta.dirname, 'pytorch_cuda.py');
  const task = [name, side, batch, steps].map(String);
  const { status, stdout, stderr } = spawnSync(options.python ?? 'python3', [script, ...task], { encoding: 'utf8' });
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1)!);
  return { missing: (stderr ?? '').trim().split('\n').at(-1) || 'no Python' };
}

const working: Provider[] = [];
for (const provider of providers) {
  try {
    for (const network of chosen) {
      const found = await distances(network, provider);
      const passed = found.losses < tolerance.losses && found.weights < tolerance.weights;
      if (!passed) process.exitCode = 1;
      print({ check: network, provider, passed, ...found });
    }
    working.push(provider);
  } catch (error) {
    print({ provider, missing: (error as Error).message });
  }
}
if (working.length === 0) process.exitCode = 1;
for (let round = 1; round <= rounds; round++) {
  for (const network of chosen) {
    for (const provider of working)
      print({ round, network, provider, side, batch, ...(await speed(network, provider)) });
    print({ round, network, provider: 'PyTorch on CUDA', side, batch, ...pytorch(network) });
  }
}
