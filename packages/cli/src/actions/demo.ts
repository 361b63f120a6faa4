import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { StudyFolder } from '@chromaray/contracts';
import { phantomPatients, writePhantomDataset } from '@chromaray/data';
import { studyFolder } from '@chromaray/store';
import { parseStudyFile, readStudyStatus, runStudy } from '@chromaray/study';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { showStudyEvents } from '../terminal/study-events.js';
import { formatVerdict } from '../terminal/verdict.js';

export interface DemoOptions {
  readonly out: string;
  readonly json?: boolean;
}

/** Sizes that let the demo end within three minutes on two cores. */
const patients = 450;
const size = 64;

const studyFile = `# The demo: does colour help a network find pneumonia on synthetic chest X-rays?
name: demo
dataset: { path: data, layout: kaggle, positive: PNEUMONIA }
split: { method: patient, fractions: { train: 0.6, validation: 0.12, test: 0.28 }, seed: 42 }
image: { size: ${size} }
balance: { method: weights }
arms:
  - { name: gray, control: true, colour: none }
  - { name: turbo, colour: { map: turbo } }
  - { name: shuffled, colour: { map: shuffled, seed: 1 } }
model: { preset: small }
training: { optimizer: adam, learningRate: 0.002, batch: 16, epochs: 12, schedule: cosine }
seeds: [1, 2, 3]
endpoint: { metric: auroc, margin: 0.02, alpha: 0.05, correction: holm }
`;

/** What `chromaray demo` does. */
export async function demoAction(options: DemoOptions, context: Context): Promise<void> {
  const out = path.resolve(options.out);
  const studies = path.join(out, 'studies');
  const study = studyFolder(studies, 'demo');
  if (isFinished(study)) rmSync(study.root, { recursive: true, force: true });
  const { progress, signal } = context;
  progress.note(
    `Drawing synthetic chest X-rays of ${patients} patients into ${path.relative('', path.join(out, 'data'))}.`,
  );
  await writePhantomDataset(
    path.join(out, 'data'),
    { seed: 'demo', size: 96, patients: phantomPatients(patients) },
    { signal, onProgress: ({ done, total }) => progress.update({ phase: 'drawing', done, total, unit: 'images' }) },
  );
  const outcome = await runStudy(parseStudyFile(studyFile, path.join(out, 'demo.yaml')), {
    studies,
    retrain: true,
    onEvent: showStudyEvents(progress),
    signal,
  });
  progress.end();
  if (options.json) writeJson(context.out, { ...outcome.verdict, folder: outcome.folder.root });
  else printText(context.out, formatVerdict(outcome.verdict, outcome.folder, lineWidth(context.out)));
}

function isFinished({ root, store, report }: StudyFolder): boolean {
  return (
    existsSync(store) && existsSync(report) && readStudyStatus(root, '').trials.every(({ status }) => status === 'done')
  );
}
