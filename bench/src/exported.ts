import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isChromarayError } from '@chromaray/base';
import {
  checkPicturesApart,
  createBackend,
  describeBackends,
  loadWeights,
  prepareTransfer,
  type TrainableModel,
  withWeights,
} from '@chromaray/engine';
import { Command } from 'commander';
import { type ExportedRow, exportedTable } from './exported-table.js';

/** What peers/export_networks.py writes beside each file. */
interface Exported {
  readonly network: string;
  readonly exporter: string;
  readonly opset: number;
  /** Type of the numbers in the file; their PyTorch losses are those of float32. */
  readonly dtype: string;
  /** The tensor that the classifier takes. */
  readonly features: string;
  readonly side: number;
  readonly count: number;
  readonly rate: number;
  /** Numbers that PyTorch trains. */
  readonly parameters: number;
  readonly losses: readonly number[];
}

/** `bench exported <folder>` */
export function exportedCommand(): Command {
  return new Command('exported')
    .description("networks as PyTorch's exporters write them: imported, trained three steps, beside PyTorch's losses")
    .argument('<folder>', 'what peers/export_networks.py has written')
    .action(async (folder: string) => {
      const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
      const rows: ExportedRow[] = [];
      for (const file of files.sort()) rows.push(await tried(path.join(folder, file)));
      process.stdout.write(`${exportedTable(rows)}\n`);
    });
}

async function tried(file: string): Promise<ExportedRow> {
  const record = JSON.parse(readFileSync(file, 'utf8')) as Exported;
  const { network, opset, parameters, losses, dtype } = record;
  const exporter = dtype === 'float32' ? record.exporter : `${record.exporter} ${dtype}`;
  const row = { network, exporter, opset, parameters };
  try {
    const { model, trained } = await imported(file.replace(/\.json$/, '.onnx'), record);
    const found: Record<string, number> = {};
    for (const { name, available } of describeBackends()) {
      if (available) found[name] = distance(await lossesOf(model, name, record), losses);
    }
    return { ...row, trained, distances: found };
  } catch (error) {
    if (!isChromarayError(error)) throw error;
    return { ...row, refusal: `${error.code}: ${error.message}` };
  }
}

async function imported(file: string, { features, side }: Exported) {
  const { model, untrained } = prepareTransfer({
    onnx: loadWeights(file),
    features,
    ...{ input: { range: [-1, 1] as const }, height: side, width: side, seed: 1 },
    // The recorded losses are those of the network as it predicts.
    batchNorm: 'frozen',
  });
  await checkPicturesApart(model.model, model.logits, file);
  const pretrained = model.trainable.filter((name) => !name.startsWith('head/'));
  const count = (name: string) => model.model.graph.initializers.get(name)!.data.length;
  const trained = pretrained.reduce((sum, name) => sum + count(name), 0);
  return { model: withHead(model), trained: { numbers: trained, untrained: untrained.length } };
}

function withHead(network: TrainableModel): TrainableModel {
  const head = ['head/output/kernel', 'head/output/bias'].map((name): [string, Float32Array] => {
    const { length } = network.model.graph.initializers.get(name)!.data;
    return [name, Float32Array.from(hashed(name, length), (h) => (h / 2 ** 31 - 1) / 8)];
  });
  return { ...network, model: withWeights(network.model, new Map(head)) };
}

async function lossesOf(model: TrainableModel, backend: string, { count, side, rate, losses }: Exported) {
  const specification = { model, loss: { kind: 'binary-cross-entropy' }, optimizer: { kind: 'sgd' }, seed: 1 } as const;
  const session = await createBackend(backend).train(specification, count, { threads: 1 });
  const input = {
    pixels: Uint8Array.from(hashed('pixels', count * side * side), (h) => h >>> 24),
    targets: Float32Array.from({ length: count }, (_, i) => i % 2),
    weights: new Float32Array(count).fill(1),
    ...{ count, learningRate: rate },
  };
  try {
    const found: number[] = [];
    for (let step = 1; step <= losses.length; step++) found.push((await session.step({ ...input, step })).loss);
    return found;
  } finally {
    await session.release();
  }
}

/** The largest difference of a loss, as a share of PyTorch's. */
function distance(found: readonly number[], expected: readonly number[]): number {
  return Math.max(...found.map((loss, i) => Math.abs(loss - expected[i]!) / expected[i]!));
}

/** Whole numbers below 2^32, the same as in peers/export_networks.py. */
function hashed(name: string, count: number): Float64Array {
  const offset = [...name].reduce((sum, letter, i) => sum + (i + 1) * letter.charCodeAt(0), 0);
  return Float64Array.from({ length: count }, (_, i) => {
    let h = Math.imul(i + offset, 2654435761) >>> 0;
    h = (h ^ (h >>> 15)) >>> 0;
    h = Math.imul(h, 2246822519) >>> 0;
    return (h ^ (h >>> 13)) >>> 0;
  });
}
