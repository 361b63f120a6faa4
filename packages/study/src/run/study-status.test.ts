import { copyFileSync, mkdirSync } from 'node:fs';
import type { StudyHappening } from '@chromaray/contracts';
import { holdFolder, openStudyStore, studyFolder } from '@chromaray/store';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readStudyStatus } from './study-status.js';

const gray = { arm: 'gray', seed: 1 };
const turbo = { arm: 'turbo', seed: 1 };
const figures = {
  trainLoss: 1,
  trainAccuracy: 1,
  validationLoss: 1,
  validationAccuracy: 1,
  learningRate: 1,
  seconds: 1,
};
let tiny: TinyStudy;
beforeEach(() => {
  tiny = new TinyStudy();
  mkdirSync(tiny.path('data'));
});
afterEach(() => tiny.remove());

const folderOf = () => studyFolder(tiny.path('studies'), 'tiny');
const status = () => readStudyStatus('tiny', tiny.path('studies'));
const states = () => status().trials.map((trial) => `${trial.arm} ${trial.split} ${trial.status}`);

/** A store with both trials planned and the gray one under way, three epochs in. */
function begin(file: string): void {
  const store = openStudyStore(file);
  store.plan([gray, turbo].map((trial, i) => ({ ...trial, fingerprint: String(i) })));
  store.start(gray, { backend: 'onnxruntime', precision: 'float32', threads: 1 });
  for (const [epoch, validationAuroc] of [0.7, 0.9, 0.8].entries()) {
    store.addEpoch(gray, { ...figures, epoch: epoch + 1, validationAuroc });
  }
  store.close();
}

describe('readStudyStatus', () => {
  it('says how far each trial is, while it runs and after its run was killed', () => {
    begin(folderOf().store);
    const release = holdFolder(folderOf().lock);
    expect(states()).toEqual(['gray 1 running', 'turbo 1 waiting']);
    release();
    expect(states()).toEqual(['gray 1 interrupted', 'turbo 1 waiting']);
    expect(status().trials[0]).toMatchObject({ ...gray, split: 1, epochsDone: 3, validationAuroc: 0.9 });
  });

  it('says with which execution profiles the trials that are done were computed', () => {
    const folder = folderOf();
    begin(folder.store);
    expect([status().computed, status().trials[0]!.profile]).toEqual([null, null]);
    copyFileSync(tiny.writeStudyFile({ seeds: '[1]' }), folder.studyFile);
    const profile = { backend: 'onnxruntime', version: '1', provider: 'cpu', precision: 'float32', threads: 2 };
    const done = { seconds: 1, epochsRun: 1, bestEpoch: 1, imagesPerSecond: 1, peakMemoryBytes: 1 };
    const store = openStudyStore(folder.store);
    store.complete(gray, { ...done, details: { profile: { ...profile, processor: 'x64 avx2' } } }, []);
    store.start(turbo, { backend: 'onnxruntime', precision: 'float32', threads: 2 });
    expect(status().computed).toBe(
      '1 trial was computed with one execution profile: onnxruntime 1, float32, 2 threads, x64 avx2.',
    );
    store.complete(turbo, { ...done, details: { profile: { ...profile, processor: 'x64 avx512f' } } }, []);
    store.close();
    expect(status().computed).toContain('In 1 of 1 comparison of an arm with its control');
  });

  it('counts the trials of every split, also of those not begun', () => {
    const folder = folderOf();
    begin(folder.store);
    const split = '{ method: patient, fractions: { train: 0.5, validation: 0.2, test: 0.3 }, seed: 1, repeats: 3 }';
    copyFileSync(tiny.writeStudyFile({ split, seeds: '[1]' }), folder.studyFile);
    begin(folder.split(2).store);
    const release = holdFolder(folder.lock);
    const waiting = ['turbo 1 waiting', 'gray 2 running', 'turbo 2 waiting', 'gray 3 waiting', 'turbo 3 waiting'];
    expect(states()).toEqual(['gray 1 running', ...waiting]);
    release();
    expect(states()[2]).toBe('gray 2 interrupted');
  });

  it('has no trials before the first are planned', () => {
    openStudyStore(folderOf().store).close();
    expect(status()).toMatchObject({ study: 'tiny', trials: [], stopped: null });
  });

  it('says which worker a trial is with, and none where it came back to this machine', () => {
    begin(folderOf().store);
    const worker = () => status().trials[0]!.worker;
    const tell = (happening: StudyHappening): void => {
      const store = openStudyStore(folderOf().store);
      store.addEvent(happening);
      store.close();
    };
    expect(worker()).toBeNull();
    const place = { ...gray, finished: 0, trials: 2 };
    tell({ kind: 'trial-started', ...place, worker: 'lab-2-1' });
    expect(worker()).toBe('lab-2-1');
    tell({ kind: 'trial-resumed', ...place, epochs: 3 });
    expect(worker()).toBeNull();
    const store = openStudyStore(folderOf().store);
    const done = { seconds: 1, epochsRun: 1, bestEpoch: 1, imagesPerSecond: 1, peakMemoryBytes: 1 };
    store.complete(gray, { ...done, details: { worker: 'lab-3-1' } }, []);
    store.close();
    expect(worker()).toBe('lab-3-1');
  });
});
