import { existsSync } from 'node:fs';
import { counted, readRegularFileSync, writeFileAtomic } from '@chromaray/base';
import {
  currentReaderPlan,
  type OnStudyEvent,
  type ReaderCases,
  type ReaderRegistration,
  type ReaderStudyFile,
} from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import {
  cacheFolder,
  holdFolder,
  readArtefact,
  readReaderRegistration,
  readReadings,
  writeArtefact,
} from '@chromaray/store';
import { stringify } from 'yaml';
import { casesHash } from '../cases/choose-cases.js';
import { listCases } from '../cases/list-cases.js';
import { type ReadersFolder, readersFolder } from '../folder.js';
import { type Pictures, preparePictures } from '../pictures/prepare.js';
import { checkPage } from './check-page.js';
import { readLinks, settleLinks } from './links.js';
import { readerPlan } from './reader-plan.js';
import { readerRegistrationPage } from './registration-page.js';
import { settleReaders } from './settle.js';

export interface RegisterReadersOptions {
  /** Folder that holds reader studies. */
  readonly studies: string;
  /** True where somebody states that every picture was looked at. */
  readonly checked: boolean;
  /** Why the registered plan is changed. */
  readonly amend?: string | undefined;
  readonly onEvent?: OnStudyEvent;
  readonly signal?: AbortSignal;
}

/**
 * Writes down what a reader study sets out to do, before the first reading: cases, protocol, endpoint, and a link for
 * every reader. Before that every picture is read, and shown on a page to be looked at.
 *
 * @throws ChromarayError `CHROMARAY_READERS_UNCHECKED` until somebody states that the pictures of this list were looked
 *   at; `CHROMARAY_READERS_PICTURES` for pictures that cannot be read; as `listCases`, `settleReaders` and `holdFolder` do
 */
export async function registerReaders(
  file: ReaderStudyFile,
  options: RegisterReadersOptions,
): Promise<{ readonly folder: ReadersFolder; readonly registration: ReaderRegistration }> {
  const { onEvent = () => {}, signal = new AbortController().signal, amend } = options;
  const folder = readersFolder(options.studies, file.name);
  const release = holdFolder(folder.lock);
  try {
    const kept = readReaderRegistration(folder.registration);
    const readings = existsSync(folder.readings) ? countReadings(folder) : 0;
    const list =
      readings > 0 && kept !== undefined
        ? registeredCases(folder, kept)
        : await listCases(file, { cache: cacheFolder(options.studies), onEvent, signal });
    const plan = readerPlan(file, list);
    const isNewList = kept === undefined || currentReaderPlan(kept).cases.hash !== list.hash;
    if (isNewList) await requireChecked(file, list, folder, options);
    const registration = settleReaders({
      ...{ study: file.name, plan, kept, readings, amend },
      checked: new Date().toISOString(),
    });
    writeArtefact('readerCases', folder.cases, list);
    writeFileAtomic(folder.studyFile, stringify(file, { lineWidth: 0 }));
    writeArtefact('readerRegistration', folder.registration, registration);
    settleLinks(folder.links, file.readers, existsSync(folder.links) ? readLinks(folder.links) : undefined);
    writeFileAtomic(folder.registrationPage, readerRegistrationPage(registration));
    return { folder, registration };
  } finally {
    release();
  }
}

/** Readings that count, so far. */
function countReadings(folder: ReadersFolder): number {
  return readReadings(folder.readings).filter((event) => event.kind === 'reading' && !event.training).length;
}

/**
 * The list of cases as it was registered.
 *
 * @throws ChromarayError `CHROMARAY_READERS_DIFFERS` where the file was edited
 */
export function registeredCases(folder: ReadersFolder, registration: ReaderRegistration): ReaderCases {
  const list = readArtefact('readerCases', folder.cases);
  const { cases } = currentReaderPlan(registration);
  if (casesHash(list.cases, list.training) === cases.hash && list.cases.length === cases.count) return list;
  throw codedError('CHROMARAY_READERS_DIFFERS', {
    message: `${folder.cases} is not the list of cases that was registered: it was changed afterwards.`,
    remedy:
      'Restore the file from a copy. A case is withdrawn with `cases.leaveOut` and `chromaray readers register --amend`.',
    details: { file: folder.cases },
  });
}

async function requireChecked(
  file: ReaderStudyFile,
  list: ReaderCases,
  folder: ReadersFolder,
  { checked, onEvent = () => {}, signal }: RegisterReadersOptions,
): Promise<void> {
  const pictures = await preparePictures({
    cases: [...list.cases, ...list.training],
    arms: file.arms,
    side: file.image.side,
    folder: folder.pictures,
    onProgress: (done, total) => onEvent({ kind: 'progress', phase: 'decoding', unit: 'images', done, total }),
    ...(signal && { signal }),
  });
  refuseUnreadable(pictures);
  const text = await checkPage(file.name, list, pictures);
  const isShown = existsSync(folder.casesPage) && readRegularFileSync(folder.casesPage).toString('utf8') === text;
  if (!isShown) writeFileAtomic(folder.casesPage, text);
  if (checked && isShown) return;
  throw codedError('CHROMARAY_READERS_UNCHECKED', {
    message: `${counted(list.cases.length, 'case')} and ${counted(list.training.length, 'exercise')} of "${file.name}" are shown in ${folder.casesPage}${
      checked ? ', which was written just now: nobody can have looked at it' : ''
    }.`,
    remedy: `Open the page and look at every picture for names, dates and marks; then run \`chromaray readers register\` with --checked.`,
    details: { page: folder.casesPage, cases: list.cases.length },
  });
}

function refuseUnreadable({ unreadable }: Pictures): void {
  const [first] = unreadable;
  if (first === undefined) return;
  throw codedError('CHROMARAY_READERS_PICTURES', {
    message: `${counted(unreadable.length, 'picture')} cannot be shown: ${first.why}`,
    remedy: `Repair the files, or list them under \`cases.leaveOut\`: ${unreadable
      .slice(0, 5)
      .map(({ case: name }) => name)
      .join(', ')}.`,
    details: { unreadable },
  });
}
