import { serializeStudyFile } from '@chromaray/contracts';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { afterAll, describe, expect, it } from 'vitest';
import { parseStudyFile } from '../study-file/parse.js';
import { otherSplits, studyOnSplit } from './other-splits.js';

const tiny = new TinyStudy();
afterAll(() => tiny.remove());
const split = (seed: number, repeats?: number) =>
  `{ method: patient, seed: ${seed}${repeats === undefined ? '' : `, repeats: ${repeats}`} }`;

describe('further splits of a study', () => {
  it('have the next seeds, and are the study in all else', () => {
    const study = tiny.studyFile({ split: split(4294967295, 3) });
    expect(otherSplits(study, [])).toEqual([2, 3]);
    expect(studyOnSplit(study, 2).split).toEqual({ ...tiny.studyFile({ split: split(0) }).split });
    expect({ ...studyOnSplit(study, 3), split: null }).toEqual({ ...study, split: null });
    expect(otherSplits(tiny.studyFile(), [])).toEqual([]);
  });

  it('are as many as folds, or sites, of one and the same study', () => {
    const folds = tiny.studyFile({ split: '{ method: patient, folds: 4 }' });
    expect(otherSplits(folds, [])).toEqual([2, 3, 4]);
    expect(studyOnSplit(folds, 3)).toEqual(folds);
    const sites = tiny.studyFile({ split: '{ method: patient, by: site }' });
    expect(otherSplits(sites, [{ site: 'A' }, { site: 'C' }, { site: 'A' }, { site: 'B' }])).toEqual([2, 3]);
    expect([folds, sites].map((study) => parseStudyFile(serializeStudyFile(study), 'again.yaml').split)).toEqual([
      folds.split,
      sites.split,
    ]);
  });

  it('one split written out is the study without the key', () => {
    expect(tiny.studyFile({ split: split(1, 1) })).toEqual(tiny.studyFile({ split: split(1) }));
  });
});
