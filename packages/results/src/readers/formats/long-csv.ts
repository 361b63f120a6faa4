import type { StudyReading } from '../study-reading.js';
import { csvCell, csvRows, nameIn, numberIn, truthIn } from './csv-rows.js';

const needed = ['reader', 'treatment', 'case', 'truth', 'rating'] as const;
const optional = ['call', 'seconds', 'session', 'position'] as const;

/**
 * Readings from long CSV: columns reader, treatment, case, truth (1 or 0) and rating; call (1 or 0), seconds, session and
 * position where they are known. Other columns are ignored.
 *
 * @throws ChromarayError `CHROMARAY_MRMC_FILE`, naming the line
 */
export function readLongCsv(text: string, file: string): readonly StudyReading[] {
  return csvRows(text, file, needed).map((row) => {
    const has = (column: string): boolean => (row.cells[column] ?? '') !== '';
    return {
      reader: nameIn(row, 'reader', file),
      treatment: nameIn(row, 'treatment', file),
      case: nameIn(row, 'case', file),
      truth: truthIn(row, 'truth', file),
      rating: numberIn(row, 'rating', file),
      ...(has('call') && { call: truthIn(row, 'call', file) }),
      ...(has('seconds') && { seconds: numberIn(row, 'seconds', file) }),
      ...(has('session') && { session: row.cells.session! }),
      ...(has('position') && { position: numberIn(row, 'position', file) }),
    };
  });
}

/** The same, written: optional columns only where some reading has them. */
export function writeLongCsv(readings: readonly StudyReading[]): string {
  const columns = [
    ...needed,
    ...optional.filter((column) => readings.some((reading) => reading[column] !== undefined)),
  ];
  const lines = readings.map((reading) => columns.map((column) => csvCell(reading[column])).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}
