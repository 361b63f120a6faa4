import { writeFileAtomic } from '@chromaray/base';
import type { Audit, Finding, OnStudyEvent, StudyFile, StudyFolder } from '@chromaray/contracts';
import { gate, writeManifest } from '@chromaray/data';
import {
  exportPredictions,
  type StoredEpoch,
  type StoredPrediction,
  type StoredTrial,
  type StudyStore,
  studyFolder,
} from '@chromaray/store';
import {
  announceAccepted,
  announceAudit,
  evaluatedRecords,
  planTrialsInStore,
  prepareStudy,
  recordedRun,
  runTrials,
} from '@chromaray/study';
import type { LocateFiles, TrialRunner } from '@chromaray/trials';
import type { OriginalSet } from './original-sets.js';

/** Where the packs and the studies of a replication are kept, and how it is watched and stopped. */
export interface ReplicationRun {
  readonly folder: string;
  readonly cache: string;
  readonly onEvent: OnStudyEvent;
  readonly signal: AbortSignal;
  /** Train again what a new version or a changed data set makes obsolete. */
  readonly retrain: boolean;
  readonly runner: (locate: LocateFiles) => TrialRunner;
}

/** A network of the original study, trained as it was, with all that can be told of it. */
export interface TrainedOriginal {
  readonly study: StudyFile;
  readonly folder: StudyFolder;
  readonly set: OriginalSet;
  readonly audit: Audit;
  /** Findings that would have stopped a study of this program. */
  readonly accepted: readonly Finding[];
  readonly trial: StoredTrial;
  readonly epochs: readonly StoredEpoch[];
  /** Of the test part. */
  readonly predictions: readonly StoredPrediction[];
  /** The pack that the test part was read from. */
  readonly testPack: string;
}

/**
 * Trains one network the way the original study did. The audit runs first; what would block is accepted, for
 * the mistake is what is being replicated, and kept with the result.
 *
 * @throws ChromarayError as `runStudy` does, except that the audit never stops it
 */
export async function trainOriginal(study: StudyFile, set: OriginalSet, run: ReplicationRun): Promise<TrainedOriginal> {
  const folder = studyFolder(run.folder, study.name);
  return recordedRun(folder, run.onEvent, async (store, onEvent) => ({
    ...{ study, folder, set },
    ...(await train(study, set, folder, store, { ...run, onEvent })),
  }));
}

/** The audit is kept and shown, and nothing of it stops the replication. */
function acceptAll(audit: Audit, folder: StudyFolder, onEvent: OnStudyEvent): readonly Finding[] {
  writeFileAtomic(folder.audit, `${JSON.stringify(audit, null, 2)}\n`);
  announceAudit(audit, onEvent);
  const blocking = audit.findings.filter(({ severity }) => severity === 'blocks').map(({ id }) => id);
  const accepted = gate(audit, blocking);
  announceAccepted(accepted, 'replication', onEvent);
  return accepted;
}

async function train(
  study: StudyFile,
  given: OriginalSet,
  folder: StudyFolder,
  store: StudyStore,
  { cache, onEvent, signal, retrain, runner }: ReplicationRun,
): Promise<Omit<TrainedOriginal, 'study' | 'folder' | 'set'>> {
  const prepared = await prepareStudy({
    study,
    context: { cache, onEvent, signal },
    folder,
    given,
    gate: (audit) => acceptAll(audit, folder, onEvent),
    earlierThreads: store.trials()[0]?.threads ?? undefined,
  });
  const { tasks, concurrency } = prepared;
  planTrialsInStore(store, tasks, folder, retrain);
  writeManifest(given.dataset, given.split, folder.manifest);
  await runTrials({
    ...{ store, tasks, concurrency, onEvent, signal },
    evaluated: evaluatedRecords(prepared),
    runner: runner(prepared.locate),
    checkpoints: (task) => folder.checkpoints(task.arm, task.seed),
  });
  exportPredictions(store, folder.predictions);
  const trial = store.trial(tasks[0]!)!;
  const { arm, seed } = trial;
  return {
    audit: prepared.audit!,
    accepted: prepared.accepted,
    trial,
    epochs: store.epochs(trial),
    predictions: store.predictions({ arm, seed, part: 'test' }),
    testPack: [...prepared.packs.values()][0]!.test.pack,
  };
}
