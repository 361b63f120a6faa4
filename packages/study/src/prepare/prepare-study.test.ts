import { studyFolder } from '@chromaray/store';
import { TinyStudy } from '@chromaray/testing/tiny-study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutTest } from '../tune/without-test.js';
import { prepareData, prepareStudy } from './prepare-study.js';

const tiny = new TinyStudy();
beforeAll(() => tiny.writeData());
afterAll(() => tiny.remove());

describe('an endpoint that needs more patients than a study has', () => {
  const context = { cache: tiny.path('cache'), onEvent: () => {}, signal: new AbortController().signal };
  const studyOf = (metric: 'auroc' | 'brier') => {
    const study = tiny.studyFile();
    return { ...study, endpoint: { ...study.endpoint, metric } };
  };

  it('stops a study, but neither the search for its hyperparameters nor any other piece of it', async () => {
    await expect(prepareData(studyOf('brier'), context)).rejects.toMatchObject({ code: 'CHROMARAY_ENDPOINT_TOO_FEW' });
    const { dataset, split } = await prepareData(studyOf('auroc'), context);
    const { tasks } = await prepareStudy({
      ...{ study: studyOf('brier'), context, folder: studyFolder(tiny.path('studies'), 'piece') },
      given: withoutTest(dataset, split),
    });
    expect(tasks).toHaveLength(4);
  });
});
