import { benchErrors } from './areas/bench.js';
import { colorizerErrors } from './areas/colorizer.js';
import { commandErrors } from './areas/command.js';
import { dataErrors } from './areas/data.js';
import { dicomWebErrors } from './areas/dicomweb.js';
import { evidenceErrors } from './areas/evidence.js';
import { exchangeErrors } from './areas/exchange.js';
import { imageErrors } from './areas/images.js';
import { modelErrors } from './areas/models.js';
import { mrmcErrors } from './areas/mrmc.js';
import { readerStudyErrors } from './areas/reader-study.js';
import { remoteErrors } from './areas/remote.js';
import { studyErrors } from './areas/study.js';
import { studyFileErrors } from './areas/study-file.js';
import { trainingErrors } from './areas/training.js';
import { webErrors } from './areas/web.js';
import { weightsErrors } from './areas/weights.js';
import type { ErrorArea, ErrorEntry, ErrorOutcome } from './entry.js';

/** Every error that Chromaray knows, by its code: the one place where exit codes are decided. */
export const errorTable = {
  ...commandErrors,
  ...studyFileErrors,
  ...dataErrors,
  ...dicomWebErrors,
  ...imageErrors,
  ...colorizerErrors,
  ...modelErrors,
  ...weightsErrors,
  ...trainingErrors,
  ...evidenceErrors,
  ...mrmcErrors,
  ...studyErrors,
  ...remoteErrors,
  ...readerStudyErrors,
  ...webErrors,
  ...exchangeErrors,
  ...benchErrors,
};

/** The same errors by area: the chapters of `docs/errors.md`. */
export const errorAreas: readonly { readonly title: string; readonly page: string; readonly errors: ErrorArea }[] = [
  { title: 'Commands', page: 'commands.md', errors: commandErrors },
  { title: 'Study files', page: 'study-file.md', errors: studyFileErrors },
  { title: 'Data sets', page: 'data.md', errors: dataErrors },
  { title: 'DICOMweb servers', page: 'dicom.md', errors: dicomWebErrors },
  { title: 'Images and archives', page: 'imaging.md', errors: imageErrors },
  { title: 'Colorizers', page: 'colour.md', errors: colorizerErrors },
  { title: 'Networks', page: 'transfer.md', errors: modelErrors },
  { title: 'Pretrained weights', page: 'transfer.md', errors: weightsErrors },
  { title: 'Training and backends', page: 'engine.md', errors: trainingErrors },
  { title: 'Statistics', page: 'evidence.md', errors: evidenceErrors },
  { title: 'Readings of reader studies', page: 'reader-studies.md', errors: mrmcErrors },
  { title: 'Studies', page: 'report.md', errors: studyErrors },
  { title: 'Trials on other machines', page: 'scale-out.md', errors: remoteErrors },
  { title: 'Reader studies', page: 'reader-studies.md', errors: readerStudyErrors },
  { title: 'The local web page', page: 'workbench.md', errors: webErrors },
  { title: 'Exchanges of several machines', page: 'scale-out.md', errors: exchangeErrors },
  { title: 'Benchmarks', page: 'speed.md', errors: benchErrors },
];

type Table = typeof errorTable;

/** A code of the table; another one does not compile. */
export type ErrorCode = keyof Table;

/** Codes whose remedy is the same each time. */
export type CodeWithRemedy = { [Code in ErrorCode]: Table[Code] extends { remedy: string } ? Code : never }[ErrorCode];

/** The last words of the codes of one area: `FaultOf<'ZIP'>` has `CORRUPT` for `CHROMARAY_ZIP_CORRUPT`. */
export type FaultOf<Area extends string> = ErrorCode extends infer Code
  ? Code extends `CHROMARAY_${Area}_${infer Fault}`
    ? Fault
    : never
  : never;

/** What a process ends with. 130 is what shells expect of one that Ctrl-C ended (128 + SIGINT). */
export const exitCodes = { done: 0, failed: 1, wrongUse: 2, stoppedByAudit: 3, interrupted: 130 } as const;

/** What is known of a code; undefined for one of another version, which a stored error may have. */
export function errorEntry(code: string): ErrorEntry | undefined {
  return Object.hasOwn(errorTable, code) ? (errorTable as ErrorArea)[code as ErrorCode] : undefined;
}

/** How a command ends that failed with an error of this code. */
export function outcomeOf(code: string): ErrorOutcome {
  return errorEntry(code)?.outcome ?? 'failed';
}
