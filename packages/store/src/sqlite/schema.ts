/**
 * The tables of `study.db`, as a list of migrations: entry k brings a store from version k to k + 1, and
 * `PRAGMA user_version` says which have run. A published entry is never edited; changes are appended.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE trials (
    id INTEGER PRIMARY KEY,
    arm TEXT NOT NULL,
    seed INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('waiting', 'running', 'interrupted', 'done', 'failed')),
    started_at TEXT,
    finished_at TEXT,
    seconds REAL,
    backend TEXT,
    precision TEXT,
    threads INTEGER,
    parameters INTEGER,
    epochs_run INTEGER,
    best_epoch INTEGER,
    images_per_second REAL,
    peak_memory_bytes INTEGER,
    error TEXT,
    details TEXT NOT NULL DEFAULT '{}',
    UNIQUE (arm, seed)
  ) STRICT;

  CREATE TABLE epochs (
    trial INTEGER NOT NULL REFERENCES trials (id) ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    train_loss REAL NOT NULL,
    train_accuracy REAL,
    validation_loss REAL,
    validation_accuracy REAL,
    validation_auroc REAL,
    learning_rate REAL,
    seconds REAL NOT NULL,
    PRIMARY KEY (trial, epoch)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE predictions (
    trial INTEGER NOT NULL REFERENCES trials (id) ON DELETE CASCADE,
    part TEXT NOT NULL CHECK (part IN ('train', 'validation', 'test')),
    record TEXT NOT NULL,
    patient TEXT,
    label TEXT NOT NULL,
    positive INTEGER NOT NULL CHECK (positive IN (0, 1)),
    probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
    PRIMARY KEY (trial, record)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE evaluations (
    id INTEGER PRIMARY KEY,
    dataset TEXT NOT NULL,
    name TEXT NOT NULL,
    evaluated_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE evaluation_predictions (
    evaluation INTEGER NOT NULL REFERENCES evaluations (id) ON DELETE CASCADE,
    arm TEXT NOT NULL,
    seed INTEGER NOT NULL,
    record TEXT NOT NULL,
    patient TEXT,
    label TEXT NOT NULL,
    positive INTEGER NOT NULL CHECK (positive IN (0, 1)),
    probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
    PRIMARY KEY (evaluation, arm, seed, record)
  ) STRICT, WITHOUT ROWID;
  `,
  // Numbers are never used twice, also not those of progress that newer progress replaced. `phase` is that of progress.
  `
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    phase TEXT UNIQUE,
    content TEXT NOT NULL
  ) STRICT;
  `,
  // JSON, the probability of each of several classes by its name; NULL where there are two.
  `
  ALTER TABLE predictions ADD COLUMN probabilities TEXT;
  ALTER TABLE evaluation_predictions ADD COLUMN probabilities TEXT;
  `,
];

/** The first version that keeps looks at other data sets, that keeps events, and that keeps probabilities of several classes. */
export const evaluationsSince = 2;
export const eventsSince = 3;
export const severalClassesSince = 4;

/** Version of a store this program writes. A new kind of event needs a new version too: older readers do not know it. */
export const schemaVersion = migrations.length;

/** What tells the SQLite files of this program apart, and how their tables came about. */
export interface StoreKind {
  readonly applicationId: number;
  readonly migrations: readonly string[];
}

/** Marked as a study's store by the letters CHRO. */
export const studyStore: StoreKind = { applicationId: 0x4348524f, migrations };
