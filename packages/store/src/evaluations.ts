import type { Connection } from './database.js';
import type { EvaluationPrediction, StoredEvaluation } from './rows.js';

/** Looks at other data sets, in order. */
export function selectEvaluations(connection: Connection): readonly StoredEvaluation[] {
  return connection
    .prepare('SELECT id, dataset, name, evaluated_at AS evaluatedAt FROM evaluations ORDER BY id')
    .all() as StoredEvaluation[];
}

/** @returns the id of the evaluation */
export function insertEvaluation(
  connection: Connection,
  { dataset, name, evaluatedAt }: Omit<StoredEvaluation, 'id'>,
  predictions: readonly EvaluationPrediction[],
): number {
  const { lastInsertRowid } = connection
    .prepare('INSERT INTO evaluations (dataset, name, evaluated_at) VALUES (?, ?, ?)')
    .run(dataset, name, evaluatedAt);
  const id = Number(lastInsertRowid);
  const insert = connection.prepare('INSERT INTO evaluation_predictions VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  for (const { arm, seed, record, patient, label, positive, probability } of predictions) {
    insert.run(id, arm, seed, record, patient, label, positive ? 1 : 0, probability);
  }
  return id;
}

/** Predictions of one evaluation, by arm, seed and record. */
export function selectEvaluationPredictions(connection: Connection, evaluation: number): EvaluationPrediction[] {
  const rows = connection
    .prepare(
      `SELECT arm, seed, record, patient, label, positive, probability
       FROM evaluation_predictions WHERE evaluation = ? ORDER BY arm, seed, record`,
    )
    .all(evaluation) as (Omit<EvaluationPrediction, 'positive'> & { positive: number })[];
  return rows.map((row) => ({ ...row, positive: row.positive === 1 }));
}
