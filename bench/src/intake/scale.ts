/**
 * How time and memory of the command line grow with a data set: pictures by the ten thousand, a CSV of many rows, a
 * study of many trials. All pictures are small and made here; see bench/README.md.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { phantomPatients, writePhantomDataset } from '@chromaray/data';
import { type Timed, timed } from './timed.js';

export interface ScaleOptions {
  /** Where sets are written, unless they are there. */
  readonly target: string;
  readonly pictures: readonly number[];
  readonly rows: number;
  readonly trials: number;
  readonly steps: readonly Step[];
}

/** What is measured; all of it takes hours on two cores. */
export const steps = ['describe', 'audit', 'plan', 'csv', 'trials'] as const;
export type Step = (typeof steps)[number];

export interface ScaleResult extends Timed {
  readonly what: string;
}

const side = 64;
/** Pictures that are there for a CSV of many rows; the others were not downloaded. */
const present = 2000;
const program = 'packages/cli/bin/chromaray.js';

/** Measures everything in turn; each result is handed on as soon as it is there. */
export async function measureScale(options: ScaleOptions, onResult: (result: ScaleResult) => void): Promise<void> {
  const { target, pictures, rows, trials } = options;
  const asked = new Set(options.steps);
  mkdirSync(target, { recursive: true });
  const cache = path.join(target, `cache-${process.pid}`);
  const measure = (what: string, ...args: string[]): void => {
    onResult({ what, ...timed([program, ...args], { ...process.env, XDG_CACHE_HOME: cache }) });
  };
  try {
    for (const count of pictures) {
      const set = await phantoms(path.join(target, `phantoms-${count}`), count);
      if (asked.has('describe')) {
        measure(`describe, ${count} pictures`, 'data', 'describe', set, '--json');
        measure(`describe again, ${count} pictures`, 'data', 'describe', set, '--json');
      }
      if (asked.has('audit'))
        measure(`audit, ${count} pictures`, 'data', 'audit', set, '--out', path.join(target, 'audit'));
      if (asked.has('plan')) {
        const study = studyFile(target, `plan-${count}`, set, 2);
        const studies = path.join(target, `studies-${count}`);
        measure(`describe, pack and plan, ${count} pictures`, 'study', 'plan', study, '--studies', studies);
        rmSync(studies, { recursive: true, force: true });
      }
    }
    if (asked.has('csv')) {
      const set = await phantoms(path.join(target, `phantoms-${present}`), present);
      const csv = manifest(set, rows);
      measure(`describe, CSV of ${rows} rows`, 'data', 'describe', csv, '--positive', 'PNEUMONIA', '--json');
      measure(`describe again, CSV of ${rows} rows`, 'data', 'describe', csv, '--positive', 'PNEUMONIA', '--json');
    }
    if (asked.has('trials')) {
      const set = await phantoms(path.join(target, 'phantoms-600'), 600);
      const study = studyFile(target, `trials-${trials}`, set, trials / 2);
      const studies = path.join(target, 'studies-trials');
      measure(`run, ${trials} trials of one epoch`, 'study', 'run', study, '--studies', studies);
      measure(`status, ${trials} trials`, 'study', 'status', study, '--studies', studies);
      measure(`report, ${trials} trials`, 'study', 'report', study, '--studies', studies);
      rmSync(studies, { recursive: true, force: true });
    }
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

/** Synthetic chest X-rays of 64 x 64 pixels, one or more of a patient; about as many as asked for. */
async function phantoms(folder: string, count: number): Promise<string> {
  await writePhantomDataset(folder, { seed: 'scale', size: side, patients: phantomPatients(Math.round(count / 2)) });
  return folder;
}

/** A CSV manifest beside a set that names every picture of it and many that are not there, as a download half done. */
function manifest(set: string, rows: number): string {
  const file = path.join(set, `rows-${rows}.csv`);
  const pictures = readdirSync(set, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jpeg'));
  const lines = Array.from({ length: rows }, (_, i) => {
    const picture = pictures[i] ?? `missing/${i}.jpeg`;
    return `${picture},${/PNEUMONIA/.test(picture) || i % 3 === 0 ? 'PNEUMONIA' : 'NORMAL'},p${Math.floor(i / 2)}`;
  });
  writeFileSync(file, `path,label,patient\n${lines.join('\n')}\n`);
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
