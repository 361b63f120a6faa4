import { rmSync } from 'node:fs';
import path from 'node:path';
import { ChromarayError, writeFileAtomic } from '@chromaray/base';
import {
  type Audit,
  type Dataset,
  type Finding,
  type OnStudyEvent,
  type Split,
  type StudyFile,
  type StudyFolder,
  type StudyVerdict,
  serializeStudyFile,
  studyFolder,
} from '@chromaray/contracts';
import {
  auditDataset,
  type BalancePlan,
  describeDataset,
  gate,
  makeSplit,
  planBalance,
  shortcutBaselines,
  writeManifest,
} from '@chromaray/data';
import { backendNames, requireProvider } from '@chromaray/engine';
import { holdFolder, readRunRecord, StudyStore, writeRunRecord } from '@chromaray/store';
import { backendOptions, weightsRecord } from '@chromaray/trials';
import { armPacks } from './arm-packs.js';
import { declareStudy } from './declared.js';
import { describeMachine, programVersions } from './environment.js';
import { finishStudy } from './finish-study.js';
import { partRecords } from './part-packs.js';
import { planTrialsInStore } from './plan-in-store.js';
import { sensitivityNote } from './planned-sensitivity.js';
import { runTrials } from './run-trials.js';
import { checkModels } from './study-models.js';
import { planTasks } from './trial-tasks.js';

export interface RunStudyOptions {
  /** Folder that holds studies; each gets a folder of its name in it. */
  readonly studies: string;
  /** Ids of blocking findings to go on in spite of. */
  readonly acceptRisks?: readonly string[];
  /** Train again what a changed study file or a new version makes obsolete, instead of refusing. */
  readonly retrain?: boolean;
  readonly onEvent?: OnStudyEvent;
  readonly signal?: AbortSignal;
}

export interface StudyOutcome {
  readonly folder: StudyFolder;
  readonly verdict: StudyVerdict;
}

/**
 * Runs a study from its data set to its report: describe, split, audit, pack, train every arm with every seed,
 * compare, conclude. Whatever an earlier run has finished is kept; an interrupted study goes on.
 *
 * @throws ChromarayError `CHROMARAY_AUDIT_BLOCKED` before any training when the audit finds leakage;
 *   `CHROMARAY_STUDY_CHANGED` when finished trials no longer fit the study file; `CHROMARAY_STUDY_RUNNING`;
 *   `CHROMARAY_BACKEND_PROVIDER` before anything when the execution provider finds no device;
 *   `CHROMARAY_TRAINING_MEMORY`; `CHROMARAY_INTERRUPTED`; and what networks, data set, split, packs and trials throw
 */
export async function runStudy(study: StudyFile, options: RunStudyOptions): Promise<StudyOutcome> {
  const folder = studyFolder(options.studies, study.name);
  const release = holdFolder(folder.lock);
  try {
    return await run(study, folder, options);
  } finally {
    release();
  }
}

async function run(study: StudyFile, folder: StudyFolder, options: RunStudyOptions): Promise<StudyOutcome> {
  const { onEvent = () => {}, signal = new AbortController().signal } = options;
  const begun = performance.now();
  const started = new Date().toISOString();
  const cache = path.resolve(options.studies, '.cache');

  const models = checkModels(study);
  const accelerator = await acceleratorOf(study);
  const dataset = await describe(study, cache, onEvent, signal);
  const split = makeSplit(dataset, study.split);
  const balance = planBalance(dataset, split, study.balance, study.split.seed);
  const audit = auditDataset(dataset, split);
  const accepted = passGate(audit, folder, options.acceptRisks ?? [], onEvent);
  announce(dataset, split, balance, study, onEvent);

  const packs = await interruptible(signal, () => armPacks({ dataset, split, balance, study }, cache, onEvent, signal));
  const earlier = readRunRecord(folder.runRecord);
  const inputs = { study, dataset, balance, packs, folder, models, earlierThreads: earlier?.threads };
  const { tasks, concurrency, threads } = planTasks(inputs);
  const store = StudyStore.open(folder.store);
  try {
    planTrialsInStore(store, tasks, folder, options.retrain ?? false);
    writeAudit(audit, folder);
    writeFileAtomic(folder.studyFile, serializeStudyFile(study));
    writeManifest(dataset, split, folder.manifest);
    const record = {
      accepted,
      declared: declareStudy(study, store, earlier),
      balance: balanceText(balance),
      versions: programVersions(tasks[0]!.training.backend),
      machine: describeMachine(accelerator),
      concurrency,
      threads,
      ...(models.weights === undefined ? {} : { weights: weightsRecord(models.weights) }),
      started: earlier?.started ?? started,
      finished: null,
      shortcuts: shortcutBaselines(dataset, split),
      testPacks: Object.fromEntries([...packs].map(([kind, parts]) => [kind, parts.test.pack])),
    };
    const remember = (finished: string | null): void =>
      writeRunRecord(folder.runRecord, {
        ...record,
        finished,
        seconds: (earlier?.seconds ?? 0) + (performance.now() - begun) / 1000,
      });
    const complete = tasks.every((task) => store.trial(task)?.status === 'done');
    remember(null);
    onEvent({ kind: 'note', text: trainingNote(tasks.length, concurrency, threads, record.versions) });
    try {
      const evaluated = {
        validation: evaluatedRecords(dataset, split, 'validation'),
        test: evaluatedRecords(dataset, split, 'test'),
      };
      await runTrials({ store, tasks, evaluated, concurrency, onEvent, signal });
    } catch (error) {
      rememberQuietly(() => remember(null));
      throw error;
    }
    remember((complete ? earlier?.finished : null) ?? new Date().toISOString());
    rmSync(folder.checkpointRoot, { recursive: true, force: true });
    return { folder, verdict: await finishStudy(folder, store, study, onEvent, { signal }) };
  } finally {
    store.close();
  }
}

/** The device that a study asks for, tried before anything else is done; null for the CPU. */
async function acceleratorOf({ training }: StudyFile): Promise<string | null> {
  const { provider, providerOptions } = backendOptions(training);
  if (provider === 'cpu') return null;
  const { device } = await requireProvider(provider, providerOptions === undefined ? {} : { providerOptions });
  return device === undefined ? provider : `${device} (${provider})`;
}

async function describe(study: StudyFile, cache: string, onEvent: OnStudyEvent, signal: AbortSignal): Promise<Dataset> {
  return interruptible(signal, () =>
    describeDataset({
      ...study.dataset,
      cacheDirectory: cache,
      signal,
      onProgress: ({ done, total }) => onEvent({ kind: 'progress', phase: 'reading', done, total, unit: 'images' }),
    }),
  );
}

/**
 * The audit is kept in the folder also when it stops the study: its reader needs it most then. Otherwise it is
 * written with the plan, so that a changed study that is refused leaves the folder as it was.
 */
function passGate(
  audit: Audit,
  folder: StudyFolder,
  acceptRisks: readonly string[],
  onEvent: OnStudyEvent,
): readonly Finding[] {
  for (const { severity, title, remedy } of audit.findings) {
    if (severity === 'warns') onEvent({ kind: 'note', text: `Audit warns: ${title}. ${remedy}` });
  }
  try {
    const accepted = gate(audit, acceptRisks);
    for (const { title } of accepted)
      onEvent({ kind: 'note', text: `Risk accepted, the verdict will be invalid: ${title}.` });
    return accepted;
  } catch (error) {
    writeAudit(audit, folder);
    throw error;
  }
}

function writeAudit(audit: Audit, folder: StudyFolder): void {
  writeFileAtomic(folder.audit, `${JSON.stringify(audit, null, 2)}\n`);
}

function announce(dataset: Dataset, split: Split, balance: BalancePlan, study: StudyFile, onEvent: OnStudyEvent): void {
  const { train, validation, test } = split.counts;
  const patients = (count: number | null): string => (count === null ? '' : ` of ${count} patients`);
  const notes = [
    `${dataset.records.length} X-rays: train ${train.records}${patients(train.patients)}, validation ${validation.records}${patients(validation.patients)}, test ${test.records}${patients(test.patients)}.`,
    ...(dataset.unreadable.length === 0
      ? []
      : [`${dataset.unreadable.length} files cannot be read and are left out; audit.json lists them.`]),
    ...(dataset.leftOut === undefined
      ? []
      : [`${dataset.leftOut.length} records are left out, as the study file says.`]),
    ...split.notes,
    ...balance.notes,
    ...batchNotes(balance, study),
    sensitivityNote(split, study),
  ];
  for (const text of notes) onEvent({ kind: 'note', text });
}

function batchNotes({ entries }: BalancePlan, { training }: StudyFile): readonly string[] {
  if (training.batch <= entries.length) return [];
  return [
    `Batches of ${training.batch} are larger than the training part of ${entries.length} pictures: every step takes all of them.`,
  ];
}

function trainingNote(
  trials: number,
  concurrency: number,
  threads: number,
  versions: Readonly<Record<string, string>>,
): string {
  const backend = backendNames.find((name) => name in versions) ?? '';
  return `${trials} trials, ${concurrency} at once with ${threads} ${threads === 1 ? 'thread' : 'threads'} each, on ${backend} ${versions[backend]}.`;
}

function balanceText({ method, classWeights, entries, notes }: BalancePlan): string {
  switch (method) {
    case 'none':
      return 'The classes of the training part are left as they are.';
    case 'weights':
      return `Classes are weighted in the loss: positives by ${classWeights.positive.toFixed(3)}, negatives by ${classWeights.negative.toFixed(3)}.`;
    case 'augment':
      return notes[0] ?? `The training part is raised to ${entries.length} pictures by augmentation.`;
  }
}

function evaluatedRecords(dataset: Dataset, split: Split, part: 'validation' | 'test') {
  return partRecords(dataset, split, part).map(({ id, patient, label, positive }) => ({
    record: id,
    patient,
    label,
    positive,
  }));
}

/** After a failure, which must not be hidden by that of writing the record of it. */
function rememberQuietly(remember: () => void): void {
  try {
    remember();
  } catch {
    // Only the run's duration is lost.
  }
}

/** Work that throws the signal's own reason when aborted becomes the study's error for it. */
async function interruptible<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) throw interrupted(error);
    throw error;
  }
}

function interrupted(cause: unknown): ChromarayError {
  return new ChromarayError({
    code: 'CHROMARAY_INTERRUPTED',
    message: 'The study was interrupted before training.',
    remedy: 'Run the same command again: it goes on where it stopped.',
    cause,
  });
}
