import { programVersion } from '@chromaray/base';
import type { EventError, OnStudyEvent, RunEnded, StudyFolder } from '@chromaray/contracts';
import { holdFolder, openStudyStore, type StudyStore } from '@chromaray/store';
import { failureOf } from '../trials/failure-of.js';
import { recordEvents } from './record-events.js';

/**
 * Holds a study's folder and store for one run. What happens in it is kept in the store and passed on, from its start
 * to how it ended.
 *
 * @throws ChromarayError `CHROMARAY_STUDY_RUNNING` while another run holds the folder; what opening the store throws;
 *   what `run` throws
 */
export async function recordedRun<T>(
  folder: Pick<StudyFolder, 'lock' | 'store'>,
  onEvent: OnStudyEvent,
  run: (store: StudyStore, onEvent: OnStudyEvent) => Promise<T>,
): Promise<T> {
  const release = holdFolder(folder.lock);
  try {
    const store = openStudyStore(folder.store);
    try {
      const record = recordEvents(store, onEvent);
      record({ kind: 'run-started', version: programVersion() });
      try {
        const outcome = await run(store, record);
        record({ kind: 'run-ended', outcome: 'concluded', error: null });
        return outcome;
      } catch (error) {
        endQuietly(record, error);
        throw error;
      }
    } finally {
      store.close();
    }
  } finally {
    release();
  }
}

/** The failure itself is what the user must see, also when the disk is too full to record it. */
function endQuietly(record: OnStudyEvent, cause: unknown): void {
  const { code, message, remedy } = failureOf(cause);
  const error: EventError = { code, message, remedy };
  try {
    record({ kind: 'run-ended', outcome: outcomeOf(code), error });
  } catch {
    // Whoever watches sees that the lock is free.
  }
}

function outcomeOf(code: string): RunEnded['outcome'] {
  if (code === 'CHROMARAY_AUDIT_BLOCKED') return 'stopped-by-audit';
  return code === 'CHROMARAY_INTERRUPTED' ? 'interrupted' : 'failed';
}
