import { readFileSync, rmSync } from 'node:fs';
import { readArtefact } from '@chromaray/store';
import { readCsv } from '@chromaray/testing/read-csv';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { inProcessRunner } from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportStudy } from '../export/export-study.js';
import { rebuildReport } from './find-study.js';
import { runStudy, type StudyOutcome } from './run-study.js';
import { readStudyStatus } from './study-status.js';

const patience = 240_000;
const split = '{ method: patient, fractions: { train: 0.6, validation: 0.2, test: 0.2 }, seed: 1, folds: 3 }';
const tiny = new TinyStudy();
const run = () =>
  runStudy(tiny.studyFile({ split, epochs: 1 }), { studies: tiny.path('studies'), runner: inProcessRunner });
let outcome: StudyOutcome;

beforeAll(async () => {
  await tiny.writeData();
  outcome = await run();
}, patience);
afterAll(() => tiny.remove());

describe('a study with folds', () => {
  it('tests every record once, and its verdict is of all folds together', () => {
    const { folder, verdict } = outcome;
    const all = [folder, folder.split(2), folder.split(3)];
    const tested = all.flatMap((one) =>
      readCsv(one.predictions).rows.filter(({ part, arm, seed }) => part === 'test' && arm === 'gray' && seed === '1'),
    );
    const { records } = readArtefact('manifest', folder.manifest);
    expect(tested.map(({ record }) => record).sort()).toEqual(records.map(({ id }) => id).sort());
    expect(verdict.folds).toEqual({ asked: 3, finished: 3, sites: null });
    expect(verdict.counts.test.records).toBe(records.length);
    const [comparison] = verdict.comparisons;
    const { differences } = comparison!.acrossSplits!;
    expect(differences).toHaveLength(3);
    expect(comparison!.difference).toBeCloseTo(differences.reduce((sum, one) => sum + one, 0) / 3, 10);
    expect(readArtefact('registration', folder.registration).plan.split.folds).toBe(3);
  });

  it('has behaviour of all folds, each judged by its own networks, and values by fold', () => {
    const { folder, verdict } = outcome;
    const { arms, folds } = readArtefact('behaviour', folder.behaviour);
    expect(arms.map(({ arm }) => arm)).toEqual(['gray', 'turbo']);
    expect(folds!.map(({ fold }) => fold)).toEqual([1, 2, 3]);
    const tested = folds!.reduce((sum, { records }) => sum + records, 0);
    expect(tested).toBe(verdict.counts.test.records);
    const ofArm = folds!.map(({ networks }) => networks.filter(({ arm }) => arm === 'turbo'));
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const auroc = verdict.arms.find(({ arm }) => arm === 'turbo')!.auroc.mean;
    expect(mean(ofArm.map((networks) => mean(networks.map((network) => network.auroc))))).toBeCloseTo(auroc, 10);
  });

  it('has model cards that say which numbers are of all folds, and that the file is one fold’s network', async () => {
    const { modelCards } = await exportStudy('tiny', { studies: tiny.path('studies') });
    const card = readFileSync(modelCards[0]!, 'utf8');
    expect(card).toContain('This file is the network of the first fold');
    expect(card).toContain('| measure | this seed, mean over the folds | arm, mean | interval |');
    expect(card).toContain('On the test parts of 3 folds together');
    expect(card).toMatch(/\d+ to validate in the first fold, \d+ tested in 3 folds together/);
    expect(card).not.toContain('to test.');
  });

  it('says so in its report, and lists the trials of every fold', () => {
    const page = readFileSync(outcome.folder.report, 'utf8');
    expect(page).toContain('Measured on the test parts of 3 folds together');
    expect(page).toContain('Fold by fold');
    for (const id of ['table-folds', 'table-calibration', 'table-thresholds', 'table-agreement'])
      expect(page).toContain(id);
    expect(page).toContain('All folds are pooled: every X-ray is there once');
    expect(page).toContain('Each fold chooses its threshold on its own validation part');
    const { trials } = readStudyStatus('tiny', tiny.path('studies'));
    expect(trials).toHaveLength(12);
    expect(trials.every(({ status }) => status === 'done')).toBe(true);
  });

  it(
    'whose last fold is missing counts the others, and the next run trains that one alone',
    async () => {
      const third = outcome.folder.split(3);
      const before = readFileSync(third.predictions, 'utf8');
      rmSync(third.root, { recursive: true });
      await rebuildReport(outcome.folder.root, '.');
      const partial = readArtefact('verdict', outcome.folder.verdict);
      expect(partial.folds).toEqual({ asked: 3, finished: 2, sites: null });
      expect(partial.statement).toContain('2 of 3 folds are finished.');
      const again = await run();
      expect(readFileSync(third.predictions, 'utf8')).toBe(before);
      expect(again.verdict.comparisons).toEqual(outcome.verdict.comparisons);
    },
    patience,
  );

  it('is refused before training where a fold has too few patients for its endpoint', async () => {
    const study = tiny.studyFile({ split, epochs: 1 });
    const refused = { ...study, name: 'refused', endpoint: { ...study.endpoint, metric: 'auprc' as const } };
    await expect(runStudy(refused, { studies: tiny.path('studies'), runner: inProcessRunner })).rejects.toThrow(
      expect.objectContaining({
        code: 'CHROMARAY_ENDPOINT_TOO_FEW',
        message: expect.stringMatching(/The AUPRC needs 10 patients with \w+ in the test part .* but there are [56]\./),
      }),
    );
  });
});
