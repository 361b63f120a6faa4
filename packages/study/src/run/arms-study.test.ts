import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadModel, readMetadata } from '@chromaray/engine';
import { readArtefact } from '@chromaray/store';
import { readCsv } from '@chromaray/testing/read-csv';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { inProcessRunner } from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainRecord, seenByArm } from '../explain/explain-record.js';
import { predictImages } from '../predict/predict-images.js';
import { runStudy, type StudyOutcome } from './run-study.js';

/** Milliseconds; generous for a busy machine. */
const patience = 180_000;
const tiny = new TinyStudy();
let outcome: StudyOutcome;

const arms = `[
  { name: plain, control: true },
  { name: small, image: { size: 24, crop: { left: 0.1, top: 0.2 }, invert: true, clahe: { clip: 3, tiles: 4 } } },
  { name: framed, colour: { map: turbo }, image: { fit: letterbox, bits: 3, jpeg: 40, blur: 0.8 } },
  { name: views, colour: { channels: information }, image: { crop: { right: 0.3 }, blur: 1 } },
  { name: noisy, labels: { flip: 0.25 } },
  { name: unweighted, balance: { method: none } },
  { name: longer, training: { epochs: 2, batch: 4 } }]`;
const ownPictures = ['small', 'framed', 'views'];

beforeAll(async () => {
  await tiny.writeData();
  outcome = await runStudy(tiny.studyFile({ arms, seeds: '[1]', epochs: 1 }), {
    studies: tiny.path('studies'),
    runner: inProcessRunner,
  });
}, patience);
afterAll(() => tiny.remove());

describe('a study whose arms override sections', () => {
  it('trains each arm as it says', () => {
    expect(outcome.verdict.arms.map(({ arm }) => arm)).toEqual(expect.arrayContaining(['noisy', ...ownPictures]));
    const { testPacks, balance } = readArtefact('run', outcome.folder.runRecord);
    expect(new Set(Object.values(testPacks)).size).toBe(4);
    expect(balance).toMatch(/noisy: The labels of \d+ X-rays of PNEUMONIA and \d+ of NORMAL .* turned on purpose/);
    expect(balance).toMatch(/unweighted: The classes of the training part are left as they are/);
  });

  it.each(ownPictures)('saves models that prepare pictures as the study did: %s', async (arm) => {
    const { rows } = readCsv(outcome.folder.predictions);
    const chosen = rows.filter((row) => row.arm === arm && row.part === 'test').slice(0, 3);
    const files = chosen.map((row) => path.join(tiny.path('data'), row.record!));
    const model = outcome.folder.model(arm, 1);
    const { predictions } = await predictImages(model, files);
    predictions.forEach(({ probability }, i) => {
      expect(probability).toBeCloseTo(Number(chosen[i]!.probability), 5);
    });
    expect(Object.keys(readMetadata(loadModel(model))!.operations!).length).toBeGreaterThan(0);
    expect(readMetadata(loadModel(outcome.folder.model('plain', 1)))).not.toHaveProperty('operations');
    // Grad-CAM reads the arm's own pixels, and speaks of the probability that the study stored.
    const { record } = chosen[0]!;
    const { probability } = await explainRecord(outcome.folder, { arm, seed: 1, record: record! });
    expect(probability).toBeCloseTo(Number(chosen[0]!.probability), 5);
    expect(seenByArm(outcome.folder, arm, record!).width).toBe(arm === 'small' ? 24 : 32);
  });

  it('leaves labels of the test part as they are', () => {
    const { rows } = readCsv(outcome.folder.predictions);
    const labels = (arm: string) =>
      rows.filter((row) => row.arm === arm).map((row) => `${row.part} ${row.record} ${row.label}`);
    expect(labels('noisy')).toEqual(labels('plain'));
  });

  it('says in report and verdict what differs, and where the difference has two possible causes', () => {
    expect(outcome.verdict.statement).toContain(
      'framed differs from plain in the picture and colour: the difference has two possible causes.',
    );
    expect(outcome.verdict.statement).not.toContain('small differs from plain');
    const report = readFileSync(outcome.folder.report, 'utf8');
    expect(report).toContain('In what the arms differ');
    expect(report).toContain('image.clahe.clip');
    expect(report).toContain('More than one possible cause: framed and views');
    expect(report).toContain('24 x 24 pixels');
  });
});
