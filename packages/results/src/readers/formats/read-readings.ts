import type { StudyReading } from '../study-reading.js';
import { isImrmc, readImrmc } from './imrmc.js';
import { readLongCsv } from './long-csv.js';

/** Readings from one text, its layout told by its first lines: iMRMC's, or long CSV. */
export function readReadings(text: string, file: string): readonly StudyReading[] {
  return isImrmc(text) ? readImrmc(text, file) : readLongCsv(text, file);
}
