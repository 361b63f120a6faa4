import type { EvaluationPrediction, StoredEvaluation } from '../rows.js';
import { probabilitiesColumn, probabilitiesText, withProbabilities } from './class-probabilities.js';
import { flag, integer, nullable, real, text } from './column.js';
import type { Connection } from './connection.js';

const columns = {
  id: integer('id'),
  dataset: text('dataset'),
  name: text('name'),
  evaluatedAt: text('evaluated_at'),
};

const predictionColumns = {
  arm: text('arm'),
  seed: integer('seed'),
  record: text('record'),
  patient: nullable(text('patient')),
  label: text('label'),
  positive: flag('positive'),
  probability: real('probability'),
};

/** Looks at other data sets, in order. */
export function selectEvaluations(connection: Connection): readonly StoredEvaluation[] {
  return connection.select(columns, 'FROM evaluations ORDER BY id');
}

/** Predictions of one evaluation, by arm, seed and record. */
export function selectEvaluationPredictions(
  connection: Connection,
  evaluation: number,
  version: number,
): readonly EvaluationPrediction[] {
  const rows = connection.select(
    { ...predictionColumns, probabilities: probabilitiesColumn(version) },
    'FROM evaluation_predictions WHERE evaluation = ? ORDER BY arm, seed, record',
    evaluation,
  );
  return rows.map(withProbabilities);
}

/** @returns the id of the evaluation */
export function insertEvaluation(
  connection: Connection,
  { dataset, name, evaluatedAt }: Omit<StoredEvaluation, 'id'>,
  predictions: readonly EvaluationPrediction[],
): number {
  const id = connection.run(
    'INSERT INTO evaluations (dataset, name, evaluated_at) VALUES (?, ?, ?)',
    ...[dataset, name, evaluatedAt],
  );
  const insert = connection.statement('INSERT INTO evaluation_predictions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const { arm, seed, record, patient, label, positive, probability, probabilities } of predictions) {
    const ofClasses = probabilitiesText(probabilities);
    insert(id, arm, seed, record, patient, label, positive ? 1 : 0, probability, ofClasses);
  }
  return id;
}
