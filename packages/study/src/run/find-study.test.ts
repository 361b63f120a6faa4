import { mkdirSync } from 'node:fs';
import { openStudyStore, studyFolder } from '@chromaray/store';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findStudy } from './find-study.js';

const tiny = new TinyStudy();
const folder = studyFolder(tiny.path('studies'), 'tiny');

beforeAll(() => {
  mkdirSync(tiny.path('data'));
  openStudyStore(folder.store).close();
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
