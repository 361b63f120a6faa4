import type { SerializedError } from '@chromaray/base';
import {
  type PlannedTrial,
  type StoredTrial,
  type TrialKey,
  type TrialStart,
  type TrialSummary,
  trialStatuses,
} from '../rows.js';
import { integer, json, nullable, real, text, word } from './column.js';
import type { Connection } from './connection.js';

const columns = {
  arm: text('arm'),
  seed: integer('seed'),
  fingerprint: text('fingerprint'),
  status: word('status', trialStatuses),
  startedAt: nullable(text('started_at')),
  finishedAt: nullable(text('finished_at')),
  seconds: nullable(real('seconds')),
  backend: nullable(text('backend')),
  precision: nullable(text('precision')),
  threads: nullable(integer('threads')),
  parameters: nullable(integer('parameters')),
  epochsRun: nullable(integer('epochs_run')),
  bestEpoch: nullable(integer('best_epoch')),
  imagesPerSecond: nullable(real('images_per_second')),
  peakMemoryBytes: nullable(integer('peak_memory_bytes')),
  error: nullable(json('error', isError)),
  details: json('details', isRecord),
};

/** All trials in the order they were planned. */
export function selectTrials(connection: Connection): readonly StoredTrial[] {
  return connection.select(columns, 'FROM trials ORDER BY id');
}

export function selectTrial(connection: Connection, { arm, seed }: TrialKey): StoredTrial | undefined {
  return connection.select(columns, 'FROM trials WHERE arm = ? AND seed = ?', arm, seed)[0];
}

/** The row of a trial, or undefined when it is not planned. */
export function trialId(connection: Connection, { arm, seed }: TrialKey): number | undefined {
  return connection.select({ id: integer('id') }, 'FROM trials WHERE arm = ? AND seed = ?', arm, seed)[0]?.id;
}

export function deleteTrial(connection: Connection, { arm, seed }: TrialKey): void {
  connection.run('DELETE FROM trials WHERE arm = ? AND seed = ?', arm, seed);
}

/** Adds those trials that are not there. */
export function insertTrials(connection: Connection, trials: readonly PlannedTrial[]): void {
  const insert = connection.statement(
    "INSERT INTO trials (arm, seed, fingerprint, status) VALUES (?, ?, ?, 'waiting') ON CONFLICT DO NOTHING",
  );
  for (const { arm, seed, fingerprint } of trials) insert(arm, seed, fingerprint);
}

export function setStarted(connection: Connection, id: number, at: string, start: TrialStart): void {
  connection.run(
    `UPDATE trials SET status = 'running', started_at = coalesce(started_at, ?), finished_at = NULL, error = NULL,
       backend = ?, precision = ?, threads = ?, parameters = ? WHERE id = ?`,
    ...[at, start.backend, start.precision, start.threads, start.parameters ?? null, id],
  );
}

export function setDone(connection: Connection, id: number, at: string, summary: TrialSummary): void {
  connection.run(
    `UPDATE trials SET status = 'done', finished_at = ?, seconds = ?, epochs_run = ?, best_epoch = ?,
       images_per_second = ?, peak_memory_bytes = ?, details = ?, error = NULL WHERE id = ?`,
    ...[at, summary.seconds, summary.epochsRun, summary.bestEpoch],
    ...[summary.imagesPerSecond, summary.peakMemoryBytes, JSON.stringify(summary.details ?? {}), id],
  );
}

export function setFailed(connection: Connection, id: number, at: string, error: SerializedError): void {
  connection.run(
    "UPDATE trials SET status = 'failed', finished_at = ?, error = ? WHERE id = ?",
    ...[at, JSON.stringify(error), id],
  );
}

export function setInterrupted(connection: Connection, id: number): void {
  connection.run("UPDATE trials SET status = 'interrupted' WHERE id = ?", id);
}

export function interruptRunning(connection: Connection): void {
  connection.execute("UPDATE trials SET status = 'interrupted' WHERE status = 'running'");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isError(value: unknown): value is SerializedError {
  const texts = ['name', 'code', 'message', 'remedy'];
  return isRecord(value) && texts.every((key) => typeof value[key] === 'string') && isRecord(value.details);
}
