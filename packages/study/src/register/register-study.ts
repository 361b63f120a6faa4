import { existsSync } from 'node:fs';
import { writeFileAtomic } from '@chromaray/base';
import type { OnStudyEvent, Registration, StudyFile, StudyFolder } from '@chromaray/contracts';
import { type Paper, printPdf, registrationPage, requireBrowser } from '@chromaray/pages';
import { changeText, whenText } from '@chromaray/results';
import { cacheFolder, holdFolder, openStudyReader, readArtefactIfAny, studyFolder } from '@chromaray/store';
import { prepareData } from '../prepare/prepare-study.js';
import { checkModels } from '../prepare/study-models.js';
import { registeredPlan } from './plan.js';
import { settleRegistration } from './settle-registration.js';

export interface RegisterOptions {
  /** Folder that holds studies. */
  readonly studies: string;
  /** Why the registered plan is changed. */
  readonly amend?: string | undefined;
  /** Also print the page, on this paper. */
  readonly pdf?: Paper | undefined;
  readonly onEvent?: OnStudyEvent;
  readonly signal?: AbortSignal;
}

/**
 * Writes down what a study sets out to do, without training anything: `registration.json`, and the same as a page for
 * readers. A study that was registered is run by that plan, or amended with a reason.
 *
 * @throws ChromarayError as `settleRegistration`, `prepareData` and `printPdf` do
 */
export async function registerStudy(
  study: StudyFile,
  options: RegisterOptions,
): Promise<{ readonly folder: StudyFolder; readonly registration: Registration }> {
  const { onEvent = () => {}, signal = new AbortController().signal, pdf } = options;
  // Before the work that it would make worthless.
  const browser = pdf === undefined ? undefined : requireBrowser();
  const folder = studyFolder(options.studies, study.name);
  const release = holdFolder(folder.lock);
  try {
    const models = await checkModels(study);
    const { dataset } = await prepareData(study, { cache: cacheFolder(options.studies), onEvent, signal });
    const settled = settleRegistration({
      ...{ study: study.name, folder, origin: 'register', amend: options.amend },
      plan: registeredPlan(study, dataset, models),
      record: readArtefactIfAny('run', folder.runRecord),
      finishedTrials: finishedTrials(folder),
    });
    settled.save();
    const page = writeRegistrationPage(folder, settled.registration);
    if (pdf !== undefined) await printPdf(page, folder.registrationPdf, pdf, browser);
    return { folder, registration: settled.registration };
  } finally {
    release();
  }
}

/** Writes the page of a registration into its folder, and returns its path. @throws ChromarayError `CHROMARAY_FILE_WRITE` */
export function writeRegistrationPage(folder: StudyFolder, registration: Registration): string {
  const amendments = registration.amendments.map((amendment) => ({
    at: amendment.at,
    reason: amendment.reason,
    what: amendment.changes.map(changeText).join('; '),
    known: whenText(amendment),
  }));
  const page = registrationPage(registration, amendments);
  writeFileAtomic(folder.registrationPage, page);
  return page;
}

function finishedTrials(folder: StudyFolder): number {
  if (!existsSync(folder.store)) return 0;
  const store = openStudyReader(folder);
  try {
    return store.trials().filter(({ status }) => status === 'done').length;
  } finally {
    store.close();
  }
}
