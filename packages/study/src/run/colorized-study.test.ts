import { readdirSync } from 'node:fs';
import path from 'node:path';
import { addColorizer } from '@chromaray/colour';
import { wellBehaved, writeNetwork } from '@chromaray/testing/networks';
import { readCsv } from '@chromaray/testing/read-csv';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { inProcessRunner } from '@chromaray/trials';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predictImages } from '../predict/predict-images.js';
import { runStudy, type StudyOutcome } from './run-study.js';

/** Milliseconds; trials are processes of their own, which take long to start on a busy machine. */
const patience = 180_000;
const tiny = new TinyStudy();
const home = process.env.CHROMARAY_HOME;
let outcome: StudyOutcome;

const arms = `[
  { name: gray, control: true, colour: none },
  { name: sepia, colour: { colorizer: sepia, renderFactor: 2 } },
  { name: views, colour: { channels: information } },
  { name: smooth, colour: smooth-random },
  { name: learned-gray, colour: { learned: gray } }]`;

beforeAll(async () => {
  process.env.CHROMARAY_HOME = tiny.path('home');
  const file = writeNetwork(tiny.path('sepia.onnx'), wellBehaved('deoldify-raw'));
  await addColorizer(file, { contract: 'deoldify-raw' });
  await tiny.writeData();
  outcome = await runStudy(tiny.studyFile({ arms, seeds: '[1]', epochs: 1 }), {
    studies: tiny.path('studies'),
    runner: inProcessRunner,
  });
}, patience);
afterAll(() => {
  if (home === undefined) delete process.env.CHROMARAY_HOME;
  else process.env.CHROMARAY_HOME = home;
  tiny.remove();
});

describe('a study with colours made before training', () => {
  it('trains every arm', () => {
    expect(outcome.verdict.arms.map(({ arm }) => arm).sort()).toEqual([
      'gray',
      'learned-gray',
      'sepia',
      'smooth',
      'views',
    ]);
    expect(readdirSync(path.join(outcome.folder.root, 'models')).filter((name) => name.endsWith('.onnx'))).toHaveLength(
      5,
    );
  });

  it('saves models that colour pictures as the study did', async () => {
    const { rows } = readCsv(outcome.folder.predictions);
    for (const arm of ['sepia', 'views', 'smooth']) {
      const chosen = rows.filter((row) => row.arm === arm && row.part === 'test').slice(0, 3);
      const files = chosen.map((row) => path.join(tiny.path('data'), row.record!));
      const { predictions } = await predictImages(outcome.folder.model(arm, 1), files);
      predictions.forEach(({ probability }, i) => {
        expect(probability).toBeCloseTo(Number(chosen[i]!.probability), 5);
      });
    }
  });

  it('knows only the colorizers that are installed', () => {
    const study = () => tiny.studyFile({ arms: arms.replace('colorizer: sepia', 'colorizer: sepja') });
    expect(study).toThrow(
      expect.objectContaining({
        code: 'CHROMARAY_STUDY_FILE_COLORIZER',
        message: expect.stringContaining('did you mean "sepia"?'),
      }),
    );
  });
});
