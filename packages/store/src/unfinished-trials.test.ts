import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StudyFolder } from '@chromaray/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { openStudyStore } from './sqlite/sqlite-store.js';
import { gray, predictions, start, summary, turbo } from './store-samples.test-support.js';
import { studyFolder } from './study-folder.js';
import { unfinishedTrials } from './unfinished-trials.js';

const root = mkdtempSync(path.join(tmpdir(), 'chromaray-unfinished-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function planned(folder: StudyFolder, name: string): void {
  mkdirSync(folder.root, { recursive: true });
  const store = openStudyStore(folder.store);
  store.plan([gray, turbo].map((trial) => ({ ...trial, fingerprint: `${name} ${trial.arm}` })));
  store.start(gray, start);
  store.complete(gray, summary, predictions);
  store.close();
}

describe('trials that are planned and not done', () => {
  it('are those of every split and of searches', () => {
    const folder = studyFolder(root, 'folds');
    planned(folder, 'one');
    planned(folder.split(2), 'two');
    planned(folder.split(2).tuningTrials(), 'search of two');
    planned(folder.split(3), 'three');
    expect([...unfinishedTrials(folder)].sort()).toEqual(
      ['one', 'search of two', 'three', 'two'].map((name) => `${name} turbo`),
    );
  });

  it('are none where nothing is planned', () => {
    expect(unfinishedTrials(studyFolder(root, 'none')).size).toBe(0);
  });
});
