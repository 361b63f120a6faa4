import path from 'node:path';
import type { StudyFolder } from '@chromaray/contracts';
import { isHeld } from '../lock.js';
import type { OpenedReader, StudyStore } from '../ports.js';
import type { TrialKey } from '../rows.js';
import { keyText, unknownTrial } from '../trial-key.js';
import { isDamagedStore } from './damage.js';
import { replaceEpoch } from './epochs.js';
import { insertEvaluation } from './evaluations.js';
import { insertEvent } from './events.js';
import { type OpenedStore, openForReading, openForWriting } from './open.js';
import { replacePredictions } from './predictions.js';
import { sqliteReader } from './sqlite-reader.js';
import { isRefusal, notAStore } from './store-error.js';
import {
  deleteTrial,
  insertTrials,
  interruptRunning,
  setDone,
  setFailed,
  setInterrupted,
  setStarted,
  trialId,
} from './trials.js';

/**
 * Opens `study.db` for the one process that runs the study, making it where there is none.
 *
 * @param file in the study's folder, whose name is the study's
 * @throws as {@link openForWriting}
 */
export function openStudyStore(file: string): StudyStore {
  return sqliteStore(openForWriting(file), studyOf(file));
}

/**
 * Opens the store of a study that has been run, to read it; nothing in it is changed. Trials that a killed run left
 * as running are interrupted ones to a reader.
 *
 * @throws as {@link openForReading}
 */
export function openStudyReader({ store, lock }: Pick<StudyFolder, 'store' | 'lock'>): OpenedReader {
  const { connection, version, close } = openForReading(store);
  const reader = sqliteReader(connection, { study: studyOf(store), version, running: () => isHeld(lock) });
  return { ...reader, close };
}

function sqliteStore({ connection, close }: OpenedStore, study: string): StudyStore {
  const id = (trial: TrialKey): number => {
    const found = trialId(connection, trial);
    if (found === undefined) throw unknownTrial(connection.file, trial);
    return found;
  };
  const write = <T>(action: () => T): T => {
    try {
      return connection.transaction(action);
    } catch (error) {
      throw isRefusal(error) && isDamagedStore(connection) ? notAStore(connection.file, error) : error;
    }
  };
  const reader = sqliteReader(connection, { study, running: () => true });
  return {
    ...reader,
    plan: (trials) =>
      write(() => {
        const planned = new Map(trials.map((trial) => [keyText(trial), trial.fingerprint]));
        const forgotten = reader.trials().filter((trial) => planned.get(keyText(trial)) !== trial.fingerprint);
        for (const trial of forgotten) deleteTrial(connection, trial);
        insertTrials(connection, trials);
        return forgotten.map(({ arm, seed }) => ({ arm, seed }));
      }),
    markInterrupted: () => write(() => interruptRunning(connection)),
    start: (trial, start) => write(() => setStarted(connection, id(trial), now(), start)),
    addEpoch: (trial, epoch) => write(() => replaceEpoch(connection, id(trial), epoch)),
    complete: (trial, summary, predictions) =>
      write(() => {
        replacePredictions(connection, id(trial), predictions);
        setDone(connection, id(trial), now(), summary);
      }),
    fail: (trial, error) => write(() => setFailed(connection, id(trial), now(), error)),
    interrupt: (trial) => write(() => setInterrupted(connection, id(trial))),
    addEvaluation: (dataset, name, predictions) =>
      write(() => insertEvaluation(connection, { dataset, name, evaluatedAt: now() }, predictions)),
    addEvent: (happening) => {
      const at = now();
      return { seq: write(() => insertEvent(connection, at, happening)), at, study, ...happening };
    },
    close,
  };
}

function studyOf(file: string): string {
  return path.basename(path.dirname(path.resolve(file)));
}

function now(): string {
  return new Date().toISOString();
}
