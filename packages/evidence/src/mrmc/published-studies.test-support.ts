import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Reading } from './readings.js';

/** Published reader studies; they lie beside the repository, since their licences do not allow them in it. */
const folder = fileURLToPath(new URL('../../../../../shared/data/mrmc/', import.meta.url));

export const hasPublishedStudies = existsSync(folder);
/** For names of tests. */
export const publishedNeeded = hasPublishedStudies ? '' : ' (skipped: needs ../shared/data/mrmc)';

type Row = Readonly<Record<string, string>>;

function rows(name: string): readonly Row[] {
  const [header, ...lines] = readFileSync(`${folder}${name}.csv`, 'utf8').trim().split(/\r?\n/).map(cells);
  return lines.map((line) => Object.fromEntries(header!.map((column, i) => [column, line[i]!])));
}

function cells(line: string): string[] {
  return line.split(',').map((cell) => cell.replaceAll('"', ''));
}

/** @param caseColumn `case`, or another column for designs in which cases are nested */
export function publishedStudy(name: 'VanDyke' | 'Franken' | 'Kundel', caseColumn = 'case'): readonly Reading[] {
  return rows(name).map((row) => ({
    reader: row.reader!,
    treatment: row.treatment!,
    case: row[caseColumn]!,
    truth: Number(row.truth) as 0 | 1,
    rating: Number(row.rating),
  }));
}

/** iMRMC's example: its rows of the reader `truth` give the truth of every case. */
export function imrmcExample(): readonly Reading[] {
  const all = rows('iMRMC_example');
  const truth = new Map(
    all.filter(({ readerID }) => readerID === 'truth').map((row) => [row.caseID, Number(row.score) as 0 | 1]),
  );
  return all
    .filter(({ readerID }) => readerID !== 'truth')
    .map((row) => ({
      reader: row.readerID!,
      treatment: row.modalityID!,
      case: row.caseID!,
      truth: truth.get(row.caseID)!,
      rating: Number(row.score),
    }));
}
