import { readFileSync, writeFileSync } from 'node:fs';
import { sha256 } from '@chromaray/base';
import { parts } from '@chromaray/contracts';
import { describeDataset, makeSplit } from '@chromaray/data';
import { createBackend } from '@chromaray/engine';
import { imageLibraryVersions } from '@chromaray/imaging';
import { studyFolder } from '@chromaray/store';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { inProcessRunner, processorFamily } from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { armPacks } from './arm-packs.js';
import { armTraining } from './arm-training.js';
import { checkModels } from './study-models.js';
import { locateIn, planTasks } from './trial-tasks.js';

/**
 * What finished studies on people's disks depend on. A change of one of these numbers makes every finished trial
 * "changed" and every pack be built anew: it must be meant, said in the changelog, and recorded here again with
 * `CHROMARAY_RECORD_GOLDEN=1 npx vitest run golden`.
 */
interface Golden {
  /** Versions of the image libraries that wrote the phantoms and decoded them. */
  readonly libraries: unknown;
  readonly dataset: string;
  readonly packs: unknown;
  readonly labels: unknown;
  readonly fingerprints: unknown;
  /** SHA-256 of trained models by what computed them: bits are promised on one kind of processor only. */
  readonly models: Record<string, Record<string, string>>;
}

const file = new URL('../../test/fixtures/golden.json', import.meta.url);
const recording = process.env.CHROMARAY_RECORD_GOLDEN === '1';
const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;
const sameLibraries = JSON.stringify(golden.libraries) === JSON.stringify(imageLibraryVersions());
const versions = { chromaray: '0.1.0', onnxruntime: 'golden', node: '20' };
const never = new AbortController().signal;

const tiny = new TinyStudy();
beforeAll(() => tiny.writeData());
afterAll(() => tiny.remove());

async function tinyTasks() {
  const study = tiny.studyFile({
    arms: '[{ name: gray, control: true, colour: none }, { name: gray3, colour: repeat }, { name: turbo, colour: { map: turbo } }]',
  });
  const pinned = { ...study, training: { ...study.training, backend: 'onnxruntime' as const, threads: 1 } };
  const dataset = await describeDataset(study.dataset);
  const split = makeSplit(dataset, study.split);
  const training = armTraining(pinned, dataset, split);
  const packs = await armPacks({ study: pinned, training }, tiny.path('packs'), () => {}, never);
  const folder = studyFolder(tiny.path('studies'), study.name);
  const inputs = { study: pinned, dataset, training, packs, models: await checkModels(pinned) };
  const locate = locateIn(folder, inputs);
  return { dataset, packs, locate, ...planTasks({ ...inputs, earlierThreads: undefined, versions }) };
}

describe.skipIf(!sameLibraries && !recording)('the numbers that finished studies depend on', () => {
  it('are those that were recorded', async () => {
    const { dataset, packs, tasks, locate } = await tinyTasks();
    const runner = inProcessRunner(locate);
    const computer = profile();
    const models: Record<string, string> = {};
    for (const task of tasks.filter(({ seed }) => seed === 1)) {
      await runner.run(task, () => {}, never);
      models[task.arm] = sha256(readFileSync(locate(task).model));
    }
    const built = [...packs].map(([kind, of]) => [kind, parts.map((part) => of[part])] as const);
    const seen: Golden = {
      libraries: imageLibraryVersions(),
      dataset: dataset.hash,
      packs: Object.fromEntries(built.map(([kind, of]) => [kind, of.map(({ key }) => key)])),
      labels: Object.fromEntries(built.map(([kind, of]) => [kind, of.map(({ labels }) => sha256(labels))])),
      fingerprints: Object.fromEntries(tasks.map(({ arm, seed, fingerprint }) => [`${arm}-${seed}`, fingerprint])),
      models: { ...golden.models, [computer]: models },
    };
    if (recording) writeFileSync(file, `${JSON.stringify(seen, null, 2)}\n`);
    else {
      // Another processor or runtime gives other bits, and has no record to be compared with.
      const known = golden.models[computer] === undefined ? { ...seen, models: golden.models } : seen;
      expect(known).toEqual(golden);
    }
  }, 120_000);
});

/** Runtime and processor, which choose the kernels. */
function profile(): string {
  const { name, version } = createBackend('onnxruntime').describe();
  return `${name} ${version}, ${process.platform} ${processorFamily()}`;
}
