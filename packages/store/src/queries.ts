import type { Part } from '@chromaray/contracts';
import type { Connection } from './database.js';
import type { StoredEpoch, StoredPrediction, TrialKey, TrialPrediction } from './rows.js';

/** Which predictions are asked for; what is absent does not narrow. */
export interface PredictionFilter {
  readonly arm?: string;
  readonly seed?: number;
  readonly part?: Part;
}

export function deleteTrial(connection: Connection, trial: TrialKey): void {
  connection.prepare('DELETE FROM trials WHERE arm = ? AND seed = ?').run(trial.arm, trial.seed);
}

/** Puts a trial's predictions in place of those it may have had. */
export function insertPredictions(
  connection: Connection,
  trial: number,
  predictions: readonly TrialPrediction[],
): void {
  connection.prepare('DELETE FROM predictions WHERE trial = ?').run(trial);
  const insert = connection.prepare(
    `INSERT INTO predictions (trial, part, record, patient, label, positive, probability) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { part, record, patient, label, positive, probability } of predictions) {
    insert.run(trial, part, record, patient, label, positive ? 1 : 0, probability);
  }
}

export function selectEpochs(connection: Connection, trial: number): readonly StoredEpoch[] {
  return connection
    .prepare(
      `SELECT epoch, train_loss AS trainLoss, train_accuracy AS trainAccuracy, validation_loss AS validationLoss,
         validation_accuracy AS validationAccuracy, validation_auroc AS validationAuroc,
         learning_rate AS learningRate, seconds
       FROM epochs WHERE trial = ? ORDER BY epoch`,
    )
    .all(trial) as StoredEpoch[];
}

/** Predictions of finished trials, in the order of trials, then of records by UTF-8 bytes. */
export function selectPredictions(connection: Connection, filter: PredictionFilter): readonly StoredPrediction[] {
  const { arm = null, seed = null, part = null } = filter;
  const rows = connection
    .prepare(
      `SELECT arm, seed, part, record, patient, label, positive, probability
       FROM predictions JOIN trials ON trials.id = predictions.trial
       WHERE status = 'done' AND (? IS NULL OR arm = ?) AND (? IS NULL OR seed = ?) AND (? IS NULL OR part = ?)
       ORDER BY trials.id, record`,
    )
    .all(arm, arm, seed, seed, part, part) as (Omit<StoredPrediction, 'positive'> & { positive: number })[];
  return rows.map((row) => ({ ...row, positive: row.positive === 1 }));
}
