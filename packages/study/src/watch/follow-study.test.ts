import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { StudyEvent } from '@chromaray/contracts';
import { holdFolder, openStudyStore, type StudyStore, studyFolder } from '@chromaray/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followStudy } from './follow-study.js';

let studies: string;
let store: StudyStore;
let release: () => void;
const pollMilliseconds = 5;
const lockOf = () => studyFolder(studies, 'tiny').lock;
beforeEach(() => {
  studies = mkdtempSync(path.join(os.tmpdir(), 'chromaray-follow-'));
  release = holdFolder(lockOf());
  store = openStudyStore(studyFolder(studies, 'tiny').store);
});
afterEach(() => {
  store.close();
  rmSync(studies, { recursive: true, force: true });
});

async function follow(
  options: { readonly from?: number; readonly signal?: AbortSignal } = {},
  each = (_: StudyEvent) => {},
) {
  const seen: number[] = [];
  for await (const event of followStudy('tiny', { studies, pollMilliseconds, ...options })) {
    seen.push(event.seq);
    each(event);
  }
  return seen;
}

const start = () => store.addEvent({ kind: 'run-started', version: '0.1.0' });
const audit = () => store.addEvent({ kind: 'audit-started', records: 1 });

describe('followStudy', () => {
  it('begins where the last run started, or at a number, and ends at once when no run holds the study', async () => {
    for (const add of [start, audit, start, audit, audit]) add();
    release();
    expect(await follow()).toEqual([3, 4, 5]);
    expect(await follow({ from: 1 })).toEqual([1, 2, 3, 4, 5]);
    expect(await follow({ from: 5 })).toEqual([5]);
    expect(await follow({ from: 9 })).toEqual([]);
  });

  it('gives each event once while a run goes on, and all of it when the study is given free', async () => {
    start();
    const seen = follow({}, ({ seq }) => {
      if (seq < 4) setTimeout(audit, 20);
      else if (seq === 4) {
        audit();
        release();
      }
    });
    expect(await seen).toEqual([1, 2, 3, 4, 5]);
  });

  it('ends when it is stopped', async () => {
    start();
    const stop = new AbortController();
    expect(await follow({ signal: stop.signal }, () => stop.abort())).toEqual([1]);
    release();
  });
});
