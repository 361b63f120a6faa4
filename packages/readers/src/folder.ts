import path from 'node:path';

/** What a reader study leaves, by its path within the study's folder. */
const files = {
  /** The file as registered, with every default written out. */
  studyFile: 'readers.yaml',
  registration: 'registration.json',
  registrationPage: 'registration.html',
  /** Names and truths: it stays with the researcher. */
  cases: 'cases.json',
  /** Every picture, to be looked at before registration. */
  casesPage: 'cases.html',
  /** One link a reader, readable by the owner alone. */
  links: 'links.json',
  readings: 'readings.db',
  pictures: 'pictures',
  /** Held by the server, by a lock of the system. */
  lock: '.lock',
  ratings: 'ratings.csv',
  imrmc: 'ratings.imrmc',
  rjafroc: 'rjafroc',
  analysis: 'readers.json',
  report: 'report.html',
} as const;

/** A reader study's folder on this machine: absolute paths. */
export interface ReadersFolder extends Readonly<Record<keyof typeof files, string>> {
  readonly root: string;
}

/** The folder of the reader study called `name` below `directory`. */
export function readersFolder(directory: string, name: string): ReadersFolder {
  const root = path.resolve(directory, name);
  const places = Object.entries(files).map(([key, file]) => [key, path.join(root, file)]);
  return { ...(Object.fromEntries(places) as Record<keyof typeof files, string>), root };
}
