import { existsSync, rmSync } from 'node:fs';
import { isChromarayError } from '@chromaray/base';
import {
  type Dataset,
  type Finding,
  hasFolds,
  type OnStudyEvent,
  type StudyFile,
  type StudyFolder,
  splitFacts,
} from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { auditDataset, gate, makeSplit, sectionOfSplit, splitCount, writeManifest } from '@chromaray/data';
import { type StudyScores, type StudySplits, studyScores } from '@chromaray/results';
import { exportPredictions, openStudyReader, openStudyStore } from '@chromaray/store';
import type { LocateFiles, TrialRunner } from '@chromaray/trials';
import type { PrepareContext } from '../prepare/context.js';
import { requireEndpointPatients } from '../prepare/endpoint-patients.js';
import { evaluatedRecords, type PreparedStudy, prepareStudy } from '../prepare/prepare-study.js';
import { planTrialsInStore, refuseForgetting } from '../trials/plan-in-store.js';
import { withChoices } from '../tune/with-choices.js';
import { runTrials } from './run-trials.js';

/** What splits are counted from where each site is a fold. */
type SitedRecords = readonly { readonly site?: string }[];

/** The study on one of its further splits, from 2: random splits have the next seeds, folds are of the same study. */
export function studyOnSplit(study: StudyFile, number: number): StudyFile {
  return { ...study, split: sectionOfSplit(study.split, number) };
}

/** Numbers of the splits after the study's own, which is the first: further random splits, folds or sites. */
export function otherSplits({ split }: StudyFile, records: SitedRecords): readonly number[] {
  return Array.from({ length: splitCount(split, records) - 1 }, (_, i) => i + 2);
}

/**
 * Audits the further splits before anything is trained: what leaks in one of them would otherwise stop the study after
 * hours.
 *
 * @returns blocking findings that were accepted, each once
 * @throws ChromarayError `CHROMARAY_AUDIT_BLOCKED`, as {@link gate}; `CHROMARAY_ENDPOINT_TOO_FEW`
 */
export function auditOtherSplits(
  study: StudyFile,
  dataset: Dataset,
  acceptRisks: readonly string[],
): readonly Finding[] {
  const found = otherSplits(study, dataset.records).flatMap((number) => {
    const { split: section } = studyOnSplit(study, number);
    try {
      const split = makeSplit(dataset, section, number);
      requireEndpointPatients(study, dataset, split);
      return gate(auditDataset(dataset, split), acceptRisks);
    } catch (error) {
      throw onSplit(error, study, number);
    }
  });
  return found.filter(({ id }, i) => found.findIndex((other) => other.id === id) === i);
}

function onSplit(error: unknown, study: StudyFile, number: number): unknown {
  if (!isChromarayError(error)) return error;
  const { code } = error;
  if (code !== 'CHROMARAY_AUDIT_BLOCKED' && code !== 'CHROMARAY_ENDPOINT_TOO_FEW') return error;
  const { seed } = studyOnSplit(study, number).split;
  const where = hasFolds(study) ? `In fold ${number}` : `On split ${number} of "split.repeats" (seed ${seed})`;
  return codedError(code, {
    message: `${where}: ${error.message}`,
    remedy: error.remedy,
    details: { ...error.details, split: number },
  });
}

export interface OtherSplitsRequest {
  readonly study: StudyFile;
  readonly folder: StudyFolder;
  readonly dataset: Dataset;
  readonly context: PrepareContext;
  readonly runner: (locate: LocateFiles) => TrialRunner;
  /** Trials that are handed over at once. Absent: as many as this machine can run. */
  readonly concurrency?: number;
  /** Threads of each trial, as for the study's own split. */
  readonly threads: number;
  readonly retrain: boolean;
  /** Told of each split, by its number, once its packs are there. */
  readonly onPrepared: (number: number, prepared: PreparedStudy) => void;
}

/**
 * Trains every arm with every seed on each further split, one split after the other. Each has a folder with its store,
 * manifest, models and predictions; what is finished is kept.
 *
 * @throws ChromarayError `CHROMARAY_STUDY_CHANGED`; what packs and trials throw; `CHROMARAY_INTERRUPTED`
 */
export async function runOtherSplits(request: OtherSplitsRequest): Promise<void> {
  for (const number of otherSplits(request.study, request.dataset.records)) await runSplit(number, request);
}

async function runSplit(number: number, request: OtherSplitsRequest): Promise<void> {
  const { dataset, threads } = request;
  const { signal } = request.context;
  const onEvent = onSplitEvent(request.context.onEvent, number);
  const context = { ...request.context, onEvent };
  const study = studyOnSplit(request.study, number);
  const folder = request.folder.split(number);
  const split = makeSplit(dataset, study.split, number);
  const prepared = await prepareStudy({
    ...{ study, context, folder, given: { dataset, split }, earlierThreads: threads },
    onData: () =>
      onEvent({ kind: 'split-made', ...splitFacts(split, dataset), seed: split.seed, counts: split.counts }),
  });
  request.onPrepared(number, prepared);
  const store = openStudyStore(folder.store);
  try {
    const finished = store.trials().filter(({ status }) => status === 'done');
    // Each split has choices of its own: those of another were made on X-rays that are tested here.
    const { tasks, concurrency, locate } = await withChoices(study, prepared, {
      ...{ folder, context, threads, runner: request.runner, data: { dataset, split } },
      finishedTrials: finished.length,
      beforeSearch: () => {
        if (!request.retrain) refuseForgetting(finished);
      },
    });
    planTrialsInStore(store, tasks, folder, request.retrain);
    writeManifest(dataset, split, folder.manifest);
    await runTrials({
      ...{ store, onEvent, signal, tasks, concurrency: request.concurrency ?? concurrency },
      evaluated: evaluatedRecords(prepared),
      runner: request.runner(locate),
      checkpoints: (task) => folder.checkpoints(task.arm, task.seed),
    });
    exportPredictions(store, folder.predictions);
  } finally {
    store.close();
  }
  rmSync(folder.checkpointRoot, { recursive: true, force: true });
}

/** What is told of a trial names its split: the same arm and seed are trained on each. */
function onSplitEvent(onEvent: OnStudyEvent, split: number): OnStudyEvent {
  return (event) =>
    onEvent('arm' in event && 'seed' in event && event.kind !== 'fell-back' ? { ...event, split } : event);
}

/**
 * What the splits of a study have come to; undefined for a study with one split.
 *
 * @param records of the study's manifest
 * @param own scores of the study's own split
 */
export function studySplits(
  study: StudyFile,
  folder: StudyFolder,
  records: SitedRecords,
  own: StudyScores,
): StudySplits | undefined {
  const others = otherSplits(study, records);
  if (others.length === 0) return undefined;
  const all = [own, ...others.flatMap((number) => scoresOn(folder.split(number)))];
  return {
    asked: others.length + 1,
    finished: all.filter((scores) => isFinished(study, scores)),
    areFolds: hasFolds(study),
  };
}

function scoresOn(folder: StudyFolder): readonly StudyScores[] {
  if (!existsSync(folder.store)) return [];
  const reader = openStudyReader(folder);
  try {
    return [studyScores(reader.predictions())];
  } finally {
    reader.close();
  }
}

function isFinished({ arms, seeds: wanted }: StudyFile, { trials }: StudyScores): boolean {
  return arms.every(({ name }) => wanted.every((seed) => trials.some((t) => t.arm === name && t.seed === seed)));
}
