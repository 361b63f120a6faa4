/**
 * How time and memory of the command line grow with a data set: pictures by the ten thousand, a CSV of many rows, a
 * study of many trials. All pictures are small and made here; see bench/README.md.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Random } from '@chromaray/base';
import { phantomPatients, writePhantomDataset } from '@chromaray/data';
import { encodePng } from '@chromaray/imaging';
import { type Timed, timed } from './timed.js';

export interface ScaleOptions {
  /** Where sets are written, unless they are there. */
  readonly target: string;
  readonly pictures: readonly number[];
  readonly rows: number;
  readonly trials: number;
}

export interface ScaleResult extends Timed {
  readonly what: string;
}

const side = 64;
const program = 'packages/cli/bin/chromaray.js';

/** Measures everything in turn; each result is handed on as soon as it is there. */
export async function measureScale(options: ScaleOptions, onResult: (result: ScaleResult) => void): Promise<void> {
  const { target, pictures, rows, trials } = options;
  mkdirSync(target, { recursive: true });
  const cache = path.join(target, `cache-${process.pid}`);
  const measure = (what: string, ...args: string[]): void => {
    onResult({ what, ...timed([program, ...args], { ...process.env, XDG_CACHE_HOME: cache }) });
  };
  try {
    for (const count of pictures) {
      const set = await phantoms(path.join(target, `phantoms-${count}`), count);
      measure(`describe, ${count} pictures`, 'data', 'describe', set, '--json');
      measure(`describe again, ${count} pictures`, 'data', 'describe', set, '--json');
      measure(`audit, ${count} pictures`, 'data', 'audit', set, '--out', path.join(target, 'audit'));
      const study = studyFile(target, `plan-${count}`, set, 2);
      const studies = path.join(target, `studies-${count}`);
      measure(`pack and plan, ${count} pictures`, 'study', 'plan', study, '--studies', studies);
      rmSync(studies, { recursive: true, force: true });
    }
    const csv = await manifest(path.join(target, `rows-${rows}`), rows);
    measure(`describe, CSV of ${rows} rows`, 'data', 'describe', csv, '--positive', 'PNEUMONIA', '--json');
    measure(`describe again, CSV of ${rows} rows`, 'data', 'describe', csv, '--positive', 'PNEUMONIA', '--json');

    const small = await phantoms(path.join(target, 'phantoms-600'), 600);
    const study = studyFile(target, `trials-${trials}`, small, trials / 2);
    const studies = path.join(target, 'studies-trials');
    measure(`run, ${trials} trials of one epoch`, 'study', 'run', study, '--studies', studies);
    measure(`status, ${trials} trials`, 'study', 'status', study, '--studies', studies);
    measure(`report, ${trials} trials`, 'study', 'report', study, '--studies', studies);
    rmSync(studies, { recursive: true, force: true });
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

/** Synthetic chest X-rays of 64 x 64 pixels, one or more of a patient; about as many as asked for. */
async function phantoms(folder: string, count: number): Promise<string> {
  await writePhantomDataset(folder, { seed: 'scale', size: side, patients: phantomPatients(Math.round(count / 2)) });
  return folder;
}

/** A CSV manifest with a picture of its own for every row. */
async function manifest(folder: string, rows: number): Promise<string> {
  const file = path.join(folder, 'set.csv');
  if (existsSync(file)) return file;
  const random = new Random('rows');
  const lines = ['path,label,patient'];
  for (let i = 0; i < rows; i++) {
    const name = `${Math.floor(i / 1000)}/${i}.png`;
    if (i % 1000 === 0) mkdirSync(path.join(folder, String(i / 1000)), { recursive: true });
    const data = Uint8Array.from({ length: 32 * 32 }, () => random.int(256));
    writeFileSync(path.join(folder, name), await encodePng({ width: 32, height: 32, channels: 1, data }));
    lines.push(`${name},${i % 3 === 0 ? 'PNEUMONIA' : 'NORMAL'},p${Math.floor(i / 2)}`);
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** A study of two arms that trains as little as a study can. */
function studyFile(target: string, name: string, set: string, seeds: number): string {
  const file = path.join(target, `${name}.yaml`);
  writeFileSync(
    file,
    `name: ${name}
dataset: { path: ${set}, layout: kaggle, positive: PNEUMONIA }
split: { method: patient, fractions: { train: 0.6, validation: 0.2, test: 0.2 }, seed: 1 }
image: { size: ${side} }
arms:
  - { name: gray, control: true, colour: none }
  - { name: turbo, colour: { map: turbo } }
model: { preset: small }
training: { optimizer: adam, learningRate: 0.002, batch: 32, epochs: 1 }
seeds: [${Array.from({ length: seeds }, (_, i) => i + 1).join(', ')}]
endpoint: { metric: auroc, margin: 0.02 }
`,
  );
  return file;
}
