import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readStudyFile, readStudyStatus, runStudy } from '@chromaray/study';
import { Command } from 'commander';
import { stringify } from 'yaml';
import { positive } from './options.js';

interface IdleOptions {
  readonly data: string;
  readonly positive: string;
  readonly perClass: number;
  readonly size: number;
  readonly epochs: number;
  readonly json: boolean;
}

/** `bench idle` */
export function idleCommand(): Command {
  return new Command('idle')
    .description('share of the training time in which the trainer waits for images, augmentation and colour on')
    .option('--data <folder>', "in Kaggle's layout", '../shared/data/chest_xray')
    .option('--positive <class>', 'folder of the positive class', 'PNEUMONIA')
    .option('--per-class <n>', 'training images of each class, made up by augmentation', positive, 4500)
    .option('--size <pixels>', 'height and width', positive, 64)
    .option('--epochs <n>', 'epochs', positive, 1)
    .option('--json', 'print one JSON document instead of text', false)
    .action((options: IdleOptions) => idle(options));
}

/**
 * Runs a study whose three arms see gray, a colour map, and channels that are computed from the picture, with
 * augmented copies in the training part. Its trials measure how long they wait.
 */
async function idle(options: IdleOptions): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'chromaray-idle-'));
  try {
    const file = path.join(folder, 'study.yaml');
    writeFileSync(file, stringify(studyOf(options)));
    const phases = new Map<string, { first: number; last: number }>();
    await runStudy(readStudyFile(file), {
      studies: folder,
      onEvent: (event) => {
        if (event.kind !== 'progress') return;
        const now = performance.now();
        const phase = phases.get(event.phase) ?? { first: now, last: now };
        phases.set(event.phase, { ...phase, last: now });
      },
    });
    const { trials } = readStudyStatus('idle', folder);
    const seconds = Object.fromEntries([...phases].map(([name, { first, last }]) => [name, (last - first) / 1000]));
    const shares = trials.map(({ arm, idleShare }) => ({ arm, idleShare }));
    if (options.json) process.stdout.write(`${JSON.stringify({ ...options, seconds, shares }, null, 2)}\n`);
    else {
      for (const [phase, spent] of Object.entries(seconds)) process.stdout.write(`${phase}: ${spent.toFixed(1)} s\n`);
      for (const { arm, idleShare } of shares) {
        process.stdout.write(`${arm}: waits ${(100 * (idleShare ?? Number.NaN)).toFixed(2)} % of the training time\n`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function studyOf({ data, positive, perClass, size, epochs }: IdleOptions) {
  return {
    name: 'idle',
    dataset: { path: path.resolve(data), layout: 'kaggle', positive },
    split: { method: 'provided' },
    image: { size },
    balance: { method: 'augment', perClass },
    arms: [
      { name: 'gray', control: true, colour: 'none' },
      { name: 'turbo', colour: { map: 'turbo' } },
      { name: 'information', colour: { channels: 'information' } },
    ],
    model: { preset: 'small' },
    training: { optimizer: 'adam', learningRate: 0.001, batch: 32, epochs },
    seeds: [1],
    endpoint: { metric: 'auroc', margin: 0.01, alpha: 0.05, correction: 'holm' },
  };
}
