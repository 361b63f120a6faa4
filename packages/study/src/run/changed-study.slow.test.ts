import { existsSync, readFileSync } from 'node:fs';
import type { StudyHappening } from '@chromaray/contracts';
import { readArtefact, studyFolder } from '@chromaray/store';
import { type CsvRow, readCsv } from '@chromaray/testing/read-csv';
import { type TinyChoices, TinyStudy } from '@chromaray/testing/tiny-study';
import { inProcessRunner } from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunStudyOptions, runStudy } from './run-study.js';

/** Milliseconds; trials are processes of their own, which take long to start on a busy machine. */
const patience = 180_000;
const tiny = new TinyStudy();
const folder = studyFolder(tiny.path('studies'), 'tiny');
const oneSeed = { seeds: '[1]', epochs: 1 };
let first: string;

beforeAll(async () => {
  await tiny.writeData();
  await run(oneSeed);
  first = readFileSync(folder.predictions, 'utf8');
}, patience);
afterAll(() => tiny.remove());

/** Runs the study and says which trials were trained and which were kept. */
async function run(choices: TinyChoices, options: Partial<RunStudyOptions> = {}) {
  const events: StudyHappening[] = [];
  await runStudy(tiny.studyFile(choices), {
    studies: tiny.path('studies'),
    runner: inProcessRunner,
    amend: 'a test',
    onEvent: (event) => events.push(event),
    ...options,
  });
  const trials = (kind: 'trial-finished' | 'trial-kept'): readonly string[] =>
    events.flatMap((event) => (event.kind === kind ? [`${event.arm}-${event.seed}`] : []));
  return { trained: [...trials('trial-finished')].sort(), kept: trials('trial-kept') };
}

const rowsOf = (seed: string): readonly CsvRow[] =>
  readCsv(folder.predictions).rows.filter((row) => row.seed === seed && row.arm !== 'gray3');

describe('a study that is run again', { timeout: patience }, () => {
  it('gives the same predictions, bit for bit, in another folder and from other processes', async () => {
    const elsewhere = tiny.path('elsewhere');
    await run(oneSeed, { studies: elsewhere });
    expect(readFileSync(studyFolder(elsewhere, 'tiny').predictions, 'utf8')).toBe(first);
  });

  it('trains nothing when nothing changed, and remembers when it was finished', async () => {
    const finished = readArtefact('run', folder.runRecord).finished;
    expect(await run(oneSeed)).toEqual({ trained: [], kept: ['gray-1', 'turbo-1'] });
    expect(readFileSync(folder.predictions, 'utf8')).toBe(first);
    expect(readArtefact('run', folder.runRecord).finished).toBe(finished);
  });

  it('refuses to forget finished trials for another study file, and leaves the folder as it was', async () => {
    const files = [folder.studyFile, folder.audit, folder.manifest, folder.runRecord, folder.verdict];
    const before = files.map((file) => readFileSync(file, 'utf8'));
    for (const choices of [{ learningRate: 0.02 }, { positive: 'NORMAL' }, { seeds: '[2]' }]) {
      await expect(run({ ...oneSeed, ...choices })).rejects.toMatchObject({
        code: 'CHROMARAY_STUDY_CHANGED',
        remedy: expect.stringContaining('--retrain'),
        details: { trials: ['gray-1', 'turbo-1'] },
      });
    }
    const other = '[{ name: gray, control: true, colour: none }, { name: turbo, colour: { map: bone } }]';
    await expect(run({ ...oneSeed, arms: other })).rejects.toMatchObject({ details: { trials: ['turbo-1'] } });
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before);
    expect(readFileSync(folder.predictions, 'utf8')).toBe(first);
  });

  it('keeps what is finished when an arm and a seed are added', async () => {
    const arms =
      '[{ name: gray, control: true, colour: none }, { name: turbo, colour: { map: turbo } }, { name: gray3, colour: repeat }]';
    expect(await run({ ...oneSeed, arms, seeds: '[1, 2]' })).toEqual({
      trained: ['gray-2', 'gray3-1', 'gray3-2', 'turbo-2'],
      kept: ['gray-1', 'turbo-1'],
    });
    const original = first.trimEnd().split('\n').slice(1);
    expect(rowsOf('1').map((row) => Object.values(row).join())).toEqual(original);
  });

  it('trains again what changed and only that, and clears what is left of trials that are no more', async () => {
    const bone = '[{ name: gray, control: true, colour: none }, { name: turbo, colour: { map: bone } }]';
    expect(await run({ ...oneSeed, arms: bone }, { retrain: true })).toEqual({
      trained: ['turbo-1'],
      kept: ['gray-1'],
    });
    expect(['gray-1', 'turbo-1', 'turbo-2', 'gray3-1'].map((trial) => existsSync(modelOf(trial)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const arms = new Set(readCsv(folder.predictions).rows.map(({ arm, seed }) => `${arm}-${seed}`));
    expect([...arms]).toEqual(['gray-1', 'turbo-1']);
  });
});

function modelOf(trial: string): string {
  const [arm, seed] = trial.split('-') as [string, string];
  return folder.model(arm, Number(seed));
}
