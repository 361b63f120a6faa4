import { rmSync } from 'node:fs';
import { writeFileAtomic } from '@chromaray/base';
import {
  type Audit,
  type Dataset,
  type Finding,
  type OnStudyEvent,
  type StudyFile,
  type StudyFolder,
  type StudyVerdict,
  serializeStudyFile,
} from '@chromaray/contracts';
import { gate, shortcutBaselines, writeManifest } from '@chromaray/data';
import { writeAudit } from '@chromaray/pages';
import {
  cacheFolder,
  readArtefactIfAny,
  type StoredTrial,
  type StudyStore,
  studyFolder,
  writeArtefact,
} from '@chromaray/store';
import {
  type LocateFiles,
  localExecution,
  placedRunner,
  type TrialExecution,
  type TrialRunner,
} from '@chromaray/trials';
import { placeStudy } from '../placement/place-study.js';
import { describeMachine, programVersions } from '../prepare/environment.js';
import { evaluatedRecords, prepareStudy, testPacksOf } from '../prepare/prepare-study.js';
import { refuseSameArms } from '../prepare/trial-tasks.js';
import { registeredPlan } from '../register/plan.js';
import { writeRegistrationPage } from '../register/register-study.js';
import { settleRegistration } from '../register/settle-registration.js';
import { planTrialsInStore, refuseForgetting } from '../trials/plan-in-store.js';
import { withChoices } from '../tune/with-choices.js';
import { announceAccepted, announceAudit, announceData, announceTraining } from './announce.js';
import { balancesText } from './balances-text.js';
import { declareStudy } from './declared.js';
import { finishStudy } from './finish-study.js';
import { auditOtherSplits, otherSplits, runOtherSplits } from './other-splits.js';
import { recordedRun } from './recorded-run.js';
import { recordedWeights } from './recorded-weights.js';
import { runTrials } from './run-trials.js';

export interface RunStudyOptions {
  /** Folder that holds studies; each gets a folder of its name in it. */
  readonly studies: string;
  /** Ids of blocking findings to accept. */
  readonly acceptRisks?: readonly string[];
  /** Train again what a changed study file or a new version makes obsolete, instead of refusing. */
  readonly retrain?: boolean;
  /** Why the registered plan is changed; without a reason, a study that is not as registered is refused. */
  readonly amend?: string | undefined;
  readonly onEvent?: OnStudyEvent;
  readonly signal?: AbortSignal;
  /** Opens what executes the trials, once the study's folder is held and before anything is read. Default: this machine. */
  readonly openExecution?: (study: StudyFile, folder: StudyFolder) => Promise<TrialExecution>;
  /** Who executes the trials, in place of `openExecution`. */
  readonly runner?: (locate: LocateFiles) => TrialRunner;
}

export interface StudyOutcome {
  readonly folder: StudyFolder;
  readonly verdict: StudyVerdict;
}

/**
 * Runs a study from its data set to its report: describe, split, audit, pack, train every arm with every seed,
 * compare, conclude. Everything that an earlier run finished is kept; an interrupted study resumes.
 *
 * @throws ChromarayError `CHROMARAY_AUDIT_BLOCKED` before any training when the audit finds leakage;
 *   `CHROMARAY_REGISTRATION_DIFFERS` when it is not the study that was registered;
 *   `CHROMARAY_STUDY_CHANGED` when finished trials no longer fit the study file; `CHROMARAY_STUDY_RUNNING`;
 *   `CHROMARAY_BACKEND_PROVIDER` before anything when the execution provider finds no device;
 *   `CHROMARAY_TRAINING_MEMORY`; `CHROMARAY_INTERRUPTED`; and what networks, data set, split, packs and trials throw
 */
export async function runStudy(study: StudyFile, options: RunStudyOptions): Promise<StudyOutcome> {
  const folder = studyFolder(options.studies, study.name);
  return recordedRun(folder, options.onEvent ?? (() => {}), async (store, onEvent) => {
    const execution = await executionOf(study, folder, options);
    try {
      return await run(study, folder, store, execution, { ...options, onEvent });
    } finally {
      await execution.close?.();
    }
  });
}

async function executionOf(
  study: StudyFile,
  folder: StudyFolder,
  { openExecution, runner }: RunStudyOptions,
): Promise<TrialExecution> {
  if (runner !== undefined) return { runner };
  return openExecution === undefined ? localExecution : openExecution(study, folder);
}

async function run(
  study: StudyFile,
  folder: StudyFolder,
  store: StudyStore,
  execution: TrialExecution,
  options: RunStudyOptions & Required<Pick<RunStudyOptions, 'onEvent'>>,
): Promise<StudyOutcome> {
  const { onEvent, signal = new AbortController().signal } = options;
  const begun = performance.now();
  const started = new Date().toISOString();
  const earlier = readArtefactIfAny('run', folder.runRecord);
  const prepared = await prepareStudy({
    study,
    context: { cache: cacheFolder(options.studies), onEvent, signal },
    folder,
    onData: (data) => announceData(data, study, onEvent),
    gate: (audit, dataset) => passGate(audit, dataset, folder, options.acceptRisks ?? [], onEvent),
    earlierThreads: earlier?.threads,
  });
  const { dataset, split, training, audit, threads, models } = prepared;
  refuseSameArms(prepared.tasks);
  const elsewhere = auditOtherSplits(study, dataset, options.acceptRisks ?? []).filter(
    ({ id }) => !prepared.accepted.some((accepted) => accepted.id === id),
  );
  announceAccepted(elsewhere, 'user', onEvent);
  const settled = settleRegistration({
    ...{ study: study.name, folder, origin: 'run', record: earlier, amend: options.amend },
    plan: registeredPlan(study, dataset, models),
    finishedTrials: finishedTrials(store).length,
  });
  const retrain = options.retrain ?? false;
  const place = await placeStudy({
    ...{ study, folder, store, prepared, execution, retrain, onEvent, signal },
    otherSplits: otherSplits(study, dataset.records),
  });
  const runner = (locate: LocateFiles): TrialRunner =>
    placedRunner(execution.runner(locate, models.memoryBytes), place);
  const context = { cache: cacheFolder(options.studies), onEvent, signal };
  const writePlan = once(async () => {
    settled.save();
    writeRegistrationPage(folder, settled.registration);
    await writeAudit(audit!, dataset, folder.root);
    writeFileAtomic(folder.studyFile, serializeStudyFile(study));
    writeManifest(dataset, split, folder.manifest);
  });
  const {
    tasks,
    concurrency: here,
    locate,
  } = await withChoices(study, prepared, {
    ...{ folder, context, runner, threads, data: { dataset, split }, finishedTrials: finishedTrials(store).length },
    beforeSearch: async () => {
      if (!retrain) refuseForgetting(finishedTrials(store));
      await writePlan();
    },
  });
  const concurrency = Math.min(execution.concurrency ?? here, tasks.length);
  planTrialsInStore(store, tasks, folder, retrain);
  await writePlan();
  const otherTestPacks: Record<string, Readonly<Record<string, string>>> = {};
  const record = {
    accepted: [...prepared.accepted, ...elsewhere],
    declared: declareStudy(study),
    balance: balancesText(study, dataset, split, training),
    versions: programVersions(tasks[0]!.training.backend),
    machine: describeMachine(prepared.accelerator),
    concurrency,
    threads,
    ...recordedWeights(study, models),
    started: earlier?.started ?? started,
    finished: null,
    shortcuts: shortcutBaselines(dataset, split),
    testPacks: testPacksOf(prepared),
  };
  const remember = (finished: string | null): void =>
    writeArtefact('run', folder.runRecord, {
      ...record,
      ...(Object.keys(otherTestPacks).length > 0 && { otherTestPacks }),
      finished,
      seconds: (earlier?.seconds ?? 0) + (performance.now() - begun) / 1000,
    });
  const complete = tasks.every((task) => store.trial(task)?.status === 'done');
  remember(null);
  const { backend } = tasks[0]!.training;
  const version = record.versions[backend] ?? '';
  const planned = { trials: tasks.length, concurrency, threads };
  const others = execution.concurrency === undefined ? {} : { elsewhere: true as const };
  announceTraining(study, { ...planned, ...others }, { backend, version }, onEvent);
  try {
    await runTrials({
      ...{ store, tasks, concurrency, onEvent, signal },
      evaluated: evaluatedRecords(prepared),
      runner: runner(locate),
      checkpoints: (task) => folder.checkpoints(task.arm, task.seed),
    });
    await runOtherSplits({
      ...{ study, folder, dataset, runner, threads },
      ...(execution.concurrency === undefined ? {} : { concurrency: execution.concurrency }),
      context,
      retrain,
      onPrepared: (number, ofSplit) => {
        otherTestPacks[number] = testPacksOf(ofSplit);
        remember(null);
      },
    });
    await execution.finish?.(signal);
  } catch (error) {
    rememberQuietly(() => remember(null));
    throw error;
  }
  remember((complete ? earlier?.finished : null) ?? new Date().toISOString());
  rmSync(folder.checkpointRoot, { recursive: true, force: true });
  return { folder, verdict: await finishStudy(folder, store, study, { onEvent, signal }) };
}

/** Written before a search, which is training too, or else with the trials. */
function once(write: () => Promise<void>): () => Promise<void> {
  let written: Promise<void> | undefined;
  return () => (written ??= write());
}

function finishedTrials(store: StudyStore): readonly StoredTrial[] {
  return store.trials().filter(({ status }) => status === 'done');
}

/**
 * The audit is kept in the folder also when it stops the study: its reader needs it most then. Otherwise it is
 * written with the plan, so that a changed study that is refused leaves the folder as it was.
 */
async function passGate(
  audit: Audit,
  dataset: Dataset,
  folder: StudyFolder,
  acceptRisks: readonly string[],
  onEvent: OnStudyEvent,
): Promise<readonly Finding[]> {
  announceAudit(audit, onEvent);
  try {
    const accepted = gate(audit, acceptRisks, folder.auditPage);
    announceAccepted(accepted, 'user', onEvent);
    return accepted;
  } catch (error) {
    await writeAudit(audit, dataset, folder.root);
    throw error;
  }
}

/** After a failure, which must not be hidden by that of writing the record of it. */
function rememberQuietly(remember: () => void): void {
  try {
    remember();
  } catch {
    // Only the run's duration is lost.
  }
}
