import { writeFileAtomic } from '@chromaray/base';
import { stringify } from 'csv-stringify/sync';
import type { StudyReader } from './ports.js';
import type { StoredPrediction } from './rows.js';

/** Columns of `predictions.csv`, in order. `label` is the class name, `probability` that of the positive class. */
export const predictionColumns = ['arm', 'seed', 'part', 'record', 'patient', 'label', 'probability'] as const;

/**
 * Writes the predictions of all finished trials to a CSV file. Probabilities are written with as many
 * digits as it takes to read back the same double; an unknown patient is an empty field.
 *
 * @throws ChromarayError `CHROMARAY_FILE_WRITE`
 */
export function exportPredictions(store: Pick<StudyReader, 'trials' | 'predictions'>, file: string): void {
  const chunks = [Buffer.from(`${predictionColumns.join(',')}\n`)];
  for (const { arm, seed } of store.trials())
    chunks.push(Buffer.from(predictionsCsv(store.predictions({ arm, seed }))));
  writeFileAtomic(file, chunks);
}

function predictionsCsv(predictions: readonly StoredPrediction[]): string {
  const rows = predictions.map((prediction) => predictionColumns.map((column) => prediction[column] ?? ''));
  return stringify(rows, { cast: { number: (value) => String(value) } });
}
