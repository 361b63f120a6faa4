/**
 * External evaluation: the frozen models of a study, each at the threshold its validation part chose, on a data
 * set from elsewhere. It is worth something because it is done once; so every look is recorded, and a second one
 * has to be asked for.
 */
import path from 'node:path';
import { type ChromarayError, counted, listed } from '@chromaray/base';
import {
  type ArmResult,
  type Dataset,
  type Endpoint,
  type ExternalEvaluation,
  hasFolds,
  type Manifest,
  type OnStudyEvent,
  type StudyFile,
  studyClasses,
  twoClassMeasure,
} from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { countRecords, type DescribeOptions, type ListingOptions, refuseThinClasses } from '@chromaray/data';
import { endpointShortage } from '@chromaray/evidence';
import {
  armResults,
  classProbabilities,
  compareArms,
  endpointShortageText,
  inOrder,
  partScores,
  type StudyScores,
  studyScores,
} from '@chromaray/results';
import {
  cacheFolder,
  type EvaluationPrediction,
  externalEvaluations,
  openStudyStore,
  readArtefact,
  writeArtefact,
} from '@chromaray/store';
import { describeIn } from '../prepare/context.js';
import { classPatients } from '../prepare/endpoint-patients.js';
import { findStudy } from '../run/find-study.js';
import { readStudyFile } from '../study-file/read.js';
import { type EarlierLook, earlierLooks } from './earlier-looks.js';
import { nearCopies } from './near-copies.js';
import { exactOverlap, leftOutNote, overlapError, withoutOverlap } from './overlap.js';
import { predictFrozen } from './predict-frozen.js';

export interface EvaluateOptions {
  /** Folder that holds studies. */
  readonly studies: string;
  /** The other data set. */
  readonly dataset: Pick<DescribeOptions, 'path' | 'positive' | 'patient' | keyof ListingOptions>;
  /** Look once more at a data set that has been evaluated before; counted, and said in the results. */
  readonly again?: boolean;
  /** Leave out what the models have learned from, instead of refusing the data set; recorded in the results. */
  readonly leaveOutOverlaps?: boolean;
  readonly onEvent?: OnStudyEvent;
  readonly signal?: AbortSignal;
}

/**
 * Evaluates a study on another data set.
 *
 * @throws ChromarayError `CHROMARAY_EVALUATE_UNFINISHED` without a finished trial; `CHROMARAY_EVALUATE_OVERLAP` when the
 *   models have learned from its pictures; `CHROMARAY_EVALUATE_AGAIN` for a second look that was not asked for;
 *   and what describing and predicting throw
 */
export async function evaluateStudy(study: string, options: EvaluateOptions): Promise<ExternalEvaluation> {
  const { onEvent = () => {}, signal = new AbortController().signal, again = false } = options;
  const { leaveOutOverlaps = false } = options;
  const folder = findStudy(study, options.studies);
  const store = openStudyStore(folder.store);
  try {
    const file = readStudyFile(folder.studyFile);
    const manifest = readArtefact('manifest', folder.manifest);
    const trials = store.trials();
    const finished = trials.filter(({ status }) => status === 'done');
    if (finished.length === 0) throw unfinished(file.name);

    const cache = cacheFolder(path.dirname(folder.root));
    const described = await describeIn(
      { cache, onEvent, signal },
      { ...classesAsIn(file, manifest), ...options.dataset },
    );
    const exact = exactOverlap(described, manifest);
    const copies = await nearCopies(described, file, manifest, { cache, onEvent, signal });
    const altered = (copies ?? []).filter(({ record }) => !exact.learned.some((one) => one.record === record));
    const shared = [...exact.learned, ...altered];
    if (shared.length > 0 && !leaveOutOverlaps) throw overlapError(described, shared);
    const { dataset, leftOut } = withoutOverlap(described, exact.learned, altered);
    refuseThinClasses(dataset, () => 'test', ['test']);
    // Several manifests may stand in one folder.
    const name = path.basename(path.resolve(options.dataset.path));
    const kept = new Map(externalEvaluations(folder).map((one) => [one.dataset.hash, new Set(one.pictures ?? [])]));
    const before = earlierLooks(dataset, name, store, ({ dataset: hash }) => kept.get(hash) ?? new Set());
    const results = folder.evaluation(name, dataset.hash);
    if (before.length > 0 && !again) throw seenBefore(name, before, dataset);

    const { predictions, unpinned } = await predictFrozen({
      study: file,
      folder,
      dataset,
      trials: finished,
      onEvent,
      signal,
    });
    store.addEvaluation(dataset.hash, name, predictions);
    const scores = externalScores(predictions, studyScores(store.predictions()));
    const endpoint: Endpoint = { part: 'test', ...file.endpoint };
    const refused = refusedEndpoint(endpoint, dataset, manifest);
    // What an interval could not be given for is not compared; how good each arm is by its AUROC is shown.
    const arms = armResults(file.arms, scores, refused === null ? endpoint : { ...endpoint, metric: 'auroc' });
    const timesEvaluated = before.length + 1;
    const evaluation: ExternalEvaluation = {
      study: file.name,
      dataset: {
        name,
        hash: dataset.hash,
        positive: dataset.positive,
        negative: dataset.negative,
        counts: countRecords(dataset.records, dataset.several),
      },
      timesEvaluated,
      evaluationsInAll: store.evaluations().length,
      arms,
      comparisons: refused === null ? compareArms(file.arms, scores, endpoint, true).comparisons : [],
      unfinishedTrials: trials.length - finished.length,
      notes: [
        ...(leftOut.length === 0 ? [] : [leftOutNote(leftOut)]),
        ...notes(dataset, exact.tested, timesEvaluated, trials.length - finished.length),
        ...(copies === null ? [notCompared] : []),
        ...modelsOf(file),
        ...(refused === null ? [] : [`${refused} The arms are not compared.`]),
        ...fewSeeds(arms),
        ...(unpinned === 0 ? [] : [notPinned(unpinned)]),
      ],
      ...(leaveOutOverlaps ? { leftOut } : {}),
      pictures: dataset.records.map(({ pixelHash }) => pixelHash).sort(),
      file: results,
    };
    writeArtefact('evaluation', results, evaluation);
    return evaluation;
  } finally {
    store.close();
  }
}

const notCompared =
  'The data set of the study is missing or changed, so altered copies of the models’ training pictures could not be looked for.';

/** The other data set's records take the place of the test part; thresholds stay as validation chose them. */
function externalScores(predictions: readonly EvaluationPrediction[], study: StudyScores): StudyScores {
  const ofTrial = (arm: string, seed: number): readonly EvaluationPrediction[] =>
    predictions.filter((prediction) => prediction.arm === arm && prediction.seed === seed);
  const { arm, seed } = study.trials[0]!;
  const test = partScores(ofTrial(arm, seed));
  const trials = study.trials.map((trial) => {
    const ordered = inOrder(test, ofTrial(trial.arm, trial.seed));
    return {
      ...trial,
      test: Float64Array.from(ordered, ({ probability }) => probability),
      ...classProbabilities(test, ordered),
    };
  });
  return { ...study, test, trials };
}

/** Another data set has the classes of the study unless it is told otherwise. */
function classesAsIn({ dataset }: StudyFile, manifest: Manifest) {
  const classes = studyClasses(dataset);
  if (classes === null) return { positive: manifest.dataset.positive };
  return { classes, ...(dataset.classRule === undefined ? {} : { classRule: dataset.classRule }) };
}

/** Why the endpoint cannot be compared on these records; thresholds are those of the study's validation part. */
function refusedEndpoint(endpoint: Endpoint, dataset: Dataset, manifest: Manifest): string | null {
  const validation = classPatients(manifest.records.filter(({ part }) => part === 'validation'));
  const shortage = endpointShortage(twoClassMeasure(endpoint), { test: classPatients(dataset.records), validation });
  return shortage === null ? null : endpointShortageText(endpoint, shortage, dataset);
}

function notes(dataset: Dataset, seenInTest: number, times: number, unfinishedTrials: number): readonly string[] {
  return [
    ...(times === 1
      ? []
      : [
          `The models were evaluated ${times} times on this data set. Choices made after the first evaluation are not tested by the later ones.`,
        ]),
    ...(seenInTest === 0
      ? []
      : [`${counted(seenInTest, 'picture')} ${seenInTest === 1 ? 'is' : 'are'} also in the study's own test part.`]),
    ...(dataset.patientRule === null
      ? ['Patients are unknown: every picture counts as a patient, so intervals may be too narrow.']
      : []),
    ...(dataset.unreadable.length === 0
      ? []
      : [
          `${counted(dataset.unreadable.length, 'file')} cannot be read and ${dataset.unreadable.length === 1 ? 'is' : 'are'} left out.`,
        ]),
    ...(unfinishedTrials === 0
      ? []
      : [`${counted(unfinishedTrials, 'trial')} ${unfinishedTrials === 1 ? 'is' : 'are'} not finished and left out.`]),
  ];
}

function unfinished(study: string): ChromarayError {
  return codedError('CHROMARAY_EVALUATE_UNFINISHED', {
    message: `No trial of ${study} is finished: there is no model to evaluate.`,
    details: { study },
  });
}

/** An interval over two seeds has one degree of freedom: it is so wide that it says nothing about any arms. */
function fewSeeds(arms: readonly ArmResult[]): readonly string[] {
  const few = arms.filter(({ seeds }) => seeds.length === 2).map(({ arm }) => arm);
  if (few.length === 0) return [];
  return [
    `Only 2 seeds for ${listed(few)}: intervals over seeds rest on one degree of freedom and cannot be interpreted. Train at least 3.`,
  ];
}

function notPinned(models: number): string {
  return `${counted(models, 'model')} of a version that stored no hashes: nothing shows that the files are those that were trained.`;
}

function seenBefore(name: string, before: readonly EarlierLook[], dataset: Dataset): ChromarayError {
  const [first] = before;
  const { shared, evaluation } = first!;
  return codedError('CHROMARAY_EVALUATE_AGAIN', {
    message: `These models were evaluated on ${shared} of the ${dataset.records.length} pictures of ${name} before, on ${evaluation.evaluatedAt.slice(0, 10)} as ${evaluation.name}; the results are in the study's folder external.`,
    details: { name, when: evaluation.evaluatedAt, shared, looks: before.length },
  });
}

/** Of a study with several splits, whose first one's models are kept. */
function modelsOf(study: StudyFile): readonly string[] {
  if (hasFolds(study)) return ['The models are those of the study’s first fold.'];
  return (study.split.repeats ?? 1) > 1 ? ['The models are those of the study’s first split.'] : [];
}
