import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { isChromarayError, writeError, writeFileAtomic } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { PatientPseudonyms } from '../patients/salt.js';
import { DicomWebClient, type InstanceAddress, type StudyFilter } from './client.js';
import { inParallel, isFatal } from './in-parallel.js';
import { addToInstanceList, type ListedInstance } from './instance-list.js';
import type { DicomWebServer } from './server.js';

export interface ImportOptions {
  readonly server: DicomWebServer;
  /** Where the files go, and `instances.csv`, which lists them. Made readable for this user alone. */
  readonly output: string;
  readonly filter: StudyFilter;
  /** Default CR and DX. */
  readonly modalities?: readonly string[];
  /** The secret under which UIDs become names. Default: one of this user's. */
  readonly saltFile?: string;
  /** Objects fetched at once. Default 4. */
  readonly concurrency?: number;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export interface FailedInstance extends InstanceAddress {
  readonly code: string;
  readonly message: string;
}

export interface ImportResult {
  readonly studies: number;
  /** Files written by this call, relative to the output. */
  readonly written: readonly string[];
  /** Files that an earlier call had written. */
  readonly present: number;
  /** Objects that could not be fetched; another call tries them again. */
  readonly failed: readonly FailedInstance[];
}

const radiographs = ['CR', 'DX'];

/**
 * Fetches radiographs from a DICOMweb server into a folder, as `<study>/<instance>.dcm`. Names are pseudonyms,
 * since they become record names, which reports show. Files that are there already are not fetched
 * again, so that a call that was interrupted is gone on with; every file is written whole or not at all. An
 * object that cannot be fetched is listed and the others go on; a server that does not let one in, or is
 * gone, ends the call.
 *
 * @throws ChromarayError `CHROMARAY_DICOMWEB_` + `URL`, `INSECURE`, `UNAUTHORISED`, `UNREACHABLE`, `NOTHING_FOUND` and
 *   others about the lists of studies and objects; `CHROMARAY_FILE_WRITE`
 * @throws the signal's reason when aborted
 */
export async function importStudies(options: ImportOptions): Promise<ImportResult> {
  const { server, output, filter, modalities = radiographs, onProgress } = options;
  const client = new DicomWebClient(server);
  const studies = await client.findStudies(filter, modalities);
  const instances: InstanceAddress[] = [];
  for (const study of studies) instances.push(...(await client.findInstances(study, modalities)));
  if (instances.length === 0) {
    throw codedError('CHROMARAY_DICOMWEB_NOTHING_FOUND', {
      message: `The server has no object of the modalities ${modalities.join(', ')} to import.`,
      remedy: 'Check the filters; ask for other modalities or dates.',
    });
  }
  makeFolder(output);

  const pseudonyms = new PatientPseudonyms(options.saltFile);
  const listed = instances.map((address) => ({ ...address, file: fileOf(address, pseudonyms) }));
  const missing = listed.filter(({ file }) => !existsSync(path.join(output, file)));
  const present = instances.length - missing.length;
  const failed: FailedInstance[] = [];
  let done = present;
  onProgress?.({ done, total: instances.length });
  await inParallel(missing, options.concurrency ?? 4, server.signal, async ({ file, ...address }) => {
    try {
      const bytes = await client.retrieve(address);
      makeFolder(path.dirname(path.join(output, file)));
      writeFileAtomic(path.join(output, file), bytes);
    } catch (error) {
      if (!isChromarayError(error) || isFatal(error)) throw error;
      failed.push({ ...address, code: error.code, message: error.message });
    }
    onProgress?.({ done: ++done, total: instances.length });
  });
  const lost = new Set(failed.map(({ instance }) => instance));
  const arrived = (all: readonly ListedInstance[]) => all.filter(({ instance }) => !lost.has(instance));
  addToInstanceList(output, arrived(listed));
  return { studies: studies.length, written: arrived(missing).map(({ file }) => file), present, failed };
}

function fileOf({ study, instance }: InstanceAddress, pseudonyms: PatientPseudonyms): string {
  const name = (uid: string): string => pseudonyms.of(uid, 'DICOM UID');
  return path.join(name(study), `${name(instance)}.dcm`);
}

/** The files name patients. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw writeError(folder, error);
  }
}
