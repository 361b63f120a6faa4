import { readFileSync } from 'node:fs';
import { phantomPatients, writePhantomDataset } from '@chromaray/data';
import { loadModel, readMetadata } from '@chromaray/engine';
import { openStudyReader, readArtefact } from '@chromaray/store';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { inProcessRunner } from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { evaluateStudy } from '../evaluate/evaluate-study.js';
import { exportStudy } from '../export/export-study.js';
import { parseStudyFile } from '../study-file/parse.js';
import { runStudy, type StudyOutcome } from './run-study.js';

const patience = 600_000;
const names = ['NORMAL', 'BACTERIA', 'VIRUS'];
const tiny = new TinyStudy();
const studies = tiny.path('studies');
let outcome: StudyOutcome;

const text = `name: three
dataset: { path: data, classes: [NORMAL, BACTERIA, VIRUS], classRule: kermany }
split: { method: patient, fractions: { train: 0.5, validation: 0.2, test: 0.3 }, seed: 1 }
image: { size: 32 }
arms: [{ name: gray, control: true, colour: none }, { name: turbo, colour: { map: turbo } }]
model: { preset: small }
training: { learningRate: 0.01, batch: 8, epochs: 1 }
tune: { candidates: 2, epochs: 1, space: { training: { learningRate: { log: [0.001, 0.02] } } } }
seeds: [1, 2]
endpoint: { margin: 0.05 }
`;

beforeAll(async () => {
  await writePhantomDataset(tiny.path('data'), { seed: 'three', size: 48, patients: phantomPatients(90) });
  await writePhantomDataset(tiny.path('elsewhere'), { seed: 'other', size: 40, patients: phantomPatients(60) });
  outcome = await runStudy(parseStudyFile(text, tiny.path('study.yaml')), { studies, runner: inProcessRunner });
}, patience);
afterAll(() => tiny.remove());

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The value of a measure in a model card, of the model itself. */
function inCard(card: string, measure: string): number {
  const row = card.split('\n').find((line) => line.startsWith(`| ${measure} |`));
  return Number(row?.split('|')[2]);
}

describe('a study of three classes', { timeout: patience }, () => {
  it('searches by the mean AUROC of the classes on validation, in all arms alike', () => {
    const { arms } = readArtefact('tuning', outcome.folder.tuning);
    expect(arms.map(({ candidates }) => candidates.length)).toEqual([2, 2]);
    for (const { chosen, candidates } of arms) {
      const best = Math.max(...candidates.map(({ auroc }) => auroc!));
      expect(candidates.find(({ candidate }) => candidate === chosen)!.auroc).toBe(best);
    }
  });

  it('has model cards that tell of three probabilities and of each class, not of two sides', async () => {
    const { modelCards, mlruns } = await exportStudy('three', { studies });
    expect(mlruns).toContain('mlruns');
    const file = modelCards.find((one) => one.endsWith('turbo-2.md'))!;
    const card = readFileSync(file, 'utf8');
    expect(card).toContain('that gives the probabilities of NORMAL, BACTERIA and VIRUS from a chest X-ray');
    expect(card).toContain('[n, 3] out, the probabilities of NORMAL, BACTERIA and VIRUS in this order');
    expect(readMetadata(loadModel(outcome.folder.model('turbo', 2)))!.classes).toEqual(names);
    const arm = outcome.verdict.arms.find((one) => one.arm === 'turbo')!;
    const place = arm.seeds.indexOf(2);
    expect(inCard(card, 'accuracy')).toBeCloseTo(arm.classes!.accuracy.perSeed[place]!, 3);
    for (const { class: name, auroc, sensitivity } of arm.classes!.perClass) {
      expect(inCard(card, `AUROC of ${name} against the rest`)).toBeCloseTo(auroc.perSeed[place]!, 3);
      expect(inCard(card, `sensitivity for ${name}`)).toBeCloseTo(sensitivity.perSeed[place]!, 3);
    }
    for (const key of ['auroc', 'specificity', 'f1']) expect(card).not.toContain(`\n| ${key} |`);
    const { metrics } = parse(card.split('---')[1]!)['model-index'][0].results[0];
    expect(metrics.map(({ type }: { type: string }) => type)).toEqual(['roc_auc', 'accuracy']);
    expect(metrics[0].value).toBeCloseTo(arm.endpoint!.perSeed[place]!, 10);
  });

  it('evaluates its frozen networks elsewhere by the same classes', async () => {
    const evaluation = await evaluateStudy('three', { studies, dataset: { path: tiny.path('elsewhere') } });
    const { classes, records } = evaluation.dataset.counts;
    expect(Object.keys(classes!)).toEqual(names);
    expect(Object.values(classes!).reduce((sum, size) => sum + size, 0)).toBe(records);
    const store = openStudyReader(outcome.folder);
    const predictions = store.evaluationPredictions(store.evaluations()[0]!.id);
    store.close();
    for (const { arm, seeds, classes: found } of evaluation.arms) {
      const right = seeds.map((seed) =>
        mean(
          predictions
            .filter((one) => one.arm === arm && one.seed === seed)
            .map(({ label, probabilities }) => {
              const [called] = Object.entries(probabilities!).sort(([, a], [, b]) => b - a)[0]!;
              return Number(called === label);
            }),
        ),
      );
      expect(found!.accuracy.perSeed).toEqual(right.map((share) => expect.closeTo(share, 10)));
      expect(found!.perClass.map((one) => one.class)).toEqual(names);
    }
    expect(evaluation.comparisons).toHaveLength(1);
  });
});
