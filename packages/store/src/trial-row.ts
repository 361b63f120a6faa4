import type { Connection } from './database.js';
import type { StoredTrial, TrialStatus } from './rows.js';

interface TrialRow {
  readonly arm: string;
  readonly seed: number;
  readonly fingerprint: string;
  readonly status: TrialStatus;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly seconds: number | null;
  readonly backend: string | null;
  readonly precision: string | null;
  readonly threads: number | null;
  readonly parameters: number | null;
  readonly epochs_run: number | null;
  readonly best_epoch: number | null;
  readonly images_per_second: number | null;
  readonly peak_memory_bytes: number | null;
  readonly error: string | null;
  readonly details: string;
}

/** All trials in the order they were planned. */
export function selectTrials(connection: Connection): readonly StoredTrial[] {
  return (connection.prepare('SELECT * FROM trials ORDER BY id').all() as TrialRow[]).map((row) => ({
    arm: row.arm,
    seed: row.seed,
    fingerprint: row.fingerprint,
    status: row.status,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    seconds: row.seconds,
    backend: row.backend,
    precision: row.precision,
    threads: row.threads,
    parameters: row.parameters,
    epochsRun: row.epochs_run,
    bestEpoch: row.best_epoch,
    imagesPerSecond: row.images_per_second,
    peakMemoryBytes: row.peak_memory_bytes,
    error: row.error === null ? null : JSON.parse(row.error),
    details: JSON.parse(row.details),
  }));
}
