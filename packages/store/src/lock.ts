import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type ChromarayError, writeError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import Database from 'libsql';
import { storeError } from './database.js';

/** Longer than others take to look whether the folder is held. */
const patienceMilliseconds = 200;

/**
 * Holds a study's folder for this process, so that two runs do not write into one store.
 *
 * The lock is a write transaction on a small SQLite file that is never finished: the system gives it free when
 * the process ends, however it ends. A file that only says who holds it would outlive a killed process, and two
 * runs that clear it away at the same moment would both think the folder theirs.
 *
 * @param file of the lock; it stays when the folder is given free
 * @returns a function that gives the folder free
 * @throws ChromarayError `CHROMARAY_STUDY_RUNNING` while another run holds it; `CHROMARAY_FILE_WRITE`
 */
export function holdFolder(file: string): () => void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
  } catch (error) {
    throw writeError(file, error);
  }
  let connection: Database.Database | undefined;
  try {
    connection = new Database(file);
    connection.pragma(`busy_timeout = ${patienceMilliseconds}`);
    signHolder(connection);
    connection.exec('BEGIN IMMEDIATE');
  } catch (error) {
    const known = storeError(file, error);
    const busy = (known as { code?: unknown }).code === 'CHROMARAY_STORE_BUSY';
    const holder = busy && connection !== undefined ? readHolder(connection) : undefined;
    connection?.close();
    throw busy ? running(file, holder) : known;
  }
  const held = connection;
  return () => {
    held.exec('ROLLBACK');
    held.close();
  };
}

/** True while a run, of this process or another, holds the folder. */
export function isHeld(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    holdFolder(file)();
    return false;
  } catch (error) {
    return (error as { code?: unknown }).code === 'CHROMARAY_STUDY_RUNNING';
  }
}

/** The holder's process id, for the message to others; it has to be committed before it can be read by them. */
function signHolder(connection: Database.Database): void {
  connection.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${process.pid}; COMMIT`);
}

function readHolder(connection: Database.Database): number | undefined {
  try {
    const row = connection.prepare('PRAGMA user_version').get() as { user_version: number };
    return row.user_version > 0 ? row.user_version : undefined;
  } catch {
    // The holder is just signing.
    return undefined;
  }
}

function running(file: string, pid: number | undefined): ChromarayError {
  const folder = path.dirname(file);
  return codedError('CHROMARAY_STUDY_RUNNING', {
    message: `The study in ${folder} is being run by ${pid === undefined ? 'another process' : `process ${pid}`}.`,
    details: { folder, pid: pid ?? null },
  });
}
