import { writeFileAtomic } from '@chromaray/base';
import { stringify } from 'csv-stringify/sync';
import type { StudyReader } from './ports.js';
import type { StoredPrediction } from './rows.js';

/**
 * Columns of `predictions.csv`, in order. `label` is the class name, `probability` that of the positive class; of several
 * classes that of all but the reference together, and a column for each class follows.
 */
export const predictionColumns = ['arm', 'seed', 'part', 'record', 'patient', 'label', 'probability'] as const;

/**
 * Writes the predictions of all finished trials to a CSV file. Probabilities are written with as many
 * digits as it takes to read back the same double; an unknown patient is an empty field.
 *
 * @throws ChromarayError `CHROMARAY_FILE_WRITE`
 */
export function exportPredictions(store: Pick<StudyReader, 'trials' | 'predictions'>, file: string): void {
  const chunks: Buffer[] = [];
  // All trials of a study have the same classes.
  let classes: readonly string[] = [];
  for (const { arm, seed } of store.trials()) {
    const predictions = store.predictions({ arm, seed });
    if (classes.length === 0) classes = Object.keys(predictions[0]?.probabilities ?? {});
    chunks.push(Buffer.from(predictionsCsv(predictions, classes)));
  }
  const heads = [...predictionColumns, ...classes.map((name) => `probability ${name}`)];
  writeFileAtomic(file, [Buffer.from(stringify([heads])), ...chunks]);
}

function predictionsCsv(predictions: readonly StoredPrediction[], classes: readonly string[]): string {
  const rows = predictions.map((prediction) => [
    ...predictionColumns.map((column) => prediction[column] ?? ''),
    ...classes.map((name) => prediction.probabilities?.[name] ?? ''),
  ]);
  return stringify(rows, { cast: { number: (value) => String(value) } });
}
