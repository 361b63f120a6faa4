import { parts } from '@chromaray/contracts/names';
import type { PredictionFilter } from '../ports.js';
import type { StoredPrediction, TrialPrediction } from '../rows.js';
import { probabilitiesColumn, probabilitiesText, withProbabilities } from './class-probabilities.js';
import { codedWord, flag, integer, nullable, real, text } from './column.js';
import type { Connection } from './connection.js';

const columns = {
  trial: integer('trial'),
  part: codedWord('part', parts),
  record: text('record'),
  patient: nullable(text('patient')),
  label: text('label'),
  positive: flag('positive'),
  probability: real('probability'),
};

/** Predictions of finished trials, in the order of trials, then of records by UTF-8 bytes. */
export function selectPredictions(
  connection: Connection,
  filter: PredictionFilter,
  version: number,
): readonly StoredPrediction[] {
  const { arm = null, seed = null, part = null } = filter;
  const trials = connection.select({ id: integer('id'), arm: text('arm'), seed: integer('seed') }, 'FROM trials');
  const keys = new Map(trials.map(({ id, ...key }) => [id, key]));
  const rows = connection.select(
    { ...columns, probabilities: probabilitiesColumn(version) },
    `FROM predictions JOIN trials ON trials.id = predictions.trial
     WHERE status = 'done' AND (? IS NULL OR arm = ?) AND (? IS NULL OR seed = ?) AND (? IS NULL OR part = ?)
     ORDER BY trials.id, record`,
    ...[arm, arm, seed, seed, part, part],
  );
  return rows.map(({ trial, ...prediction }) => ({ ...keys.get(trial)!, ...withProbabilities(prediction) }));
}

/** Puts a trial's predictions in place of those it may have had. */
export function replacePredictions(
  connection: Connection,
  trial: number,
  predictions: readonly TrialPrediction[],
): void {
  connection.run('DELETE FROM predictions WHERE trial = ?', trial);
  const insert = connection.statement(
    `INSERT INTO predictions (trial, part, record, patient, label, positive, probability, probabilities)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { part, record, patient, label, positive, probability, probabilities } of predictions) {
    const ofClasses = probabilitiesText(probabilities);
    insert(trial, part, record, patient, label, positive ? 1 : 0, probability, ofClasses);
  }
}
