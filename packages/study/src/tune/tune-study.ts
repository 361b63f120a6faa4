import { rmSync } from 'node:fs';
import { canonicalJson, sha256 } from '@chromaray/base';
import {
  type CandidateResult,
  type Rung,
  rungEpochs,
  type StudyFile,
  type StudyFolder,
  settingsText,
  type TunedArm,
  type TuningRecord,
  tuneRungs,
} from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import { openStudyStore, readArtefactIfAny, type StudyStore, writeArtefact } from '@chromaray/store';
import { type LocateFiles, runAll, type TrialRunner, type TrialTask } from '@chromaray/trials';
import type { PrepareContext } from '../prepare/context.js';
import { prepareStudy, type StudyData } from '../prepare/prepare-study.js';
import { interrupted } from '../trials/interrupted.js';
import { planTrialsInStore } from '../trials/plan-in-store.js';
import { tuneCandidates } from './candidates.js';
import { type CandidateScore, ranked, scoreAfter } from './rank.js';
import { SearchProgress } from './search-progress.js';
import { type CandidateContext, hasDiverged, hasReached, trainCandidate, trainingOf } from './train-candidate.js';
import { candidateName, searchStudy } from './tuned-study.js';
import { withoutTest } from './without-test.js';

export interface TuneRequest {
  readonly study: StudyFile;
  /** Of the study, or of one of its splits. */
  readonly folder: StudyFolder;
  readonly data: Pick<StudyData, 'dataset' | 'split'>;
  readonly context: PrepareContext;
  readonly runner: (locate: LocateFiles) => TrialRunner;
  /** Threads of each trial, as in the study. */
  readonly threads: number;
  /** Trials of the study that are finished already. */
  readonly finishedTrials: number;
  /** Called before a search that no earlier run has finished; may throw to stop it. */
  readonly beforeSearch?: () => void | Promise<void>;
}

/**
 * Chooses every arm's hyperparameters on the validation part: the same candidates, epochs and seed for all. The data set
 * that the search is given has no test part. What earlier runs trained is kept, so that a search killed at any moment makes
 * the choices it would have made.
 *
 * @returns the choices, also written to `tuning.json`; undefined for a study without `tune`
 * @throws ChromarayError `CHROMARAY_STUDY_TUNING` when no candidate of an arm can be trained; what packs and trials throw;
 *   `CHROMARAY_INTERRUPTED`
 */
export async function tuneStudy(request: TuneRequest): Promise<TuningRecord | undefined> {
  const { study, folder, data, context, threads } = request;
  const { tune } = study;
  if (tune === undefined) return undefined;
  const { onEvent, signal } = context;
  const given = withoutTest(data.dataset, data.split);
  const candidates = tuneCandidates(tune);
  const rungs = tuneRungs(tune);
  const search = folder.tuningTrials();
  const prepared = await prepareStudy({
    study: searchStudy(study, candidates),
    // What networks are like is said once, by the study itself.
    context: { ...context, onEvent: (event) => void (event.kind === 'progress' && onEvent(event)) },
    folder: search,
    given,
    earlierThreads: threads,
  });
  const { tasks, concurrency, locate } = prepared;
  const identity = sha256(canonicalJson({ rungs, tasks: tasks.map(({ arm, fingerprint }) => [arm, fingerprint]) }));
  const kept = readArtefactIfAny('tuning', folder.tuning);
  if (kept?.identity === identity) {
    announceChoices(kept, true, context);
    return kept;
  }
  await request.beforeSearch?.();
  // Choices that no longer hold must not be reported while others are made.
  rmSync(folder.tuning, { force: true });
  const { records, positives } = given.split.counts.validation;
  onEvent({
    kind: 'tuning-planned',
    ...{ method: tune.method, arms: study.arms.length, candidates: candidates.length, rungs },
    ...{ epochs: rungEpochs(rungs), validation: records },
  });
  const store = openStudyStore(search.store);
  try {
    planTrialsInStore(store, tasks, search, true);
    const progress = new SearchProgress(tasks, rungs, study.arms.length, onEvent);
    const trained = { store, folder: search, runner: request.runner(locate), progress, signal };
    const arms = await searchArms({ study, tasks, rungs, candidates: candidates.length, concurrency }, trained);
    const record: TuningRecord = {
      ...{ identity, method: tune.method, seed: tune.seed, candidates, rungs, validation: { records, positives } },
      ...{ at: new Date().toISOString(), finishedTrials: request.finishedTrials, arms },
    };
    writeArtefact('tuning', folder.tuning, record);
    rmSync(search.checkpointRoot, { recursive: true, force: true });
    announceChoices(record, false, context);
    return record;
  } finally {
    store.close();
  }
}

interface Search {
  readonly study: StudyFile;
  readonly tasks: readonly TrialTask[];
  readonly rungs: readonly Rung[];
  readonly candidates: number;
  readonly concurrency: number;
}

/** Candidates that are left in an arm, and where those that are not stopped. */
interface ArmState {
  readonly arm: string;
  readonly left: readonly number[];
  readonly results: ReadonlyMap<number, Omit<CandidateResult, 'state'>>;
}

async function searchArms(search: Search, context: CandidateContext): Promise<readonly TunedArm[]> {
  const { study, tasks, rungs } = search;
  const byName = new Map(tasks.map((task) => [task.arm, task]));
  const all = Array.from({ length: search.candidates }, (_, i) => i + 1);
  let states: readonly ArmState[] = study.arms.map(({ name }) => ({ arm: name, left: all, results: new Map() }));
  for (const { candidates, epochs } of rungs) {
    states = states.map((state) => ({ ...state, left: state.left.slice(0, candidates) }));
    const stage = states.flatMap(({ arm, left }) => left.map((number) => byName.get(candidateName(arm, number))!));
    dropCheckpoints(tasks, stage, context);
    context.progress.begin(stage);
    for (const task of stage) if (hasReached(context, task, epochs)) context.progress.at(task, epochs);
    const open = stage.filter((task) => !hasReached(context, task, epochs));
    await runAll(open, search.concurrency, (task) => trainCandidate(task, epochs, context), context.signal);
    if (context.signal.aborted) throw interrupted();
    states = states.map((state) => rank(state, byName, epochs, context.store));
  }
  return states.map((state) => tunedArm(state, byName, context.store));
}

/** Those that are out of the search need no checkpoints any more. */
function dropCheckpoints(tasks: readonly TrialTask[], stage: readonly TrialTask[], { folder }: CandidateContext): void {
  const kept = new Set(stage);
  for (const task of tasks) {
    if (!kept.has(task)) rmSync(folder.checkpoints(task.arm, task.seed), { recursive: true, force: true });
  }
}

/** The candidates of a stage, the best first; those that failed are out. */
function rank(state: ArmState, byName: ReadonlyMap<string, TrialTask>, epochs: number, store: StudyStore): ArmState {
  const results = new Map(state.results);
  const scores = state.left.flatMap((number): readonly CandidateScore[] => {
    const task = byName.get(candidateName(state.arm, number))!;
    const score = hasDiverged(store.trial(task))
      ? undefined
      : scoreAfter(number, store.epochs(task), epochs, task.training.select);
    const { auroc = null, loss = null, selectedEpoch = null } = score ?? {};
    results.set(number, { candidate: number, epochs, auroc, loss, selectedEpoch });
    return score === undefined ? [] : [score];
  });
  return { ...state, left: ranked(scores).map(({ candidate }) => candidate), results };
}

function tunedArm({ arm, results }: ArmState, byName: ReadonlyMap<string, TrialTask>, store: StudyStore): TunedArm {
  const chosen = bestOf([...results.values()])?.candidate;
  if (chosen === undefined) throw nothingLeft(arm);
  const trained = [...results.keys()].map((number) =>
    trainingOf(store.trial(byName.get(candidateName(arm, number))!)!),
  );
  return {
    arm,
    chosen,
    epochs: trained.reduce((sum, one) => sum + one.trained, 0),
    continued: trained.every(({ continued }) => continued),
    candidates: [...results.values()]
      .sort((a, b) => a.candidate - b.candidate)
      .map((result) => ({
        ...result,
        state: result.candidate === chosen ? 'chosen' : result.auroc === null ? 'failed' : 'not chosen',
      })),
  };
}

/** The best of the last stage that anyone has finished: those that failed in a later one are out. */
function bestOf(results: readonly Omit<CandidateResult, 'state'>[]): CandidateScore | undefined {
  const scored = results.filter(({ auroc }) => auroc !== null);
  const last = Math.max(...scored.map(({ epochs }) => epochs));
  return ranked(
    scored.filter(({ epochs }) => epochs === last) as readonly ((typeof scored)[number] & CandidateScore)[],
  )[0];
}

function announceChoices({ arms, candidates }: TuningRecord, kept: boolean, { onEvent }: PrepareContext): void {
  onEvent({
    kind: 'tuning-finished',
    kept,
    chosen: arms.map(({ arm, chosen, candidates: results }) => ({
      arm,
      candidate: chosen,
      settings: settingsText(candidates.find(({ candidate }) => candidate === chosen)!.settings),
      auroc: results.find(({ candidate }) => candidate === chosen)!.auroc!,
    })),
  });
}

function nothingLeft(arm: string) {
  return codedError('CHROMARAY_STUDY_TUNING', {
    message: `No candidate of the arm "${arm}" could be trained to the end: in each the loss stopped being a number.`,
    details: { arm },
  });
}
