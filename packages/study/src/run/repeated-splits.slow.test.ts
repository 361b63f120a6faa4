import { readFileSync, rmSync } from 'node:fs';
import { readArtefact } from '@chromaray/store';
import { readCsv } from '@chromaray/testing/read-csv';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { inProcessRunner } from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuildReport } from './find-study.js';
import { runStudy, type StudyOutcome } from './run-study.js';

const patience = 180_000;
const split = (seed: number, repeats?: number) =>
  `{ method: patient, fractions: { train: 0.5, validation: 0.2, test: 0.3 }, seed: ${seed}${repeats === undefined ? '' : `, repeats: ${repeats}`} }`;
const tiny = new TinyStudy();
const run = (seed: number, repeats?: number) =>
  runStudy(tiny.studyFile({ split: split(seed, repeats), epochs: 1 }), {
    studies: tiny.path(`studies-${seed}`),
    runner: inProcessRunner,
  });
let outcome: StudyOutcome;

beforeAll(async () => {
  await tiny.writeData();
  outcome = await run(1, 3);
}, patience);
afterAll(() => tiny.remove());

describe('further splits of a study', () => {
  it(
    'are trained as the study with the next seed would be, each with parts of its own by patient',
    async () => {
      const second = outcome.folder.split(2);
      const alone = await run(2);
      expect(readFileSync(second.predictions, 'utf8')).toBe(readFileSync(alone.folder.predictions, 'utf8'));
      const parts = [outcome.folder, second, outcome.folder.split(3)].map((folder) => {
        const { records } = readArtefact('manifest', folder.manifest);
        const patients = new Map<string, Set<string>>();
        for (const { patient, part } of records)
          patients.set(patient!, (patients.get(patient!) ?? new Set()).add(part));
        expect([...patients.values()].every((ofPatient) => ofPatient.size === 1)).toBe(true);
        return records.map(({ part }) => part).join();
      });
      expect(new Set(parts).size).toBe(3);
    },
    patience,
  );

  it('give each comparison a second answer, in the verdict and in the report, that its predictions prove', () => {
    const [comparison] = readArtefact('verdict', outcome.folder.verdict).comparisons;
    const { asked, differences, statement } = comparison!.acrossSplits!;
    expect([asked, differences.length]).toEqual([3, 3]);
    expect(differences[0]).toBeCloseTo(comparison!.difference, 12);
    expect(differences[1]).toBeCloseTo(difference(outcome.folder.split(2).predictions), 12);
    const page = readFileSync(outcome.folder.report, 'utf8');
    expect(page).toContain('table-splits');
    expect(page).toContain(statement);
    expect(readArtefact('registration', outcome.folder.registration).plan.split.repeats).toBe(3);
  });

  it(
    'that are not finished are counted as missing, and the next run trains them alone',
    async () => {
      const third = outcome.folder.split(3);
      const before = readFileSync(third.predictions, 'utf8');
      rmSync(third.root, { recursive: true });
      await rebuildReport(outcome.folder.root, '.');
      const partial = readArtefact('verdict', outcome.folder.verdict).comparisons[0]!.acrossSplits!;
      expect(partial.differences).toHaveLength(2);
      expect(partial.statement).toContain('2 of 3 splits are finished');
      const again = await run(1, 3);
      expect(readFileSync(third.predictions, 'utf8')).toBe(before);
      expect(again.verdict.comparisons).toEqual(outcome.verdict.comparisons);
    },
    patience,
  );
});

/** Turbo less gray, mean over seeds, from a file of predictions: the share of pairs that are ranked right. */
function difference(file: string): number {
  const rows = readCsv(file).rows.filter(({ part }) => part === 'test');
  const auroc = (arm: string, seed: string): number => {
    const of = (label: string) =>
      rows.filter((row) => row.arm === arm && row.seed === seed && row.label === label).map((row) => +row.probability!);
    const [sick, well] = [of('PNEUMONIA'), of('NORMAL')];
    const won = sick.flatMap((s) => well.map((w) => (s > w ? 1 : s === w ? 0.5 : 0)));
    return won.reduce((sum: number, x) => sum + x, 0) / won.length;
  };
  const mean = (arm: string) => (auroc(arm, '1') + auroc(arm, '2')) / 2;
  return mean('turbo') - mean('gray');
}
