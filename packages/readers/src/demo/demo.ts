import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isChromarayError, Random, sha256 } from '@chromaray/base';
import type { OnStudyEvent, ReaderAnalysis, ReaderStudyFile } from '@chromaray/contracts';
import { writePhantomDataset } from '@chromaray/data';
import { decodeGray } from '@chromaray/imaging';
import { concludeReaders, type ReadStudy, readStudy } from '../conclude/conclude.js';
import { parseReadersFile } from '../file/read.js';
import { readersFolder } from '../folder.js';
import { registerReaders } from '../register/register-readers.js';
import { serveReaders } from '../server/serve-readers.js';
import { PageClient } from './page-client.js';
import { SharedClock } from './shared-clock.js';
import { readAll, type SimulatedReader } from './simulated-reader.js';

export interface DemoOptions {
  /** Folder for the phantoms and the study. */
  readonly out: string;
  /** Cases of each class. Default: 20. */
  readonly perClass?: number;
  readonly onEvent?: OnStudyEvent;
  readonly signal?: AbortSignal;
}

const demoReaders = ['R1', 'R2', 'R3', 'R4', 'R5'];

function studyText(perClass: number): string {
  return `# The demo: five simulated readers read phantoms in gray and in colour.
name: demo
cases:
  dataset: { path: data, layout: kaggle, positive: PNEUMONIA }
  perClass: ${perClass}
training: { perClass: 2 }
arms:
  - { name: gray, control: true, colour: none }
  - { name: turbo, colour: { map: turbo } }
design: { kind: crossed, washout: 28 }
image: { side: 128 }
scale: { finding: pneumonia, call: true }
readers: [${demoReaders.join(', ')}]
endpoint: { metric: auc, margin: 0.05 }
seed: 1
`;
}

/** How well simulated readers tell the classes apart, and how they differ: about the AUC of 0.85 of published studies. */
const separation = 1.5;
const readerSpread = 0.25;
const armSpread = 0.12;
const caseSpread = 0.6;
const readingSpread = 0.8;

/**
 * A whole reader study in less than a minute: draws phantoms, registers, serves the page, lets five simulated readers read
 * everything through the page's own interface on a clock that runs ahead, and analyses what they answered.
 *
 * Simulated readers do not see: the program tells them what a picture shows, and they err at random. Colour neither helps
 * nor harms them, on average.
 *
 * @throws ChromarayError as each of the steps does
 */
export async function readersDemo(
  options: DemoOptions,
): Promise<{ readonly analysis: ReaderAnalysis; readonly read: ReadStudy }> {
  const { perClass = 20, onEvent = () => {}, signal } = options;
  const out = path.resolve(options.out);
  const studies = path.join(out, 'reader-studies');
  const folder = readersFolder(studies, 'demo');
  if (existsSync(folder.root)) rmSync(folder.root, { recursive: true });
  const patients = { NORMAL: perClass + 2, PNEUMONIA: perClass + 2 };
  const none = { NORMAL: 0, PNEUMONIA: 0 };
  await writePhantomDataset(
    path.join(out, 'data'),
    { seed: 'readers', size: 128, patients: { train: none, val: none, test: patients }, imagesPerPatient: [1, 1] },
    {
      ...(signal && { signal }),
      onProgress: ({ done, total }) => onEvent({ kind: 'progress', phase: 'reading', unit: 'images', done, total }),
    },
  );
  const file = parseReadersFile(studyText(perClass), path.join(out, 'readers.yaml'));
  await registered(file, studies, options);
  await readByAll(file, studies, options);
  const read = readStudy(file, studies);
  return { analysis: concludeReaders(read), read };
}

/** Phantoms hold no text: nobody has to look at them. */
async function registered(file: ReaderStudyFile, studies: string, { onEvent, signal }: DemoOptions): Promise<void> {
  const register = () =>
    registerReaders(file, { studies, checked: true, ...(onEvent && { onEvent }), ...(signal && { signal }) });
  try {
    await register();
  } catch (error) {
    if (!isChromarayError(error) || (error as { code: string }).code !== 'CHROMARAY_READERS_UNCHECKED') throw error;
    await register();
  }
}

async function readByAll(file: ReaderStudyFile, studies: string, { onEvent, signal }: DemoOptions): Promise<void> {
  const clock = new SharedClock(Date.parse('2026-01-05T08:00:00Z'), file.readers.length);
  const server = await serveReaders(file, {
    studies,
    now: clock.now,
    onTrouble: (error) => {
      throw error;
    },
    ...(onEvent && { onEvent }),
    ...(signal && { signal }),
  });
  try {
    const { cases, training } = server.study.cases;
    const truths = new Map<string, 0 | 1>();
    for (const one of [...cases, ...training]) truths.set(sha256((await decodeGray(one.file)).data), one.truth);
    const read = [...server.links].map(async ([name, link]) => {
      const client = await PageClient.open(link);
      await readAll(client, simulatedReader(name, truths), { look: clock.pass, until: clock.until });
      await client.leave();
      clock.leave();
    });
    await Promise.all(read);
  } finally {
    await server.stop();
  }
}

function simulatedReader(name: string, truths: ReadonlyMap<string, 0 | 1>): SimulatedReader {
  const random = new Random('readers demo').fork(name);
  const skill = separation + readerSpread * random.normal();
  const inColour = armSpread * random.normal();
  return {
    random,
    look({ gray, isColoured }) {
      const hash = sha256(gray);
      const difficulty = caseSpread * new Random('readers demo').fork(hash).normal();
      const apart = (skill + (isColoured ? inColour : 0)) / 2;
      return (truths.get(hash) === 1 ? apart : -apart) + difficulty + readingSpread * random.normal();
    },
  };
}
