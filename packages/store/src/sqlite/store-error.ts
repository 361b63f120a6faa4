import { type ChromarayError, isChromarayError, writeError } from '@chromaray/base';
import { codedError } from '@chromaray/contracts/errors';
import { Damage } from './column.js';

/** Turns an error of SQLite into one that says what to do. What is no error of SQLite stays as it is. */
export function storeError(file: string, error: unknown): unknown {
  if (isChromarayError(error) || !(error instanceof Error)) return error;
  if (error instanceof Damage) return notAStore(file, error);
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
  if (isUnopenable(error)) return writeError(file, Object.assign(new Error(message), { code: 'EACCES' }));
  if (code.startsWith('SQLITE_BUSY') || /database is locked/i.test(message)) {
    return codedError('CHROMARAY_STORE_BUSY', {
      message: `${file} is being written by another process.`,
      cause: error,
      details: { file },
    });
  }
  // A value that a table refuses is a mistake of the code that wrote it. All else that SQLite can say of the few statements
  // of this package means that the file is not as it was written.
  if (isRefusal(error) || !code.startsWith('SQLITE_')) return error;
  return notAStore(file, error);
}

/** True when a table refused a value. */
export function isRefusal(error: unknown): boolean {
  return String((error as { code?: unknown }).code).startsWith('SQLITE_CONSTRAINT');
}

/** True for a folder or a file that may be read only, or not at all. */
export function isUnopenable(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: string };
  const codes = ['SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_PERM'];
  return (
    codes.some((known) => String(code).startsWith(known)) || /readonly database|unable to open/i.test(message ?? '')
  );
}

export function notAStore(file: string, cause?: unknown): ChromarayError {
  return codedError('CHROMARAY_STORE_UNREADABLE', {
    message: `${file} is not the store of a study, or is damaged${cause instanceof Error ? ` (${cause.message})` : ''}.`,
    cause,
    details: { file },
  });
}
