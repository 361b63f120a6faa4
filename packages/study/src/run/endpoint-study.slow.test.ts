import { readFileSync } from 'node:fs';
import path from 'node:path';
import { endpointName, type StudyFile } from '@chromaray/contracts';
import { writePhantomDataset } from '@chromaray/data';
import { readArtefact } from '@chromaray/store';
import { readCsv } from '@chromaray/testing/read-csv';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { inProcessRunner } from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuildReport } from './find-study.js';
import { runStudy } from './run-study.js';

const patience = 240_000;
const tiny = new TinyStudy();
const split = '{ method: patient, fractions: { train: 0.4, validation: 0.3, test: 0.3 }, seed: 1 }';

beforeAll(async () => {
  const both = (patients: number) => ({ NORMAL: patients, PNEUMONIA: patients });
  await writePhantomDataset(tiny.path('data'), {
    ...{ seed: 'endpoints', size: 48, imagesPerPatient: [1, 2] },
    patients: { train: both(24), val: both(8), test: both(12) },
  });
}, patience);
afterAll(() => tiny.remove());

const studyWith = (endpoint: Partial<StudyFile['endpoint']>): StudyFile => {
  const study = tiny.studyFile({ split, epochs: 1 });
  return { ...study, name: `about-${endpoint.metric}`, endpoint: { ...study.endpoint, ...endpoint } };
};
const run = (study: StudyFile) => runStudy(study, { studies: tiny.path('studies'), runner: inProcessRunner });

interface Row {
  readonly arm: string;
  readonly seed: string;
  readonly part: string;
  readonly sick: boolean;
  readonly probability: number;
}

function rowsOf(file: string): readonly Row[] {
  return readCsv(file).rows.map(({ arm, seed, part, label, probability }) => ({
    ...{ arm: arm!, seed: seed!, part: part!, sick: label === 'PNEUMONIA', probability: Number(probability) },
  }));
}

describe('a study about another endpoint than the AUROC', () => {
  it(
    'concludes about the Brier score, lower being better, as its predictions prove',
    async () => {
      const study = studyWith({ metric: 'brier', margin: 0.02 });
      const { folder, verdict } = await run(study);
      const rows = rowsOf(folder.predictions).filter(({ part }) => part === 'test');
      const brier = (arm: string): number => {
        const own = rows.filter((row) => row.arm === arm);
        return own.reduce((sum, { probability, sick }) => sum + (probability - Number(sick)) ** 2, 0) / own.length;
      };
      const [comparison] = verdict.comparisons;
      expect(comparison!.difference).toBeCloseTo(brier('turbo') - brier('gray'), 10);
      expect(comparison!.statement).toMatch(/in Brier score \(lower is better; interval/);
      expect(verdict.planned!.smallestDetectable).toBeGreaterThan(0);
      expect(readArtefact('registration', folder.registration).plan.question).toContain('change the Brier score for');
      const page = readFileSync(folder.report, 'utf8');
      expect(page).toContain('measured by Brier score');
      expect(readFileSync(path.join(folder.root, 'methods.md'), 'utf8')).toContain('(lower is better)');
      await rebuildReport(folder.root, '.');
      expect(readArtefact('verdict', folder.verdict).comparisons).toEqual(verdict.comparisons);
    },
    patience,
  );

  it(
    'takes the threshold of a sensitivity from validation alone',
    async () => {
      const { folder, verdict } = await run(studyWith({ metric: 'sensitivity', at: 0.8 }));
      const rows = rowsOf(folder.predictions);
      const of = (arm: string, seed: string, part: string, sick: boolean) =>
        rows.filter((row) => row.arm === arm && row.seed === seed && row.part === part && row.sick === sick);
      const sensitivity = (arm: string, seed: string): number => {
        const well = of(arm, seed, 'validation', false).map(({ probability }) => probability);
        const scores = rows
          .filter((row) => row.arm === arm && row.seed === seed && row.part === 'validation')
          .map(({ probability }) => probability);
        const clears = (from: number) => well.filter((score) => score < from).length >= 0.8 * well.length - 1e-9;
        const lowest = Math.min(...scores.filter(clears));
        const below = Math.max(...scores.filter((score) => score < lowest));
        const threshold = below + (lowest - below) / 2;
        const found = of(arm, seed, 'test', true);
        return found.filter(({ probability }) => probability >= threshold).length / found.length;
      };
      for (const { arm, endpoint } of verdict.arms) {
        expect(endpoint!.perSeed).toEqual(['1', '2'].map((seed) => expect.closeTo(sensitivity(arm, seed), 10)));
      }
      expect(verdict.comparisons[0]!.statement).toContain(endpointName({ metric: 'sensitivity', at: 0.8 }));
    },
    patience,
  );
});
