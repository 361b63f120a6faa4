import type { StoredEpoch } from '../rows.js';
import { integer, nullable, real } from './column.js';
import type { Connection } from './connection.js';

const columns = {
  epoch: integer('epoch'),
  trainLoss: real('train_loss'),
  trainAccuracy: nullable(real('train_accuracy')),
  validationLoss: nullable(real('validation_loss')),
  validationAccuracy: nullable(real('validation_accuracy')),
  validationAuroc: nullable(real('validation_auroc')),
  learningRate: nullable(real('learning_rate')),
  seconds: real('seconds'),
};

/** A trial's epochs in order. */
export function selectEpochs(connection: Connection, trial: number): readonly StoredEpoch[] {
  return connection.select(columns, 'FROM epochs WHERE trial = ? ORDER BY epoch', trial);
}

/** Puts an epoch in the place of the one of its number and of all later ones. */
export function replaceEpoch(connection: Connection, trial: number, epoch: StoredEpoch): void {
  connection.run('DELETE FROM epochs WHERE trial = ? AND epoch >= ?', trial, epoch.epoch);
  connection.run(
    'INSERT INTO epochs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ...[trial, epoch.epoch, epoch.trainLoss, epoch.trainAccuracy, epoch.validationLoss],
    ...[epoch.validationAccuracy, epoch.validationAuroc, epoch.learningRate, epoch.seconds],
  );
}
