import { writeFileAtomic } from '@chromaray/base';
import { predictionColumns, type StoredPrediction } from '@chromaray/store';

/**
 * Writes predictions as Parquet, with the columns of `predictions.csv`: seed is a 64-bit integer, probability a double, an
 * unknown patient null, all else text.
 *
 * @throws ChromarayError `CHROMARAY_FILE_WRITE`
 */
export async function exportParquet(predictions: readonly StoredPrediction[], file: string): Promise<void> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const content = parquetWriteBuffer({
    columnData: predictionColumns.map((name) => ({
      name,
      data: predictions.map((prediction) => (name === 'seed' ? BigInt(prediction.seed) : prediction[name])),
      ...types[name],
    })),
  });
  writeFileAtomic(file, new Uint8Array(content));
}

const types = {
  arm: { type: 'STRING', nullable: false },
  seed: { type: 'INT64', nullable: false },
  part: { type: 'STRING', nullable: false },
  record: { type: 'STRING', nullable: false },
  patient: { type: 'STRING', nullable: true },
  label: { type: 'STRING', nullable: false },
  probability: { type: 'DOUBLE', nullable: false },
} as const;
