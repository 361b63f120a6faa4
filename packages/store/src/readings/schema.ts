import type { StoreKind } from '../sqlite/schema.js';

/**
 * `readings.db`: one table, to which rows are added and from which nothing is ever taken. SQLite itself refuses other
 * changes, so that a mistake of the program cannot rewrite what a reader said.
 */
export const readingsStore: StoreKind = {
  // The letters CHRD.
  applicationId: 0x43485244,
  migrations: [
    `
    CREATE TABLE events (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      at TEXT NOT NULL,
      reader TEXT NOT NULL,
      content TEXT NOT NULL
    ) STRICT;

    CREATE TRIGGER events_keep BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'readings are never changed'); END;
    CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'readings are never removed'); END;
    `,
  ],
};
