import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildPreset, fit, predict } from '@chromaray/engine';
import { auroc, compareAuroc } from '@chromaray/evidence';
import { Command, Option } from 'commander';
import { type Network, networks } from './networks.js';
import { list, networksByName, positive } from './options.js';
import { type PartPack, readPart, sourceOf } from './target/part.js';

interface PrecisionOptions {
  readonly data: string;
  readonly positive: string;
  readonly model: Network;
  readonly size: number;
  readonly seeds: readonly number[];
  readonly epochs: number;
  readonly batch: number;
  readonly threads: number;
  readonly json: boolean;
}

const precisions = ['float32', 'bfloat16'] as const;

/** A child or an examination in the names of the Kermany set; another file name counts as a patient of its own. */
const patient = /^(person\d+_[a-z]+|(?:NORMAL2-)?IM-\d+)/;

/** `bench precision` */
export function precisionCommand(): Command {
  return new Command('precision')
    .description('whether bfloat16 changes what a network learns: the same trainings in both precisions')
    .option('--data <folder>', "in Kaggle's layout", '../shared/data/chest_xray')
    .option('--positive <class>', 'folder of the positive class', 'PNEUMONIA')
    .addOption(
      new Option('--model <name>', 'network')
        .argParser((text) => networksByName(text)[0]!)
        .default(networks.find(({ preset }) => preset === 'small')!, 'small'),
    )
    .option('--size <pixels>', 'height and width', positive, 64)
    .option('--seeds <numbers>', 'one training in each precision', list(positive), [1, 2, 3, 4])
    .option('--epochs <n>', 'epochs, of which the last one is tested', positive, 5)
    .option('--batch <n>', 'examples a step', positive, 32)
    .option('--threads <n>', 'CPU threads', positive, 1)
    .option('--json', 'print one JSON document instead of text', false)
    .action((options: PrecisionOptions) => precision(options));
}

/** Trains on the training part and tests on the test part; all but the precision is the same. */
async function precision(options: PrecisionOptions): Promise<void> {
  const packs = mkdtempSync(path.join(os.tmpdir(), 'chromaray-precision-'));
  try {
    const request = {
      data: path.resolve(options.data),
      positive: options.positive,
      network: { size: options.size },
    };
    const [train, test] = [await readPart(request, 'train', packs), await readPart(request, 'test', packs)];
    const scores: Record<(typeof precisions)[number], Float32Array[]> = { float32: [], bfloat16: [] };
    for (const seed of options.seeds) {
      for (const name of precisions) {
        const begun = performance.now();
        const probabilities = await trainAndTest(options, train, test, seed, name);
        scores[name].push(probabilities);
        const seconds = ((performance.now() - begun) / 1000).toFixed(1);
        const area = auroc(test.labels, probabilities).toFixed(4);
        process.stderr.write(`seed ${seed}, ${name}: AUROC ${area} in ${seconds} s\n`);
      }
    }
    print(options, test, scores);
  } finally {
    rmSync(packs, { recursive: true, force: true });
  }
}

async function trainAndTest(
  { model, size, epochs, batch, threads }: PrecisionOptions,
  train: PartPack,
  test: PartPack,
  seed: number,
  name: (typeof precisions)[number],
): Promise<Float32Array> {
  const trained = await fit({
    model: buildPreset(model.preset, { seed, transform: { kind: 'gray' }, height: size, width: size }),
    train: sourceOf(train),
    options: {
      loss: { kind: 'binary-cross-entropy' },
      optimizer: { kind: 'adam' },
      learningRate: 0.001,
      ...{ batch, epochs, seed, threads },
      backend: 'onednn',
      precision: name,
      select: 'last',
    },
  });
  return predict(trained.model, sourceOf(test), { backend: 'onednn', batch, threads });
}

function print(
  options: PrecisionOptions,
  { labels, files }: PartPack,
  scores: Record<(typeof precisions)[number], Float32Array[]>,
): void {
  const patients = files.map((file) => {
    const name = path.basename(file);
    return patient.exec(name)?.[0] ?? name;
  });
  const comparison = compareAuroc({ labels, arm: scores.bfloat16, control: scores.float32, patients });
  const areas = precisions.map((name) => scores[name].map((probabilities) => auroc(labels, probabilities)));
  const [float32, bfloat16] = areas as [number[], number[]];
  const summary = { seeds: options.seeds, float32, bfloat16, comparison, patients, labels: [...labels] };
  const probabilities = precisions.map((name) => [name, scores[name].map((own) => [...own])] as const);
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ ...summary, probabilities: Object.fromEntries(probabilities) })}\n`);
    return;
  }
  const { difference, interval, p } = comparison;
  const rows = options.seeds.map((seed, i) => `${seed}  ${float32[i]!.toFixed(4)}  ${bfloat16[i]!.toFixed(4)}`);
  process.stdout.write(
    `${[
      'seed  float32  bfloat16',
      ...rows,
      `standard deviation between seeds: ${deviation(float32).toFixed(4)}, ${deviation(bfloat16).toFixed(4)}`,
      `bfloat16 less float32: ${difference.toFixed(4)}, 95 % interval ${interval.lower.toFixed(4)} to ${interval.upper.toFixed(4)}, p = ${p.toFixed(2)}`,
    ].join('\n')}\n`,
  );
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
