import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type StudyExplanation, verdictWords } from '@chromaray/contracts';
import { openStudyReader, readArtefact } from '@chromaray/store';
import { type CsvRow, readCsv } from '@chromaray/testing/read-csv';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { inProcessRunner } from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predictImages } from '../predict/predict-images.js';
import { readStudyFile } from '../study-file/read.js';
import { rebuildReport } from './find-study.js';
import { runStudy, type StudyOutcome } from './run-study.js';

/** Milliseconds; trials are processes of their own, which take long to start on a busy machine. */
const patience = 180_000;
const tiny = new TinyStudy();
let outcome: StudyOutcome;
let rows: readonly CsvRow[];

beforeAll(async () => {
  await tiny.writeData();
  outcome = await runStudy(tiny.studyFile(), { studies: tiny.path('studies'), runner: inProcessRunner });
  rows = readCsv(outcome.folder.predictions).rows;
}, patience);
afterAll(() => tiny.remove());

const ofTrial = (arm: string, seed: number, part: string): readonly CsvRow[] =>
  rows.filter((row) => row.arm === arm && row.seed === String(seed) && row.part === part);

describe('a finished study', () => {
  it('leaves the files that are promised, and no checkpoints', () => {
    // SQLite keeps its log beside the store for as long as this process has it in memory.
    const files = readdirSync(outcome.folder.root).filter((name) => !/^study\.db-(wal|shm)$/.test(name));
    expect(files.sort()).toEqual([
      '.lock',
      'audit.html',
      'audit.json',
      'behaviour.json',
      'checklists.csv',
      'checklists.html',
      'checklists.md',
      'explanation',
      'explanation.json',
      'figures',
      'manifest.json',
      'methods.md',
      'models',
      'predictions.csv',
      'registration.html',
      'registration.json',
      'report.html',
      'report.json',
      'run.json',
      'study.db',
      'study.yaml',
      'summary.html',
      'tables',
      'verdict.json',
    ]);
    expect(readdirSync(outcome.folder.model('', 0).replace(/[^/\\]*$/, '')).sort()).toEqual([
      'gray-1.onnx',
      'gray-2.onnx',
      'turbo-1.onnx',
      'turbo-2.onnx',
    ]);
  });

  it(
    'says where each arm looks, checks that its maps depend on its weights, and shows its surest answers',
    async () => {
      const { folder } = outcome;
      const explanation = JSON.parse(readFileSync(folder.explanation, 'utf8')) as StudyExplanation;
      expect(explanation.missing).toEqual([]);
      expect(explanation.arms.map(({ arm, seed }) => [arm, seed])).toEqual([
        ['gray', 1],
        ['turbo', 1],
      ]);
      const tested = new Set(rows.filter(({ part }) => part === 'test').map(({ record }) => record));
      expect(explanation.sample.every((record) => tested.has(record))).toBe(true);
      for (const { arm, energy, randomisation, cases } of explanation.arms) {
        expect(energy.n).toBe(explanation.sample.length);
        expect(randomisation.stages.at(-1)).toMatchObject({ layers: 7, of: 7, lowest: 'stem' });
        for (const { record, probability, picture } of cases) {
          const row = ofTrial(arm, 1, 'test').find((one) => one.record === record)!;
          expect(probability).toBe(Number(row.probability));
          expect(existsSync(path.join(folder.root, picture))).toBe(true);
        }
      }
      const page = readFileSync(folder.report, 'utf8');
      expect(page).toContain('id="looking"');
      expect(page).toContain('id="maps"');
      // The same models are not explained twice; other masks are another question.
      const before = statSync(folder.explanation).mtimeMs;
      await rebuildReport(folder.root, '.');
      expect(statSync(folder.explanation).mtimeMs).toBe(before);
      await rebuildReport(folder.root, '.', { masks: tiny.path('data') });
      const masked = JSON.parse(readFileSync(folder.explanation, 'utf8')) as StudyExplanation;
      expect(masked.arms[0]!.energy.lungs!.n).toBeGreaterThan(0);
      expect({ ...masked.arms[0], energy: { ...masked.arms[0]!.energy, lungs: null } }).toMatchObject({
        energy: explanation.arms[0]!.energy,
        randomisation: explanation.arms[0]!.randomisation,
      });
    },
    patience,
  );

  it('measures shortcuts on the X-rays that the networks are tested on', () => {
    const behaviour = JSON.parse(readFileSync(outcome.folder.behaviour, 'utf8'));
    const tested = ofTrial('gray', 1, 'test').length;
    const { records } = readArtefact('manifest', outcome.folder.manifest);
    const trained = records.filter(({ part }) => part === 'train').length;
    expect(behaviour.shortcuts.map(({ view }: { view: string }) => view)).toEqual(['metadata', 'border', 'thumbnail']);
    for (const shortcut of behaviour.shortcuts) expect(shortcut).toMatchObject({ tested, trained });
    expect(readFileSync(outcome.folder.report, 'utf8')).toContain('tested on the same test X-rays');
  });

  it('keeps the study file as run, which reads back as the same study', () => {
    expect(readStudyFile(outcome.folder.studyFile)).toEqual(tiny.studyFile());
  });

  it('divides the records by patient', () => {
    const { records } = readArtefact('manifest', outcome.folder.manifest);
    const parts = new Map<string, Set<string>>();
    for (const { patient, part } of records) parts.set(patient!, (parts.get(patient!) ?? new Set()).add(part));
    expect(parts.size).toBe(32);
    expect([...parts.values()].every((ofPatient) => ofPatient.size === 1)).toBe(true);
  });

  it('predicts every validation and test record once a trial, and no training record', () => {
    const { records } = readArtefact('manifest', outcome.folder.manifest);
    expect(readCsv(outcome.folder.predictions).columns).toEqual([
      'arm',
      'seed',
      'part',
      'record',
      'patient',
      'label',
      'probability',
    ]);
    const expected = records
      .filter(({ part }) => part !== 'train')
      .map(({ id, part, patient, label }) => [part, id, patient, label].join());
    for (const arm of ['gray', 'turbo']) {
      for (const seed of ['1', '2']) {
        const found = rows.filter((row) => row.arm === arm && row.seed === seed);
        expect(found.map(({ part, record, patient, label }) => [part, record, patient, label].join()).sort()).toEqual(
          [...expected].sort(),
        );
      }
    }
    expect(rows.every(({ probability }) => Number(probability) >= 0 && Number(probability) <= 1)).toBe(true);
  });

  it('draws its figures from predictions.csv: AUROC and accuracy follow from it alone', () => {
    const verdict = JSON.parse(readFileSync(outcome.folder.verdict, 'utf8'));
    for (const arm of verdict.arms) {
      arm.seeds.forEach((seed: number, i: number) => {
        const test = ofTrial(arm.arm, seed, 'test');
        expect(arm.auroc.perSeed[i]).toBeCloseTo(pairsInOrder(test), 12);
        const threshold = bestYouden(ofTrial(arm.arm, seed, 'validation'));
        const right = test.filter(({ label, probability }) => Number(probability) >= threshold === isPositive(label!));
        expect(arm.accuracy.perSeed[i]).toBeCloseTo(right.length / test.length, 12);
      });
      expect(arm.auroc.mean).toBeCloseTo((arm.auroc.perSeed[0] + arm.auroc.perSeed[1]) / 2, 12);
    }
    const [gray, turbo] = verdict.arms;
    expect(verdict.comparisons[0].difference).toBeCloseTo(turbo.auroc.mean - gray.auroc.mean, 12);
  });

  it('writes the verdict in its promised shape', () => {
    const { folder, verdict } = outcome;
    const written = JSON.parse(readFileSync(folder.verdict, 'utf8'));
    expect(written).toEqual({ format: 1, ...JSON.parse(JSON.stringify(verdict)) });
    const summary = {
      mean: expect.any(Number),
      sd: expect.any(Number),
      perSeed: [expect.any(Number), expect.any(Number)],
      interval: [expect.any(Number), expect.any(Number)],
    };
    expect(written).toMatchObject({
      study: 'tiny',
      verdict: expect.stringMatching(new RegExp(`^(${verdictWords.join('|')})$`)),
      statement: expect.stringMatching(/\.$/),
      endpoint: { metric: 'auroc', part: 'test', margin: 0.05, alpha: 0.05, correction: 'holm' },
      arms: [
        { arm: 'gray', control: true, seeds: [1, 2], auroc: summary, accuracy: summary },
        { arm: 'turbo', control: false, seeds: [1, 2], auroc: summary, accuracy: summary },
      ],
      comparisons: [{ arm: 'turbo', control: 'gray', p: expect.any(Number), pCorrected: expect.any(Number) }],
      counts: countRecords(readArtefact('manifest', folder.manifest).records),
      risksAccepted: [],
      unfinished: [],
      versions: { node: process.versions.node },
      seconds: expect.any(Number),
    });
  });

  it('predicts from a saved model what stands in predictions.csv', async () => {
    for (const arm of ['gray', 'turbo']) {
      const test = ofTrial(arm, 2, 'test');
      const images = test.map(({ record }) => tiny.path('data', record!));
      const result = await predictImages(outcome.folder.model(arm, 2), images);
      expect(result.positive).toBe('PNEUMONIA');
      expect(result.threshold).toBeCloseTo(bestYouden(ofTrial(arm, 2, 'validation')), 6);
      result.predictions.forEach(({ probability }, i) => {
        expect(Math.abs(probability! - Number(test[i]!.probability))).toBeLessThan(1e-5);
      });
    }
  });

  it('has a report that loads nothing from elsewhere', () => {
    const report = readFileSync(outcome.folder.report, 'utf8');
    const loads = [...report.matchAll(/\ssrc\s*=\s*["']([^"']*)|url\(\s*["']?([^"')]*)|@import\s*["']([^"']*)/g)];
    const loaded = loads.map(([, ...found]) => found.find((text) => text !== undefined)!);
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.filter((address) => !/^(data:|#)/.test(address))).toEqual([]);
    expect(report).not.toMatch(/<script(?!>)|<link|<iframe/i);
    expect(report.match(/<script>/g)).toHaveLength(1);
    expect(report).toContain(outcome.verdict.statement.slice(0, 30));
  });

  it('stores every epoch of every trial', () => {
    const store = openStudyReader(outcome.folder);
    try {
      expect(store.trials().map(({ status }) => status)).toEqual(Array(4).fill('done'));
      for (const trial of store.trials()) expect(store.epochs(trial).map(({ epoch }) => epoch)).toEqual([1, 2]);
    } finally {
      store.close();
    }
  });

  it('comes to the same verdict again from what is stored', async () => {
    const { folder } = outcome;
    const before = [folder.predictions, folder.verdict].map((file) => readFileSync(file, 'utf8'));
    const { verdict } = await rebuildReport('tiny', tiny.path('studies'));
    expect(verdict).toEqual(outcome.verdict);
    expect([folder.predictions, folder.verdict].map((file) => readFileSync(file, 'utf8'))).toEqual(before);
    expect(existsSync(folder.report)).toBe(true);
  });
});

function isPositive(label: string): boolean {
  return label === 'PNEUMONIA';
}

/** AUROC from its meaning: the share of pairs of a positive and a negative that are in the right order. */
function pairsInOrder(predictions: readonly CsvRow[]): number {
  const values = (positive: boolean): readonly number[] =>
    predictions.filter(({ label }) => isPositive(label!) === positive).map(({ probability }) => Number(probability));
  let sum = 0;
  for (const sick of values(true)) for (const well of values(false)) sum += sick > well ? 1 : sick === well ? 0.5 : 0;
  return sum / (values(true).length * values(false).length);
}

/** Half way below the lowest probability that gives the largest sensitivity + specificity. */
function bestYouden(predictions: readonly CsvRow[]): number {
  const share = (positive: boolean, threshold: number): number => {
    const ofClass = predictions.filter(({ label }) => isPositive(label!) === positive);
    return ofClass.filter(({ probability }) => Number(probability) >= threshold === positive).length / ofClass.length;
  };
  const candidates = predictions.map(({ probability }) => Number(probability)).sort((a, b) => b - a);
  const youden = (threshold: number): number => share(true, threshold) + share(false, threshold);
  const best = candidates.reduce((least, threshold) =>
    youden(threshold) >= youden(least) - 1e-12 ? threshold : least,
  );
  const next = candidates.find((probability) => probability < best);
  return next === undefined ? best : (best + next) / 2;
}

function countRecords(records: readonly { part: string; patient: string | null }[]) {
  const count = (part: string) => {
    const ofPart = records.filter((record) => record.part === part);
    return { records: ofPart.length, patients: new Set(ofPart.map(({ patient }) => patient)).size };
  };
  return { train: count('train'), validation: count('validation'), test: count('test') };
}
