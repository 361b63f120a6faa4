import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ChromarayError } from '@chromaray/base';
import type { OnStudyEvent, StudyFolder, StudyVerdict } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { type Paper, printPdf, requireBrowser } from '@chromaray/pages';
import { openStudyReader, readArtefact, studyFolder } from '@chromaray/store';
import { readStudyFile } from '../study-file/read.js';
import { refuseEditedStudyFile, refuseOtherStudyFile } from './declared.js';
import { finishStudy } from './finish-study.js';

/**
 * The folder of a study that has been run, found by its study file, its name or the folder itself.
 *
 * @throws ChromarayError `CHROMARAY_STUDY_MISSING` when it has not been run
 */
export function findStudy(study: string, studies: string): StudyFolder {
  const candidates = [
    studyFolder(path.dirname(path.resolve(study)), path.basename(study)),
    studyFolder(studies, study),
  ];
  if (isFile(study)) candidates.unshift(studyFolder(studies, readStudyFile(study).name));
  const found = candidates.find((folder) => existsSync(folder.store));
  if (found !== undefined) return found;
  throw codedError('CHROMARAY_STUDY_MISSING', {
    message: `There is no study "${study}" that has been run, neither as a folder nor in ${path.resolve(studies)}.`,
    details: { study, studies },
  });
}

function isFile(name: string): boolean {
  return existsSync(name) && statSync(name).isFile();
}

export interface RebuildOptions {
  /** Folder to write into. Default: the study's, which must then be writable. */
  readonly out?: string | undefined;
  /** False: a report without X-rays, to be shared. Default: true. */
  readonly pictures?: boolean | undefined;
  /** Also print the report and its summary, on this paper. */
  readonly pdf?: Paper | undefined;
  /** Folder of lung masks named as the records: how much of the networks' evidence lies inside. */
  readonly masks?: string;
  readonly onEvent?: OnStudyEvent;
  readonly signal?: AbortSignal;
}

/**
 * Works out verdict and report again from what a study has stored; a study under way gives a partial report.
 *
 * @throws as `printPdf` does; `CHROMARAY_STUDY_FILE_EDITED` when the study file in the folder is not the one that was run,
 *   `CHROMARAY_STUDY_FILE_DIFFERS` when `study` is a file that says otherwise
 */
export async function rebuildReport(
  study: string,
  studies: string,
  options: RebuildOptions = {},
): Promise<{ readonly folder: StudyFolder; readonly verdict: StudyVerdict }> {
  const { pdf, out, onEvent, pictures = true, ...explaining } = options;
  // Before the work that it would make worthless.
  const browser = pdf === undefined ? undefined : requireBrowser();
  const folder = findStudy(study, studies);
  const store = openStudyReader(folder);
  try {
    if (store.trials().length === 0) throw untrained(study);
    const asRun = readStudyFile(folder.studyFile);
    if (isFile(study)) refuseOtherStudyFile(readStudyFile(study), asRun, folder.root);
    refuseEditedStudyFile(asRun, folder.studyFile, readArtefact('run', folder.runRecord));
    const into = out === undefined ? folder : reportedIn(out, folder);
    const verdict = await finishStudy(folder, store, asRun, { onEvent, into, pictures, ...explaining });
    if (pdf !== undefined) {
      await printPdf(readFileSync(into.report, 'utf8'), into.pdf, pdf, browser);
      await printPdf(readFileSync(into.summary, 'utf8'), into.summaryPdf, pdf, browser, summaryPages);
    }
    return { folder: into, verdict };
  } finally {
    store.close();
  }
}

/** What a summary is printed on, however many arms there are. */
const summaryPages = 2;

/** A folder for what a report writes; models stay where they are. */
function reportedIn(out: string, { model }: StudyFolder): StudyFolder {
  return { ...studyFolder(path.dirname(path.resolve(out)), path.basename(path.resolve(out))), model };
}

function untrained(study: string): ChromarayError {
  return codedError('CHROMARAY_STUDY_UNTRAINED', {
    message: `The study "${study}" has no trials: its runs stopped before training.`,
    details: { study },
  });
}
