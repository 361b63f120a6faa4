import { writeFileAtomic } from '@chromaray/base';
import {
  type Audit,
  type Dataset,
  type Finding,
  type OnStudyEvent,
  type Split,
  type StudyFile,
  type StudyFolder,
  studyFolder,
} from '@chromaray/contracts';
import { auditDataset, gate, planBalance, writeManifest } from '@chromaray/data';
import {
  exportPredictions,
  holdFolder,
  type StoredEpoch,
  type StoredPrediction,
  type StoredTrial,
  StudyStore,
} from '@chromaray/store';
import { armPacks, checkModels, partRecords, planTasks, planTrialsInStore, runTrials } from '@chromaray/study';
import type { OriginalSet } from './original-sets.js';

/** Where the packs and the studies of a replication are kept, and how it is watched and stopped. */
export interface ReplicationRun {
  readonly folder: string;
  readonly cache: string;
  readonly onEvent: OnStudyEvent;
  readonly signal: AbortSignal;
  /** Train again what a new version or a changed data set makes obsolete. */
  readonly retrain: boolean;
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
  const release = holdFolder(folder.lock);
  try {
    const { audit, accepted } = auditOriginal(set, folder, study, run.onEvent);
    const trained = await train(study, set, folder, run);
    return { study, folder, set, audit, accepted, ...trained };
  } finally {
    release();
  }
}

function auditOriginal(
  { dataset, split }: OriginalSet,
  folder: StudyFolder,
  study: StudyFile,
  onEvent: OnStudyEvent,
): { readonly audit: Audit; readonly accepted: readonly Finding[] } {
  onEvent({ kind: 'note', text: `Auditing ${dataset.records.length} pictures.` });
  const audit = auditDataset(dataset, split);
  writeFileAtomic(folder.audit, `${JSON.stringify(audit, null, 2)}\n`);
  const blocking = audit.findings.filter(({ severity }) => severity === 'blocks').map(({ id }) => id);
  for (const { severity, title, id } of audit.findings) {
    if (severity !== 'notes') onEvent({ kind: 'note', text: `Audit of ${study.name} ${severity}: ${title} (${id}).` });
  }
  if (blocking.length > 0) {
    onEvent({
      kind: 'note',
      text: 'A study would stop here. The replication goes on, because this is what the original did.',
    });
  }
  return { audit, accepted: gate(audit, blocking) };
}

async function train(
  study: StudyFile,
  { dataset, split }: OriginalSet,
  folder: StudyFolder,
  { cache, onEvent, signal, retrain }: ReplicationRun,
): Promise<Pick<TrainedOriginal, 'trial' | 'epochs' | 'predictions' | 'testPack'>> {
  const balance = planBalance(dataset, split, study.balance, study.split.seed);
  const packs = await armPacks({ dataset, split, balance, study }, cache, onEvent, signal);
  const store = StudyStore.open(folder.store);
  try {
    const earlierThreads = store.trials()[0]?.threads ?? undefined;
    const { tasks, concurrency } = planTasks({
      models: checkModels(study),
      study,
      dataset,
      balance,
      packs,
      folder,
      earlierThreads,
    });
    planTrialsInStore(store, tasks, folder, retrain);
    writeManifest(dataset, split, folder.manifest);
    const evaluated = {
      validation: evaluatedRecords(dataset, split, 'validation'),
      test: evaluatedRecords(dataset, split, 'test'),
    };
    await runTrials({ store, tasks, evaluated, concurrency, onEvent, signal });
    exportPredictions(store, folder.predictions);
    const trial = store.trial(tasks[0]!)!;
    const { arm, seed } = trial;
    return {
      trial,
      epochs: store.epochs(trial),
      predictions: store.predictions({ arm, seed, part: 'test' }),
      testPack: [...packs.values()][0]!.test.pack,
    };
  } finally {
    store.close();
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
