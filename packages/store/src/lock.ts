import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type ChromarayError, isChromarayError, writeError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { Connection } from './sqlite/connection.js';
import { storeError } from './sqlite/store-error.js';

/** Longer than others take to look whether the folder is held. */
const patienceMilliseconds = 200;

/**
 * The connections that hold a folder. SQLite closes one that the program can no longer reach, and with it the lock
 * would go: whoever asks for a folder has it until it gives it free or ends, even where it drops the function.
 */
const holding = new Set<Connection>();

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
  const connection = connect(file);
  try {
    signHolder(connection);
    connection.execute('BEGIN IMMEDIATE');
  } catch (error) {
    const holder = isBusy(error) ? readHolder(connection) : undefined;
    connection.close();
    throw isBusy(error) ? running(file, holder) : damagedLock(file, error);
  }
  holding.add(connection);
  return () => {
    holding.delete(connection);
    connection.execute('ROLLBACK');
    connection.close();
  };
}

/** True while a run, of this process or another, holds the folder. Writes nothing. */
export function isHeld(file: string): boolean {
  return holderOf(file) !== undefined;
}

/** The run that holds the folder: its process, or null where it has not signed; undefined where none holds it. */
export function holderOf(file: string): { readonly pid: number | null } | undefined {
  if (!existsSync(file)) return undefined;
  let connection: Connection | undefined;
  try {
    connection = connect(file);
    connection.execute('BEGIN IMMEDIATE');
    connection.execute('ROLLBACK');
    return undefined;
  } catch (error) {
    // Where the lock cannot be written, on a read-only file system, no run can hold it.
    return isBusy(error) && connection !== undefined ? { pid: readHolder(connection) ?? null } : undefined;
  } finally {
    connection?.close();
  }
}

function connect(file: string): Connection {
  try {
    const connection = new Connection(file);
    connection.execute(`PRAGMA busy_timeout = ${patienceMilliseconds}`);
    return connection;
  } catch (error) {
    throw storeError(file, error);
  }
}

/** A lock holds nothing that could be lost. */
function damagedLock(file: string, error: unknown): unknown {
  if (!isChromarayError(error) || error.code !== 'CHROMARAY_STORE_UNREADABLE') return error;
  return codedError('CHROMARAY_LOCK_UNREADABLE', {
    message: `${file}, by which a run holds its study, is damaged.`,
    cause: error,
    details: { file },
  });
}

function isBusy(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'CHROMARAY_STORE_BUSY';
}

/** The holder's process id, for the message to others; it has to be committed before it can be read by them. */
function signHolder(connection: Connection): void {
  connection.execute(`BEGIN IMMEDIATE; PRAGMA user_version = ${process.pid}; COMMIT`);
}

function readHolder(connection: Connection): number | undefined {
  try {
    const pid = connection.pragma('user_version');
    return pid > 0 ? pid : undefined;
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
