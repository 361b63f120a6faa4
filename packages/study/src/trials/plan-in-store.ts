import { rmSync } from 'node:fs';
import type { ChromarayError } from '@chromaray/base';
import type { StudyFolder } from '@chromaray/contracts';
import { codedError } from '@chromaray/contracts/errors';
import type { StudyReader, StudyWriter, TrialKey } from '@chromaray/store';
import type { TrialTask } from '@chromaray/trials';

/**
 * Makes the store hold exactly the planned trials and clears what is left of others: results, checkpoints and
 * models. Finished work is never thrown away unasked.
 *
 * @throws ChromarayError `CHROMARAY_STUDY_CHANGED` when that would forget finished trials and `retrain` is false
 */
export function planTrialsInStore(
  store: Pick<StudyReader, 'trials'> & Pick<StudyWriter, 'plan' | 'markInterrupted'>,
  tasks: readonly TrialTask[],
  folder: StudyFolder,
  retrain: boolean,
): void {
  const planned = new Map(tasks.map((task) => [`${task.arm}-${task.seed}`, task.fingerprint]));
  const lost = store
    .trials()
    .filter((trial) => trial.status === 'done' && planned.get(`${trial.arm}-${trial.seed}`) !== trial.fingerprint);
  if (!retrain) refuseForgetting(lost);
  for (const { arm, seed } of store.plan(tasks)) {
    rmSync(folder.checkpoints(arm, seed), { recursive: true, force: true });
    rmSync(folder.model(arm, seed), { force: true });
  }
  store.markInterrupted();
}

/** @throws ChromarayError `CHROMARAY_STUDY_CHANGED` when there are finished trials that would be forgotten */
export function refuseForgetting(lost: readonly TrialKey[]): void {
  if (lost.length > 0) throw changed(lost.map(({ arm, seed }) => `${arm}-${seed}`));
}

function changed(trials: readonly string[]): ChromarayError {
  return codedError('CHROMARAY_STUDY_CHANGED', {
    message: `The study file, the data set or the program changed since these trials were trained: ${trials.join(', ')}.`,
    details: { trials },
  });
}
