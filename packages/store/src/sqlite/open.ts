import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ChromarayError, writeError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { Connection } from './connection.js';
import { type StoreKind, studyStore } from './schema.js';
import { isUnopenable, notAStore, storeError } from './store-error.js';

/** A connection whose file is known to be a study's store. */
export interface OpenedStore {
  readonly connection: Connection;
  /** Of the tables: a store that is only read is not migrated. */
  readonly version: number;
  close(): void;
}

/**
 * Opens the SQLite file of a study for writing, making or migrating it where needed. Write-ahead logging with full
 * synchronisation: what a transaction has committed survives a killed process and a power cut.
 *
 * @throws ChromarayError `CHROMARAY_STORE_NEWER` for a store of a later Chromaray,
 *   `CHROMARAY_STORE_UNREADABLE` for a file that is no study's store,
 *   `CHROMARAY_FILE_WRITE` when the folder cannot be written.
 */
export function openForWriting(file: string, kind: StoreKind = studyStore): OpenedStore {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
  } catch (error) {
    throw writeError(file, error);
  }
  const connection = connect(file, file);
  try {
    connection.execute(`PRAGMA busy_timeout = ${patienceMilliseconds}`);
    if (!isEmpty(connection)) requireStore(connection, kind);
    connection.execute('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    migrate(connection, kind);
    return {
      connection,
      version: kind.migrations.length,
      close() {
        putLogAway(connection);
        connection.close();
      },
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Leaves one file that may be copied alone: the library may keep the log for as long as its process lives. */
function putLogAway(connection: Connection): void {
  try {
    connection.execute('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // What the log holds is kept in it.
  }
}

/**
 * Opens an existing store to read it, without changing anything in it: it may belong to a run of another process, to
 * an earlier version, or lie on a file system that is read-only.
 *
 * @throws ChromarayError `CHROMARAY_STORE_MISSING`, and as {@link openForWriting}
 */
export function openForReading(file: string, kind: StoreKind = studyStore): OpenedStore {
  if (!existsSync(file)) throw missing(file);
  try {
    return reading(connect(file, file), kind);
  } catch (error) {
    if (!isUnopenable((error as Error).cause ?? error)) throw error;
    return openFrozen(file, kind);
  }
}

/** How long a statement waits for another process that writes. */
const patienceMilliseconds = 10_000;

/**
 * Where SQLite cannot make the files by which its processes share a store, nobody writes: the store is read as it is,
 * and from a copy when a killed run left a log with it, which can only be read where files can be made.
 */
function openFrozen(file: string, kind: StoreKind): OpenedStore {
  const log = `${file}-wal`;
  if (!existsSync(log) || statSync(log).size === 0) {
    return reading(connect(file, `${pathToFileURL(file).href}?mode=ro&immutable=1`), kind);
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'chromaray-store-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = path.join(folder, 'study.db');
    copyFileSync(file, copy);
    copyFileSync(log, `${copy}-wal`);
    return reading(connect(file, copy), kind, remove);
  } catch (error) {
    remove();
    throw storeError(file, error);
  }
}

function reading(connection: Connection, kind: StoreKind, afterwards: () => void = () => {}): OpenedStore {
  try {
    connection.execute(`PRAGMA busy_timeout = ${patienceMilliseconds}; PRAGMA query_only = ON`);
    // A run that is just starting has made the file and not yet its tables.
    if (isEmpty(connection)) throw missing(connection.file);
    const version = requireStore(connection, kind);
    return {
      connection,
      version,
      close() {
        connection.close();
        afterwards();
      },
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

function connect(file: string, address: string): Connection {
  try {
    return new Connection(file, address);
  } catch (error) {
    throw storeError(file, error);
  }
}

/** @returns the version of the store's tables */
function requireStore(connection: Connection, { applicationId, migrations }: StoreKind): number {
  const { file } = connection;
  if (connection.pragma('application_id') !== applicationId) throw notAStore(file);
  const version = connection.pragma('user_version');
  if (version > migrations.length) throw newer(file, version, migrations.length);
  if (version < 1) throw notAStore(file);
  return version;
}

function migrate(connection: Connection, { applicationId, migrations }: StoreKind): void {
  const schemaVersion = migrations.length;
  if (connection.pragma('user_version') >= schemaVersion) return;
  connection.transaction(() => {
    for (let version = connection.pragma('user_version'); version < schemaVersion; version++) {
      connection.execute(migrations[version]!);
    }
    connection.execute(`PRAGMA user_version = ${schemaVersion}; PRAGMA application_id = ${applicationId}`);
  });
}

function isEmpty(connection: Connection): boolean {
  return connection.select({ one: { sql: '1', decode: () => 1 } }, 'FROM sqlite_schema LIMIT 1').length === 0;
}

function missing(file: string): ChromarayError {
  return codedError('CHROMARAY_STORE_MISSING', {
    message: `${file} does not exist or holds nothing yet: this study has not been run.`,
    details: { file },
  });
}

function newer(file: string, version: number, supported: number): ChromarayError {
  return codedError('CHROMARAY_STORE_NEWER', {
    message: `${file} was written by a newer Chromaray (store version ${version}; this one reads up to ${supported}).`,
    details: { file, version, supported },
  });
}
