/**
 * Trains until the test part's AUROC reaches a target, everything included: reading, decoding and resizing the
 * files, building the network, training, and predicting the test part after every epoch.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildPreset, createBackend, fit } from '@chromaray/engine';
import { auroc } from '@chromaray/evidence';
import type { Variant } from '../measurement.js';
import { readPart, sourceOf } from './part.js';
import type { TargetMeasurement, TargetTask } from './task.js';

const task = JSON.parse(process.argv[2]!) as TargetTask & Variant;
const { network, seed, threads, batch, epochs, target } = task;

const packs = mkdtempSync(path.join(os.tmpdir(), 'chromaray-bench-'));
const aurocs: number[] = [];
const reached = new AbortController();
try {
  const train = await readPart(task, 'train', packs);
  const test = await readPart(task, 'test', packs);
  const transform = { kind: 'gray' } as const;
  await fit({
    model: buildPreset(network.preset, { seed, transform, height: network.size, width: network.size }),
    train: sourceOf(train),
    validation: sourceOf(test),
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
