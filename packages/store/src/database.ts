import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type ChromarayError, isChromarayError, writeError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import Database from 'libsql';
import { applicationId, migrations, schemaVersion } from './schema.js';
import { inTransaction } from './transaction.js';

export type Connection = Database.Database;

/**
 * Opens the SQLite file of a study, making or migrating it where needed. Write-ahead logging with full
 * synchronisation: what a transaction has committed survives a killed process and a power cut.
 *
 * @throws ChromarayError `CHROMARAY_STORE_NEWER` for a store of a later Chromaray,
 *   `CHROMARAY_STORE_UNREADABLE` for a file that is no study's store,
 *   `CHROMARAY_FILE_WRITE` when the folder cannot be written.
 */
export function openDatabase(file: string): Connection {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
  } catch (error) {
    throw writeError(file, error);
  }
  let connection: Connection | undefined;
  try {
    connection = new Database(file);
    connection.pragma('busy_timeout = 10000');
    const fresh = isEmpty(connection);
    if (!fresh && pragma(connection, 'application_id') !== applicationId) throw notAStore(file);
    refuseNewer(connection, file);
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    migrate(connection);
    return connection;
  } catch (error) {
    connection?.close();
    throw storeError(file, error);
  }
}

/** Opens an existing store, or throws `CHROMARAY_STORE_MISSING`. */
export function openExistingDatabase(file: string): Connection {
  if (existsSync(file)) return openDatabase(file);
  throw codedError('CHROMARAY_STORE_MISSING', {
    message: `${file} does not exist: this study has not been run yet.`,
    details: { file },
  });
}

/** Turns an error of SQLite into one that says what to do. */
export function storeError(file: string, error: unknown): unknown {
  if (isChromarayError(error) || !(error instanceof Error)) return error;
  const code = String((error as { code?: unknown }).code ?? '');
  const message = error.message;
  if (code === 'SQLITE_FULL' || /disk is full/i.test(message)) {
    return writeError(file, Object.assign(new Error(message), { code: 'ENOSPC' }));
  }
  if (code.startsWith('SQLITE_IOERR') || /disk I\/O error/i.test(message)) {
    return codedError('CHROMARAY_FILE_WRITE', {
      message: `${file} could not be read or written (${message}), as happens when the disk is full.`,
      remedy: 'Free some space or check the disk, then run the same command again: what was finished is kept.',
      cause: error,
      details: { file },
    });
  }
  if (code === 'SQLITE_READONLY' || code === 'SQLITE_CANTOPEN' || /readonly database|unable to open/i.test(message)) {
    return writeError(file, Object.assign(new Error(message), { code: 'EACCES' }));
  }
  if (code.startsWith('SQLITE_BUSY') || /database is locked/i.test(message)) {
    return codedError('CHROMARAY_STORE_BUSY', {
      message: `${file} is being written by another process.`,
      cause: error,
      details: { file },
    });
  }
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT' || /not a database|malformed/i.test(message)) {
    return notAStore(file, error);
  }
  return error;
}

function migrate(connection: Connection): void {
  if (pragma(connection, 'user_version') >= schemaVersion) return;
  inTransaction(connection, () => {
    for (let version = pragma(connection, 'user_version'); version < schemaVersion; version++) {
      connection.exec(migrations[version]!);
    }
    connection.pragma(`user_version = ${schemaVersion}`);
    connection.pragma(`application_id = ${applicationId}`);
  });
}

function refuseNewer(connection: Connection, file: string): void {
  const version = pragma(connection, 'user_version');
  if (version <= schemaVersion) return;
  throw codedError('CHROMARAY_STORE_NEWER', {
    message: `${file} was written by a newer Chromaray (store version ${version}; this one reads up to ${schemaVersion}).`,
    details: { file, version, supported: schemaVersion },
  });
}

function notAStore(file: string, cause?: unknown): ChromarayError {
  return codedError('CHROMARAY_STORE_UNREADABLE', {
    message: `${file} is not the store of a study, or is damaged.`,
    cause,
    details: { file },
  });
}

function isEmpty(connection: Connection): boolean {
  const row = connection.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number };
  return row.tables === 0;
}

function pragma(connection: Connection, name: string): number {
  const row = connection.prepare(`PRAGMA ${name}`).get() as Record<string, number>;
  return row[name] ?? 0;
}
