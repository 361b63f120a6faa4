import { mkdirSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryName, writeError } from '@chromaray/base';
import { deriveFile, PhantomPainter } from './draw.js';
import { planFaults } from './faults.js';
import { closeFolder, isWritten, openFolder } from './ledger.js';
import { PhantomNames } from './names.js';
import { type PhantomDatasetOptions, phantomLabels, phantomParts, phantomSettings } from './options.js';
import { planImages } from './plan.js';
import type { PhantomRecord, PhantomReport } from './report.js';

export interface PhantomProgress {
  /** Files written so far, and files in all. */
  readonly done: number;
  readonly total: number;
}

export interface PhantomWriteControl {
  readonly onProgress?: (progress: PhantomProgress) => void;
  /** Stops between two images; what is written stays, and a second call goes on from there. */
  readonly signal?: AbortSignal;
}

/** Images encoded and written while the next one is drawn. */
const inFlight = 4;

/**
 * Writes a synthetic chest X-ray data set in the folders of the Kaggle release, `train|val|test` over
 * `NORMAL|PNEUMONIA`, with the faults asked for and no others. The same options give the same bytes.
 *
 * The folder must be new, empty, or hold the same set: a set left unfinished is completed, a finished one
 * is left as it is. `phantoms.json` in the folder marks a finished set and holds the report.
 *
 * @throws ChromarayError `CHROMARAY_PHANTOMS_OPTION`, `CHROMARAY_PHANTOMS_FOLDER`, `CHROMARAY_FILE_WRITE`
 * @throws the signal's reason when cancelled
 */
export async function writePhantomDataset(
  directory: string,
  options: PhantomDatasetOptions = {},
  control: PhantomWriteControl = {},
): Promise<PhantomReport> {
  const { signal, onProgress } = control;
  const settings = phantomSettings(options);
  const names = new PhantomNames(settings.format);
  const clean = planImages(settings, names);
  const faults = planFaults(clean, settings, names);
  const images = [...clean, ...faults.images];
  const records: PhantomRecord[] = [
    ...images.map(({ file, part, label, patient }) => ({
      file,
      part,
      label,
      patient: patient.name,
      kind: patient.kind,
    })),
    ...faults.records,
  ];
  const patients = new Set(records.map((record) => record.patient)).size;
  const report: PhantomReport = { settings, records, patients, planted: faults.planted };
  const files = [...images, ...faults.derived].map(({ file }) => file);

  signal?.throwIfAborted();
  if (openFolder(directory, report, files) === 'complete') {
    onProgress?.({ done: files.length, total: files.length });
    return report;
  }
  for (const part of phantomParts) {
    for (const label of phantomLabels) mkdirSync(path.join(directory, part, label), { recursive: true });
  }

  let done = 0;
  const write = async (file: string, make: () => Promise<Uint8Array>): Promise<void> => {
    const target = path.join(directory, file);
    if (!isWritten(target)) await writeWhole(target, await make());
    done++;
    onProgress?.({ done, total: files.length });
  };
  const painter = new PhantomPainter(settings);
  await inTurn(images, signal, (image) => write(image.file, () => painter.file(image)));
  await inTurn(faults.derived, signal, ({ file, source, how }) =>
    write(file, async () => deriveFile(await readFile(path.join(directory, source)), how, settings.format)),
  );
  closeFolder(directory, report);
  return report;
}

/** Starts the work on each item in order, a few at a time; stops at the first failure once all begun has ended. */
async function inTurn<T>(
  items: readonly T[],
  signal: AbortSignal | undefined,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let stopped = false;
  const worker = async (): Promise<void> => {
    try {
      while (next < items.length && !stopped) {
        signal?.throwIfAborted();
        await work(items[next++]!);
      }
    } catch (error) {
      stopped = true;
      throw error;
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: inFlight }, worker));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}

/** Gives a file its name only once it is whole. Not flushed to disk one by one: a set can be made again. */
async function writeWhole(file: string, content: Uint8Array): Promise<void> {
  const temporary = temporaryName(file);
  try {
    await writeFile(temporary, content, { flag: 'wx' });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw writeError(file, error);
  }
}
