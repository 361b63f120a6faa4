import path from 'node:path';

/** Where a study keeps what it leaves. */
export interface StudyFolder {
  readonly root: string;
  /** Any file of the folder, by its path within it. */
  inside(...names: string[]): string;
  /** The study file as run, with every default written out. */
  readonly studyFile: string;
  /** What the study set out to do, and what was changed since. */
  readonly registration: string;
  /** The same as a page for readers, and printed when asked for. */
  readonly registrationPage: string;
  readonly registrationPdf: string;
  readonly manifest: string;
  readonly audit: string;
  /** The same as a page, with the pictures behind the findings. */
  readonly auditPage: string;
  readonly store: string;
  readonly predictions: string;
  readonly verdict: string;
  /** Verdicts that stood before the plan was amended, relative to the folder: the nth amendment's. */
  earlierVerdict(amendment: number): string;
  /** How the models behave: calibration, thresholds, subgroups, mistakes. */
  readonly behaviour: string;
  /** Where the models look, in numbers. */
  readonly explanation: string;
  /** Pictures with maps, one folder a trial. */
  readonly explanations: string;
  readonly report: string;
  /** The same, printed; there when it was asked for. */
  readonly pdf: string;
  /** What is remembered of the study's runs. */
  readonly runRecord: string;
  /** Held by a run, by a lock of the system; the file itself stays. */
  readonly lock: string;
  /** Checkpoints of trials under way; gone once the study is finished. */
  readonly checkpointRoot: string;
  model(arm: string, seed: number): string;
  checkpoints(arm: string, seed: number): string;
}

/** What studies of one folder share and can make again: pixel packs, and what is known of files already read. */
export function cacheFolder(directory: string): string {
  return path.resolve(directory, '.cache');
}

/** The folder of a study called `name` below `directory` (usually `studies`). */
export function studyFolder(directory: string, name: string): StudyFolder {
  const root = path.resolve(directory, name);
  const inside = (...names: string[]): string => path.join(root, ...names);
  return {
    root,
    inside,
    studyFile: inside('study.yaml'),
    registration: inside('registration.json'),
    registrationPage: inside('registration.html'),
    registrationPdf: inside('registration.pdf'),
    manifest: inside('manifest.json'),
    audit: inside('audit.json'),
    auditPage: inside('audit.html'),
    store: inside('study.db'),
    predictions: inside('predictions.csv'),
    verdict: inside('verdict.json'),
    earlierVerdict: (amendment) => `verdicts/verdict-${amendment}.json`,
    behaviour: inside('behaviour.json'),
    explanation: inside('explanation.json'),
    explanations: inside('explanation'),
    report: inside('report.html'),
    pdf: inside('report.pdf'),
    runRecord: inside('run.json'),
    lock: inside('.lock'),
    checkpointRoot: inside('checkpoints'),
    model: (arm, seed) => inside('models', `${arm}-${seed}.onnx`),
    checkpoints: (arm, seed) => inside('checkpoints', `${arm}-${seed}`),
  };
}
