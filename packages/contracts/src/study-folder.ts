/** What a study leaves, by its path within the study's folder; `/` separates. The one place where these names are. */
export const studyFiles = {
  /** The study file as run, with every default written out. */
  studyFile: 'study.yaml',
  /** What the study set out to do, and what was changed since. */
  registration: 'registration.json',
  /** The same as a page for readers, and printed when asked for. */
  registrationPage: 'registration.html',
  registrationPdf: 'registration.pdf',
  manifest: 'manifest.json',
  /** Which hyperparameters were chosen, and from which; there where the study searches. */
  tuning: 'tuning.json',
  audit: 'audit.json',
  /** The same as a page, with the pictures behind the findings. */
  auditPage: 'audit.html',
  store: 'study.db',
  predictions: 'predictions.csv',
  verdict: 'verdict.json',
  /** How the models behave: calibration, thresholds, subgroups, mistakes. */
  behaviour: 'behaviour.json',
  /** Where the models look, in numbers. */
  explanation: 'explanation.json',
  /** Pictures with maps, one folder a trial. */
  explanations: 'explanation',
  report: 'report.html',
  /** The same, printed; there when it was asked for. */
  pdf: 'report.pdf',
  /** The study on two pages. */
  summary: 'summary.html',
  summaryPdf: 'summary.pdf',
  /** What is remembered of the study's runs. */
  runRecord: 'run.json',
  /** Held by a run, by a lock of the system; the file itself stays. */
  lock: '.lock',
  /** Checkpoints of trials under way; gone once the study is finished. */
  checkpointRoot: 'checkpoints',
  /** What the models reached on other data sets, one file a data set. */
  evaluations: 'external',
} as const;

/** Where files are of which a study leaves several, within its folder. */
export const studyFilesOf = {
  model: (arm: string, seed: number) => `models/${arm}-${seed}.onnx`,
  checkpoints: (arm: string, seed: number) => `${studyFiles.checkpointRoot}/${arm}-${seed}`,
  /** A data set's name is not unique; with the beginning of its hash it is. */
  evaluation: (name: string, hash: string) => `${studyFiles.evaluations}/${name}-${hash.slice(0, 8)}.json`,
  /** A further split of the study (`split.repeats`), from 2: a folder with its own store, manifest and models. */
  split: (number: number) => `splits/${number}`,
  /** The search for hyperparameters: a folder with its own store, and checkpoints while it is under way. */
  tuningTrials: () => 'tuning',
  /** The verdict before the nth amendment of the plan. */
  earlierVerdict: (amendment: number) => `verdicts/verdict-${amendment}.json`,
} as const;

/** What studies of one folder share and can make again: pixel packs, and what is known of files read. */
export const cacheName = '.cache';

/** A study's folder on this machine: absolute paths of what it holds. */
export interface StudyFolder extends Readonly<Record<keyof typeof studyFiles, string>> {
  readonly root: string;
  /** Any file of the folder, by its path within it. */
  inside(name: string): string;
  model(arm: string, seed: number): string;
  checkpoints(arm: string, seed: number): string;
  evaluation(name: string, hash: string): string;
  /** Folder of a further split, from 2. */
  split(number: number): StudyFolder;
  /** Folder of the search for hyperparameters. */
  tuningTrials(): StudyFolder;
  /** Relative to the folder, as registrations name it. */
  earlierVerdict(amendment: number): string;
}
