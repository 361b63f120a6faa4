import { openStudyReader, readArtefact, studyFolder } from '@chromaray/store';
import { explainRecord, runStudy, seenByArm, testPictures } from '@chromaray/study';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { inProcessRunner } from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readEpochs } from '../studies/epochs.js';
import { summariseStudy } from '../studies/study-state.js';
import { Cases } from './cases.js';
import { readThresholds } from './thresholds.js';

vi.setConfig({ testTimeout: 200_000, hookTimeout: 400_000 });

const tiny = new TinyStudy();
const folder = studyFolder(tiny.path('studies'), 'tiny');
beforeAll(async () => {
  await tiny.writeData();
  const split = '{ method: patient, folds: 3 }';
  await runStudy(tiny.studyFile({ split, epochs: 1 }), { studies: tiny.path('studies'), runner: inProcessRunner });
});
afterAll(() => tiny.remove());

/** Of step and count, one after the other. */
const counted = (pairs: readonly number[]): number => pairs.reduce((sum, one, i) => sum + (i % 2 === 1 ? one : 0), 0);

describe('what pages show of a study with folds', () => {
  it('is every record once, each with the threshold of the network that was tested on it', () => {
    const cases = new Cases().of(folder);
    const { records } = readArtefact('manifest', folder.manifest);
    expect(cases.map(({ record }) => record).sort()).toEqual(records.map(({ id }) => id).sort());
    const { trials } = readThresholds(folder);
    expect(trials.map(({ arm, seed, fold }) => `${arm} ${seed} ${fold}`).sort()).toEqual(
      ['gray', 'turbo'].flatMap((arm) => [1, 2].flatMap((seed) => [1, 2, 3].map((fold) => `${arm} ${seed} ${fold}`))),
    );
    for (const [arm, seed] of [
      ['gray', 1],
      ['turbo', 2],
    ] as const) {
      const own = trials.filter((trial) => trial.arm === arm && trial.seed === seed);
      const of = (which: 'positives' | 'negatives') => own.reduce((sum, trial) => sum + counted(trial[which]), 0);
      expect([of('positives'), of('negatives')]).toEqual([true, false].map((positive) => numberOf(records, positive)));
      const found = own.reduce((sum, { called }) => sum + called.positives, 0);
      const said = cases
        .filter(({ positive }) => positive)
        .flatMap(({ arms }) => arms.find((one) => one.arm === arm)!.ofSeeds);
      expect(said.filter((one) => one.seed === seed && one.right)).toHaveLength(found);
    }
  });

  it('has the picture of every record, and the map of the network that was tested on it', async () => {
    const records = new Cases().of(folder).map(({ record }) => record);
    expect(testPictures(folder, records).filter((one) => one === undefined)).toEqual([]);
    const maps = new Map<string, number>();
    for (const number of [1, 2, 3]) {
      const reader = openStudyReader(number === 1 ? folder : folder.split(number));
      const tested = reader.predictions({ arm: 'turbo', seed: 2, part: 'test' });
      reader.close();
      const { record, probability } = tested[0]!;
      expect(seenByArm(folder, 'turbo', record)).toMatchObject({ width: 32, channels: 3 });
      const map = await explainRecord(folder, { arm: 'turbo', seed: 2, record });
      expect(map.probability).toBeCloseTo(probability, 4);
      maps.set(record, map.probability);
    }
    expect(maps.size).toBe(3);
  });

  it('counts the trials of every fold', () => {
    expect(summariseStudy('tiny', folder)).toMatchObject({
      splits: 'folds',
      trials: { done: 12, running: 0, failed: 0, planned: 12 },
    });
  });

  it('is the course of its first fold, told apart from that of the others', () => {
    const reader = openStudyReader(folder);
    const { events } = reader.events(0);
    reader.close();
    const splits = events.flatMap((event) => (event.kind === 'epoch-done' ? [event.split ?? 1] : []));
    expect([1, 2, 3].map((split) => splits.filter((one) => one === split).length)).toEqual([4, 4, 4]);
    const started = events.find(({ kind }) => kind === 'run-started')!.seq;
    expect(readEpochs(folder, started).epochs).toEqual(
      readEpochs(folder, 0).epochs.map((epoch) => expect.objectContaining({ ...epoch, seconds: expect.any(Number) })),
    );
  });
});

function numberOf(records: readonly { readonly positive: boolean }[], positive: boolean): number {
  return records.filter((one) => one.positive === positive).length;
}
