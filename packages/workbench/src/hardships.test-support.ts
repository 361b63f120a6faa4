import type { StudyFolder } from '@chromaray/contracts';
import { openStudyStore, type StudyStore, studyFolder } from '@chromaray/store';
import type { OpenPage, ReadersBrowser } from '@chromaray/testing/browser';
import type { TestWorkbench } from './workbench.test-support.js';

type Page = OpenPage['page'];

/** The folder of a study of a test's workbench. */
export const folderOf = (test: TestWorkbench, study: string): StudyFolder =>
  studyFolder(test.tiny.path('studies'), study);

/** A study without trials, whose events are written by the test. */
export function storeOf(test: TestWorkbench, study: string): StudyStore {
  const store = openStudyStore(folderOf(test, study).store);
  store.plan([{ arm: 'gray', seed: 1, fingerprint: 'f' }]);
  return store;
}

/** What training says at the end of an epoch. */
export const epoch = (number: number) =>
  ({
    kind: 'epoch-done',
    ...{ arm: 'gray', seed: 1 },
    epoch: {
      ...{
        epoch: number,
        trainLoss: 1 / number,
        trainAccuracy: 0.5,
        validationLoss: 1 / number,
        validationAccuracy: 0.5,
      },
      ...{ validationAuroc: 0.5, learningRate: 0.001, seconds: 1 },
    },
  }) as const;

/** A tab that has been given its cookie, on an address of the workbench. */
export async function tabOn(browser: ReadersBrowser, { server }: TestWorkbench, address: string): Promise<Page> {
  const { page } = await browser.visit(server.url);
  await page.goto(`${server.origin}${address}`);
  return page;
}

/** Waits until the curves show an epoch. They describe themselves to readers who do not see them. */
export const shows = (page: Page, number: number): Promise<void> =>
  page
    .getByText(new RegExp(`after epoch ${number}\\.`))
    .first()
    .waitFor({ state: 'attached' });
