import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ChromarayError } from '@chromaray/base';
import type { Dataset, Split, StudyFile, TuningRecord } from '@chromaray/contracts';
import { describeDataset, makeSplit } from '@chromaray/data';
import { encodeJpeg } from '@chromaray/imaging';
import { readArtefact, studyFolder } from '@chromaray/store';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { inProcessRunner, type LocateFiles, type TrialRunner, type TrialTask } from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportStudy } from '../export/export-study.js';
import { rebuildReport } from '../run/find-study.js';
import { runStudy } from '../run/run-study.js';
import { readStudyStatus } from '../run/study-status.js';
import { parseStudyFile } from '../study-file/parse.js';
import { tuneStudy } from './tune-study.js';
import { candidateName } from './tuned-study.js';

/** Milliseconds; a busy machine is slow. */
const patience = 240_000;
const never = new AbortController().signal;
const tiny = new TinyStudy();
beforeAll(() => tiny.writeData());
afterAll(() => tiny.remove());

const halving =
  '{ method: halving, candidates: 4, epochs: 4, reduction: 2, space: { training: { learningRate: { log: [0.0005, 0.05] }, batch: [4, 8] } } }';

function tuned(tune = halving, data = 'data'): StudyFile {
  const text = `name: searched
dataset: { path: ${data}, layout: kaggle, positive: PNEUMONIA }
split: { method: patient, fractions: { train: 0.5, validation: 0.2, test: 0.3 }, seed: 1 }
image: { size: 32 }
arms: [{ name: gray, control: true, colour: none }, { name: turbo, colour: { map: turbo } }]
model: { preset: small }
training: { learningRate: 0.01, batch: 8, epochs: 2, schedule: cosine }
tune: ${tune}
seeds: [1]
endpoint: { margin: 0.05 }
`;
  return parseStudyFile(text, tiny.path('study.yaml'));
}

interface Watched {
  readonly tasks: TrialTask[];
  readonly runner: (locate: LocateFiles) => TrialRunner;
}

/** A runner that keeps what it is given, and may be told what to do before an epoch is reported. */
function watched(onEpoch: (done: number) => void = () => {}): Watched {
  const tasks: TrialTask[] = [];
  let epochs = 0;
  return {
    tasks,
    runner: (locate) => {
      const { run } = inProcessRunner(locate);
      return {
        run(task, onMessage, signal) {
          tasks.push(task);
          const follow: typeof onMessage = (message) => {
            onMessage(message);
            if (message.kind === 'epoch') onEpoch(++epochs);
          };
          return run(task, follow, signal);
        },
      };
    },
  };
}

async function search(
  study: StudyFile,
  name: string,
  { runner }: Watched,
  options: { signal?: AbortSignal; split?: Split } = {},
) {
  const dataset: Dataset = await describeDataset(study.dataset);
  const { signal = never, split = makeSplit(dataset, study.split) } = options;
  const folder = studyFolder(tiny.path('searches'), name);
  const context = { cache: tiny.path('searches', '.cache'), onEvent: () => {}, signal };
  const found = await tuneStudy({
    ...{ study, folder, context, runner, data: { dataset, split }, threads: 1, finishedTrials: 0 },
  });
  return { folder, dataset, split, record: found! };
}

const choices = ({ at: _, ...record }: TuningRecord) => record;

describe('a search', () => {
  const first = watched();
  let found: Awaited<ReturnType<typeof search>>;
  beforeAll(async () => {
    found = await search(tuned(), 'first', first);
  }, patience);

  it('gives every arm the same candidates, seed and epochs, none of them the study’s seed', () => {
    const { arms, candidates, rungs } = found.record;
    expect(candidates).toHaveLength(4);
    expect(rungs).toEqual([
      { candidates: 4, epochs: 1 },
      { candidates: 2, epochs: 2 },
      { candidates: 1, epochs: 4 },
    ]);
    for (const arm of arms) {
      expect(arm.candidates.map(({ candidate }) => candidate)).toEqual([1, 2, 3, 4]);
      expect(arm.candidates.filter(({ state }) => state === 'chosen').map(({ candidate }) => candidate)).toEqual([
        arm.chosen,
      ]);
      // 4 x 1 + 2 x 1 + 1 x 2: each stage goes on from its checkpoint, though the rate falls over all four epochs.
      expect(arm).toMatchObject({ epochs: 8, continued: true });
    }
    const settings = (of: string) =>
      first.tasks
        .filter(({ arm, until }) => arm.startsWith(`${of}.`) && until === 1)
        .map(({ seed, training }) => [seed, training.learningRate, training.batch, training.epochs]);
    expect(settings('gray')).toEqual(settings('turbo'));
    expect(settings('gray').map(([seed]) => seed)).toEqual([0, 0, 0, 0]);
  });

  it('keeps the best half of each stage, by AUROC on validation', () => {
    for (const { candidates } of found.record.arms) {
      const best = (epochs: number) => candidates.filter((one) => one.epochs >= epochs);
      expect(best(2)).toHaveLength(2);
      expect(best(4)).toHaveLength(1);
      for (const out of candidates.filter(({ epochs }) => epochs === 1)) expect(out.state).toBe('not chosen');
    }
  });

  it('is given no record of the test part, and leaves no checkpoint, model or prediction', async () => {
    const tested = found.split.counts.test.records;
    expect(tested).toBeGreaterThan(0);
    for (const { parts } of first.tasks) {
      expect(parts.test.labels).toHaveLength(0);
      expect(parts.validation.labels).toHaveLength(found.split.counts.validation.records);
    }
    const { checkpointRoot, model } = found.folder.tuningTrials();
    expect(existsSync(checkpointRoot)).toBe(false);
    expect(existsSync(model(candidateName('gray', 1), 0))).toBe(false);
  });

  it(
    'makes the same choices, to the bit, when every test X-ray is another picture',
    async () => {
      cpSync(tiny.path('data'), tiny.path('other'), { recursive: true });
      for (const { id, file } of found.dataset.records) {
        if (found.split.part.get(id) !== 'test') continue;
        const data = Uint8Array.from(
          { length: 48 * 48 },
          (_, i) => (i * 7 + id.length * 13 + id.charCodeAt(id.length - 6)) % 256,
        );
        writeFileSync(
          file.replace(tiny.path('data'), tiny.path('other')),
          await encodeJpeg({ width: 48, height: 48, data }),
        );
      }
      // A split follows from pixels too, which say what is the same picture; here it is the same one.
      const { split } = found;
      const other = await search(tuned(halving, 'other'), 'other', watched(), { split });
      expect(other.dataset.hash).not.toBe(found.dataset.hash);
      expect(choices(other.record)).toEqual(choices(found.record));
    },
    patience,
  );

  it(
    'that was stopped in the middle of a stage resumes to the same choices, and trains nothing twice',
    async () => {
      const stop = new AbortController();
      const stopped = watched((done) => {
        if (done === 5) stop.abort();
      });
      await expect(search(tuned(), 'stopped', stopped, { signal: stop.signal })).rejects.toMatchObject({
        code: 'CHROMARAY_INTERRUPTED',
      });
      expect(existsSync(studyFolder(tiny.path('searches'), 'stopped').tuning)).toBe(false);
      let epochs = 0;
      const { record } = await search(
        tuned(),
        'stopped',
        watched(() => epochs++),
      );
      expect(choices(record)).toEqual(choices(found.record));
      expect(epochs).toBe(16 - 5);
    },
    patience,
  );

  it(
    'that is finished is not made again, and one of another space is',
    async () => {
      const again = watched();
      expect((await search(tuned(), 'first', again)).record).toEqual(found.record);
      expect(again.tasks).toEqual([]);
      const wider = '{ candidates: 2, epochs: 1, space: { training: { batch: [4, 8] } } }';
      const other = watched();
      const { record } = await search(tuned(wider), 'first', other);
      expect(record.identity).not.toBe(found.record.identity);
      expect(other.tasks).toHaveLength(4);
    },
    patience,
  );

  it(
    'goes on without candidates whose loss stops being a number, and not without others',
    async () => {
      const wild = '{ candidates: 2, epochs: 1, space: { training: { learningRate: [90, 95] } } }';
      const failing = (code: `CHROMARAY_${string}`): Watched => ({
        tasks: [],
        runner: (locate) => ({
          run(task, onMessage, signal) {
            if (task.training.learningRate < 90) return inProcessRunner(locate).run(task, onMessage, signal);
            throw new ChromarayError({ code, message: 'no number', remedy: 'none' });
          },
        }),
      });
      const { record } = await search(tuned(wild), 'wild', failing('CHROMARAY_TRAINING_NOT_FINITE'));
      for (const { candidates, chosen } of record.arms) {
        expect(chosen).toBe(1);
        expect(candidates.find(({ candidate }) => candidate === 2)).toMatchObject({ state: 'failed', auroc: null });
      }
      const memory = search(tuned(wild), 'memory', failing('CHROMARAY_TRAINING_MEMORY'));
      await expect(memory).rejects.toMatchObject({ code: 'CHROMARAY_TRAINING_MEMORY' });
    },
    patience,
  );
});

describe('a study with a search', () => {
  it(
    'trains every arm with what was chosen for it, and says so in report, status and model cards',
    async () => {
      const own = watched();
      const tune = '{ candidates: 2, epochs: 1, space: { training: { learningRate: [0.002, 0.02], batch: [4, 6] } } }';
      const studies = tiny.path('studies');
      const { folder } = await runStudy(tuned(tune), { studies, runner: own.runner });
      const record = readArtefact('tuning', folder.tuning);
      expect(record.finishedTrials).toBe(0);
      for (const { arm, chosen } of record.arms) {
        const { settings } = record.candidates.find(({ candidate }) => candidate === chosen)!;
        expect(own.tasks.find((task) => task.arm === arm && task.until === undefined)!.training).toMatchObject({
          learningRate: settings['training.learningRate'] ?? 0.01,
          batch: settings['training.batch'] ?? 8,
          epochs: 2,
        });
      }
      const registration = readArtefact('registration', folder.registration);
      expect(registration.plan.tune).toEqual(tuned(tune).tune);
      expect(readFileSync(folder.registrationPage, 'utf8')).toContain(
        'Chosen on the validation part before any trial is tested',
      );
      expect(readStudyStatus(folder.root, '.').tuning).toMatchObject({
        state: 'done',
        arms: [{ epochs: 2 }, { epochs: 2 }],
      });
      const report = readFileSync(folder.report, 'utf8');
      expect(report).toContain('id="tuning"');
      expect(report).toContain('The choices were made before any trial was tested');
      const { modelCards } = await exportStudy(folder.root, { studies });
      expect(readFileSync(modelCards[0]!, 'utf8')).toContain('the same for every arm');
      // A record of choices that were made after results says another sentence.
      writeFileSync(
        folder.tuning,
        readFileSync(folder.tuning, 'utf8').replace('"finishedTrials": 0', '"finishedTrials": 2'),
      );
      await rebuildReport(folder.root, '.');
      expect(readFileSync(folder.report, 'utf8')).toContain('2 trials had been tested already: results could be known');
    },
    patience,
  );
});
