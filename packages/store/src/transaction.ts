import type { Connection } from './database.js';

/**
 * Does several writes or none of them. On a full disk SQLite undoes a transaction by itself; undoing it once more
 * would be an error that hides the first.
 */
export function inTransaction<T>(connection: Connection, action: () => T): T {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = action();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}
