import type { StudyReading } from '../study-reading.js';
import { csvCell, fileError, rawLines } from './csv-rows.js';

/** Rows of truth name no reader: `-1` in iMRMC's files, `truth` in its R package. */
const truthReaders = ['-1', 'truth'];
const begin = /^\s*BEGIN DATA:?\s*$/im;

/** Whether a text is of iMRMC: a line `BEGIN DATA:`, or the header of its R package. */
export function isImrmc(text: string): boolean {
  return begin.test(text) || /^\uFEFF?"?readerID"?\s*,\s*"?caseID"?\s*,\s*"?modalityID"?/i.test(text);
}

/**
 * Readings from iMRMC: lines of reader, case, modality and score after `BEGIN DATA:` (or the header of the R package); a line
 * of reader -1 gives the truth of a case.
 *
 * @throws ChromarayError `CHROMARAY_MRMC_FILE`
 */
export function readImrmc(text: string, file: string): readonly StudyReading[] {
  const start = begin.exec(text);
  const body = start === null ? text : text.slice(start.index + start[0].length);
  const before = start === null ? 0 : text.slice(0, start.index + start[0].length).split('\n').length - 1;
  const lines = rawLines(body, file)
    .map(({ line, cells }) => ({ line: line + before, cells }))
    .filter(({ cells }) => cells[0]!.toLowerCase() !== 'readerid');
  const rows = lines.map(({ line, cells }) => {
    const [reader, name, treatment, score] = cells;
    const value = Number(score);
    if (cells.length < 4 || score === '' || !Number.isFinite(value)) {
      throw fileError(file, `has no reader, case, modality and score in line ${line}`, 'Correct that line.', line);
    }
    return { line, reader: reader!, case: name!, treatment: treatment!, value };
  });
  const truth = new Map<string, 0 | 1>();
  for (const { line, reader, case: name, value } of rows) {
    if (!truthReaders.includes(reader)) continue;
    if (value !== 0 && value !== 1) {
      throw fileError(file, `has the truth ${value} in line ${line}; expected 1 or 0`, 'Correct that line.', line);
    }
    truth.set(name, value);
  }
  return rows
    .filter(({ reader }) => !truthReaders.includes(reader))
    .map(({ line, reader, case: name, treatment, value }) => {
      const known = truth.get(name);
      if (known !== undefined) return { reader, treatment, case: name, truth: known, rating: value };
      throw fileError(
        file,
        `has no truth of case ${name}, which line ${line} rates`,
        'Add a line of reader -1 for it.',
        line,
      );
    });
}

/**
 * Readings as iMRMC reads them: a header of counts, the truth of every case, then the readings.
 *
 * @param title the first line
 */
export function writeImrmc(readings: readonly StudyReading[], title: string): string {
  const truth = new Map(readings.map((reading) => [reading.case, reading.truth]));
  const distinct = (of: (reading: StudyReading) => string): number => new Set(readings.map(of)).size;
  const positives = [...truth.values()].filter((one) => one === 1).length;
  const line = (...cells: readonly (string | number)[]): string => cells.map(csvCell).join(',');
  return `${[
    title.replace(/[\r\n]+/g, ' '),
    `NR: ${distinct(({ reader }) => reader)}`,
    `N0: ${truth.size - positives}`,
    `N1: ${positives}`,
    `NM: ${distinct(({ treatment }) => treatment)}`,
    'BEGIN DATA:',
    ...[...truth].map(([name, value]) => line(-1, name, 0, value)),
    ...readings.map(({ reader, case: name, treatment, rating }) => line(reader, name, treatment, rating)),
  ].join('\n')}\n`;
}
