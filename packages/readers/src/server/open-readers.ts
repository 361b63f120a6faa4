import {
  currentReaderPlan,
  type ReaderCases,
  type ReaderPlan,
  type ReaderRegistration,
  type ReaderStudyFile,
} from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { changeText, planChanges } from '@chromaray/results';
import { readReaderRegistration } from '@chromaray/store';
import { type ReadersFolder, readersFolder } from '../folder.js';
import { type ReaderList, readerLists } from '../order/reader-list.js';
import { type ReaderLinks, readLinks } from '../register/links.js';
import { readerPlan } from '../register/reader-plan.js';
import { registeredCases } from '../register/register-readers.js';

/** A registered reader study. */
export interface OpenedReaders {
  readonly study: string;
  readonly folder: ReadersFolder;
  readonly registration: ReaderRegistration;
  /** The plan in force. */
  readonly plan: ReaderPlan;
  readonly cases: ReaderCases;
  readonly links: ReaderLinks;
  readonly lists: ReadonlyMap<string, ReaderList>;
}

/**
 * Opens a reader study, and compares its file with what was registered.
 *
 * @throws ChromarayError `CHROMARAY_READERS_UNREGISTERED`; `CHROMARAY_READERS_DIFFERS` where the file or the list of cases
 *   is not what was registered
 */
export function openReaders(file: ReaderStudyFile, studies: string): OpenedReaders {
  const folder = readersFolder(studies, file.name);
  const registration = readReaderRegistration(folder.registration);
  if (registration === undefined) {
    throw codedError('CHROMARAY_READERS_UNREGISTERED', {
      message: `The reader study "${file.name}" is not registered in ${folder.root}.`,
      details: { folder: folder.root },
    });
  }
  const cases = registeredCases(folder, registration);
  const plan = currentReaderPlan(registration);
  const changes = planChanges(plan, readerPlan(file, cases));
  if (changes.length > 0) {
    throw codedError('CHROMARAY_READERS_DIFFERS', {
      message: `The file of "${file.name}" is not what was registered: ${changes.map(changeText).join('; ')}.`,
      remedy: 'Restore it, or register the change with `chromaray readers register --amend "<reason>"`.',
      details: { changes },
    });
  }
  const links = readLinks(folder.links);
  const lists = readerLists(plan, cases, links.secret);
  return { study: file.name, folder, registration, plan, cases, links, lists };
}
