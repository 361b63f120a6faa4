import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type PhantomReport, phantomPatients, writePhantomDataset } from '@chromaray/data';
import { decodeImage, encodeJpeg, resize } from '@chromaray/imaging';
import { openStudyReader, readArtefact } from '@chromaray/store';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { inProcessRunner } from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predictImages } from '../predict/predict-images.js';
import { runStudy, type StudyOutcome } from '../run/run-study.js';
import { evaluateStudy } from './evaluate-study.js';

/** Milliseconds; trials are processes of their own, which take long to start on a busy machine. */
const patience = 180_000;
const tiny = new TinyStudy();
const studies = tiny.path('studies');
let outcome: StudyOutcome;
let elsewhere: PhantomReport;

beforeAll(async () => {
  await tiny.writeData();
  elsewhere = await writePhantomDataset(tiny.path('elsewhere'), {
    seed: 'other',
    size: 40,
    patients: phantomPatients(24),
  });
  outcome = await runStudy(tiny.studyFile(), { studies, runner: inProcessRunner });
}, patience);
afterAll(() => tiny.remove());

describe('external evaluation', () => {
  it('gives every arm results with intervals, each from what `predict` says of a picture', async () => {
    const options = { studies, dataset: { path: tiny.path('elsewhere') } };
    const evaluation = await evaluateStudy('tiny', options);
    expect(evaluation.timesEvaluated).toBe(1);
    expect(evaluation.dataset.counts.records).toBe(elsewhere.records.length);
    expect(evaluation.arms.map(({ arm, seeds }) => [arm, seeds])).toEqual([
      ['gray', [1, 2]],
      ['turbo', [1, 2]],
    ]);
    for (const { auroc } of evaluation.arms) {
      expect(auroc.interval![0]).toBeLessThanOrEqual(auroc.mean);
      expect(auroc.interval![1]).toBeGreaterThanOrEqual(auroc.mean);
    }
    expect(evaluation.comparisons).toHaveLength(1);
    expect(existsSync(evaluation.file)).toBe(true);

    const store = openStudyReader(outcome.folder);
    const [kept] = store.evaluations();
    const predictions = store.evaluationPredictions(kept!.id);
    store.close();
    expect(predictions).toHaveLength(4 * evaluation.dataset.counts.records);
    const one = predictions.find(({ arm, seed }) => arm === 'turbo' && seed === 2)!;
    const said = await predictImages(outcome.folder.model('turbo', 2), [tiny.path('elsewhere', one.record)]);
    expect(said.predictions[0]!.probability).toBeCloseTo(one.probability, 5);
  });

  it('refuses a second look unless it is asked for, and then counts it', async () => {
    const options = { studies, dataset: { path: tiny.path('elsewhere') } };
    await expect(evaluateStudy('tiny', options)).rejects.toMatchObject({ code: 'CHROMARAY_EVALUATE_AGAIN' });
    const second = await evaluateStudy('tiny', { ...options, again: true });
    expect(second.timesEvaluated).toBe(2);
    expect(second.notes[0]).toMatch(/2 times/);
  });

  it('counts a look at the same pictures as a second one, also with one less, and under other names', async () => {
    cpSync(tiny.path('elsewhere'), tiny.path('less'), { recursive: true });
    rmSync(tiny.path('less', 'phantoms.json'));
    const label = readdirSync(tiny.path('less', 'test'))[0]!;
    const [gone, renamed] = readdirSync(tiny.path('less', 'test', label));
    rmSync(tiny.path('less', 'test', label, gone!));
    renameSync(
      tiny.path('less', 'test', label, renamed!),
      tiny.path(
        'less',
        'test',
        label,
        renamed!.replace(/^\D*\d+/, (start) => start.replace(/\d+/, '990')),
      ),
    );
    const options = { studies, dataset: { path: tiny.path('less') } };
    const shared = elsewhere.records.length - 1;
    await expect(evaluateStudy('tiny', options)).rejects.toMatchObject({
      code: 'CHROMARAY_EVALUATE_AGAIN',
      details: { shared },
    });
    const again = await evaluateStudy('tiny', { ...options, again: true });
    expect(again.timesEvaluated).toBe(3);
  });

  it('says that intervals over two seeds cannot be interpreted', async () => {
    const { notes } = await evaluateStudy('tiny', { studies, dataset: { path: tiny.path('elsewhere') }, again: true });
    expect(notes.join(' ')).toContain(
      'Only 2 seeds for gray and turbo: intervals over seeds rest on one degree of freedom',
    );
  });

  it('refuses a model file that was swapped for another, before anything is predicted', async () => {
    const [mine, other] = [outcome.folder.model('gray', 1), outcome.folder.model('gray', 2)];
    const kept = readFileSync(mine);
    cpSync(other, mine);
    const run = evaluateStudy('tiny', { studies, dataset: { path: tiny.path('elsewhere') }, again: true });
    await expect(run).rejects.toMatchObject({
      code: 'CHROMARAY_FROZEN_MODEL_CHANGED',
      details: { arm: 'gray', seed: 1 },
    });
    rmSync(mine);
    const gone = evaluateStudy('tiny', { studies, dataset: { path: tiny.path('elsewhere') }, again: true });
    await expect(gone).rejects.toMatchObject({ code: 'CHROMARAY_FROZEN_MODEL_MISSING' });
    writeFileSync(mine, kept);
  });

  it('refuses pictures the models have learned from, also under another name', async () => {
    cpSync(tiny.path('elsewhere'), tiny.path('mixed'), { recursive: true });
    rmSync(tiny.path('mixed', 'phantoms.json'));
    const store = openStudyReader(outcome.folder);
    const validation = store.predictions({ part: 'validation' })[0]!;
    store.close();
    const label = path.join('test', validation.label);
    const name = readdirSync(tiny.path('mixed', label))[0]!;
    cpSync(tiny.path('data', validation.record), tiny.path('mixed', label, name));
    await expect(evaluateStudy('tiny', { studies, dataset: { path: tiny.path('mixed') } })).rejects.toMatchObject({
      code: 'CHROMARAY_EVALUATE_OVERLAP',
      details: { shared: [{ record: `test/${validation.label}/${name}`, known: validation.record }] },
    });
  });

  it('refuses pictures the models have learned from when they were saved anew at another size', async () => {
    cpSync(tiny.path('elsewhere'), tiny.path('resaved'), { recursive: true });
    rmSync(tiny.path('resaved', 'phantoms.json'));
    const store = openStudyReader(outcome.folder);
    const validation = store.predictions({ part: 'validation' })[0]!;
    store.close();
    const folder = tiny.path('resaved', 'test', validation.label);
    const image = await decodeImage(tiny.path('data', validation.record));
    writeFileSync(
      path.join(folder, readdirSync(folder)[0]!),
      await encodeJpeg(resize(image, { width: 60, height: 60 })),
    );
    const run = evaluateStudy('tiny', { studies, dataset: { path: tiny.path('resaved') }, again: true });
    await expect(run).rejects.toMatchObject({
      code: 'CHROMARAY_EVALUATE_OVERLAP',
      details: { shared: [{ known: validation.record }] },
    });
  });

  it('lists all of them together, and leaves them out when asked to, which the results say', async () => {
    cpSync(tiny.path('elsewhere'), tiny.path('partly'), { recursive: true });
    rmSync(tiny.path('partly', 'phantoms.json'));
    const store = openStudyReader(outcome.folder);
    const [first, second] = store.predictions({ part: 'validation' });
    store.close();
    const replaced = (['NORMAL', 'PNEUMONIA'] as const).map(
      (label) => `test/${label}/${readdirSync(tiny.path('partly', 'test', label))[0]!}`,
    );
    cpSync(tiny.path('data', first!.record), tiny.path('partly', replaced[0]!));
    const image = await decodeImage(tiny.path('data', second!.record));
    writeFileSync(tiny.path('partly', replaced[1]!), await encodeJpeg(resize(image, { width: 60, height: 60 })));
    const dataset = { path: tiny.path('partly'), patient: 'none' } as const;
    const known = [first!.record, second!.record];
    await expect(evaluateStudy('tiny', { studies, dataset, again: true })).rejects.toMatchObject({
      code: 'CHROMARAY_EVALUATE_OVERLAP',
      details: { shared: replaced.map((record, i) => ({ record, known: known[i] })) },
    });

    const result = await evaluateStudy('tiny', { studies, dataset, again: true, leaveOutOverlaps: true });
    expect(result.leftOut).toEqual([
      { record: replaced[0], known: known[0], why: 'same-picture' },
      { record: replaced[1], known: known[1], why: 'altered-copy' },
    ]);
    expect(result.notes.join(' ')).toContain(
      '2 pictures were left out because the models have learned from them or their patients: 1 identical picture and 1 altered copy.',
    );
    const whole = await evaluateStudy('tiny', {
      studies,
      dataset: { path: tiny.path('elsewhere'), patient: 'none' },
      again: true,
      leaveOutOverlaps: true,
    });
    expect(whole.leftOut).toEqual([]);
    expect(whole.notes.join(' ')).not.toContain('left out because');
    expect(result.dataset.counts.records).toBe(whole.dataset.counts.records - 2);
    expect(readArtefact('evaluation', result.file).leftOut).toEqual(result.leftOut);
  });
});
