import { mkdirSync } from 'node:fs';
import { holdFolder, openStudyStore, studyFolder } from '@chromaray/store';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findStudy, readStudyStatus } from './find-study.js';

const tiny = new TinyStudy();
const folder = studyFolder(tiny.path('studies'), 'tiny');
const gray = { arm: 'gray', seed: 1 };

beforeAll(() => {
  mkdirSync(tiny.path('data'));
  const store = openStudyStore(folder.store);
  store.plan([
    { ...gray, fingerprint: 'a' },
    { arm: 'turbo', seed: 1, fingerprint: 'b' },
  ]);
  store.start(gray, { backend: 'onnxruntime', precision: 'float32', threads: 1 });
  for (const [epoch, validationAuroc] of [0.7, 0.9, 0.8].entries()) {
    const figures = { trainLoss: 1, trainAccuracy: 1, validationLoss: 1, validationAccuracy: 1, learningRate: 1 };
    store.addEpoch(gray, { ...figures, epoch: epoch + 1, validationAuroc, seconds: 1 });
  }
  store.close();
});
afterAll(() => tiny.remove());

describe('findStudy', () => {
  it('finds a study by its file, its name and its folder', () => {
    for (const study of [tiny.writeStudyFile(), 'tiny', folder.root]) {
      expect(findStudy(study, tiny.path('studies')).root).toBe(folder.root);
    }
  });

  it('says what to do about one that has not been run', () => {
    expect(() => findStudy('other', tiny.path('studies'))).toThrow(
      expect.objectContaining({ code: 'CHROMARAY_STUDY_MISSING', remedy: expect.stringContaining('study run') }),
    );
  });
});

describe('readStudyStatus', () => {
  it('says how far each trial is, while it runs and after its run was killed', () => {
    const states = () => readStudyStatus('tiny', tiny.path('studies')).trials.map(({ status }) => status);
    const release = holdFolder(folder.lock);
    expect(states()).toEqual(['running', 'waiting']);
    release();
    expect(states()).toEqual(['interrupted', 'waiting']);
    expect(readStudyStatus('tiny', tiny.path('studies')).trials[0]).toMatchObject({
      arm: 'gray',
      seed: 1,
      epochsDone: 3,
      validationAuroc: 0.9,
    });
  });
});
