/**
 * Trains until the test part's AUROC reaches a target, everything included: reading, decoding and resizing the
 * files, building the network, training, and predicting the test part after every epoch.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sha256 } from '@chromaray/base';
import { buildPreset, createBackend, type ExampleSource, fit } from '@chromaray/engine';
import { auroc } from '@chromaray/evidence';
import { buildPack, type PixelPack } from '@chromaray/imaging';
import type { Variant } from '../measurement.js';
import type { TargetMeasurement, TargetTask } from './task.js';

const task = JSON.parse(process.argv[2]!) as TargetTask & Variant;
const { network, seed, threads, batch, epochs, target } = task;

const packs = mkdtempSync(path.join(os.tmpdir(), 'chromaray-bench-'));
const aurocs: number[] = [];
const reached = new AbortController();
try {
  const train = await readPart('train');
  const test = await readPart('test');
  const transform = { kind: 'gray' } as const;
  await fit({
    model: buildPreset(network.preset, { seed, transform, height: network.size, width: network.size }),
    train: source(train),
    validation: source(test),
    evaluate: (probabilities) => ({ auroc: auroc(test.labels, probabilities) }),
    options: {
      loss: { kind: 'binary-cross-entropy' },
      optimizer: { kind: 'adam' },
      learningRate: 0.001,
      ...{ batch, epochs, seed, threads },
      ...(task.backend !== undefined && { backend: task.backend }),
      ...(task.precision !== undefined && { precision: task.precision }),
      select: 'last',
    },
    onEvent: (event) => {
      if (event.kind !== 'epoch') return;
      aurocs.push(event.record.metrics.auroc!);
      if (aurocs.at(-1)! >= target) reached.abort();
    },
    signal: reached.signal,
  });
} catch (error) {
  if (!reached.signal.aborted) throw error;
} finally {
  rmSync(packs, { recursive: true, force: true });
}
const { name, version } = createBackend(task.backend).describe();
const measurement: TargetMeasurement = { aurocs, version: `${name} ${version}, ${task.precision ?? 'float32'}` };
console.log(JSON.stringify(measurement));

interface PartPack {
  readonly pack: PixelPack;
  readonly labels: Uint8Array;
}

async function readPart(part: string): Promise<PartPack> {
  const folder = path.join(task.data, part);
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: label }) => readdirSync(path.join(folder, label)).map((file) => path.join(label, file)))
    .sort();
  const items = files.map((id) => {
    const file = path.join(folder, id);
    return { id, file, sha256: sha256(readFileSync(file)) };
  });
  const { pack } = await buildPack({ directory: packs, items, size: network.size });
  return { pack, labels: Uint8Array.from(files, (file) => Number(path.dirname(file) === task.positive)) };
}

function source({ pack, labels }: PartPack): ExampleSource {
  const [count, height, width, channels] = pack.shape;
  return {
    count,
    shape: [channels, height, width],
    targetSize: 1,
    read(indices, into) {
      indices.forEach((row, i) => {
        pack.read(row, into.pixels, i * channels * height * width);
        into.targets[i] = labels[row]!;
      });
    },
  };
}
