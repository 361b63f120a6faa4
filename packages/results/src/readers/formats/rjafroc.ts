import type { StudyReading } from '../study-reading.js';
import { type CsvRow, csvCell, csvRows, fileError, nameIn, numberIn } from './csv-rows.js';

/** RJafroc's three worksheets as CSV: truth, ratings of negative cases (NL or FP), ratings of positive cases (LL or TP). */
export interface RjafrocSheets {
  readonly truth: string;
  readonly nl: string;
  readonly ll: string;
}

/** The names of the worksheets as files. */
export const rjafrocFiles = { truth: 'Truth.csv', nl: 'NL.csv', ll: 'LL.csv' } as const;

/**
 * Readings from RJafroc's layout for ROC studies: a case is negative where its LesionID is 0; each case has one rating of a
 * reader in a modality.
 *
 * @throws ChromarayError `CHROMARAY_MRMC_FILE`, also for a localisation study: a case with several lesions
 */
export function readRjafroc({ truth, nl, ll }: RjafrocSheets): readonly StudyReading[] {
  const truthOf = new Map<string, 0 | 1>();
  for (const row of csvRows(truth, rjafrocFiles.truth, ['caseid', 'lesionid'])) {
    const lesion = numberIn(row, 'lesionid', rjafrocFiles.truth);
    const name = nameIn(row, 'caseid', rjafrocFiles.truth);
    if (lesion > 1) {
      throw fileError(
        rjafrocFiles.truth,
        `has a second lesion of case ${name} in line ${row.line}`,
        'Export the study with one rating a case: localisation is not analysed.',
        row.line,
      );
    }
    truthOf.set(name, lesion === 0 ? 0 : 1);
  }
  const ratings = (text: string, file: string, expected: 0 | 1, columns: readonly string[]) =>
    csvRows(text, file, ['readerid', 'modalityid', 'caseid']).map((row): StudyReading => {
      const name = nameIn(row, 'caseid', file);
      if (truthOf.get(name) !== expected) throw truthError(file, name, row, truthOf.get(name));
      const column = columns.find((one) => row.cells[one] !== undefined);
      if (column === undefined) throw fileError(file, `has no column ${columns.join(' or ')}`, 'Name it so.');
      return {
        reader: nameIn(row, 'readerid', file),
        treatment: nameIn(row, 'modalityid', file),
        case: name,
        truth: expected,
        rating: numberIn(row, column, file),
      };
    });
  return [
    ...ratings(nl, rjafrocFiles.nl, 0, ['nl_rating', 'fp_rating']),
    ...ratings(ll, rjafrocFiles.ll, 1, ['ll_rating', 'tp_rating']),
  ];
}

function truthError(file: string, name: string, row: CsvRow, found: 0 | 1 | undefined) {
  const is = found === undefined ? 'is not in' : `is ${found === 1 ? 'positive' : 'negative'} in`;
  return fileError(
    file,
    `rates case ${name} in line ${row.line}, which ${is} ${rjafrocFiles.truth}`,
    'Put ratings of negative cases in NL, of positive cases in LL, and every case in Truth.',
    row.line,
  );
}

/**
 * Readings as the three sheets, to be saved in one workbook with worksheets Truth, NL and LL. RJafroc wants cases as whole
 * numbers: they are numbered in the order of their names, negative cases first.
 */
export function writeRjafroc(readings: readonly StudyReading[]): RjafrocSheets {
  const truth = new Map(readings.map((reading) => [reading.case, reading.truth]));
  const names = [...truth.keys()].sort((a, b) => truth.get(a)! - truth.get(b)! || (a < b ? -1 : 1));
  const number = new Map(names.map((name, i) => [name, i + 1]));
  const quoted = (values: ReadonlySet<string>): string => csvCell([...values].join(', '));
  const readers = quoted(new Set(readings.map(({ reader }) => reader)));
  const treatments = quoted(new Set(readings.map(({ treatment }) => treatment)));
  const table = (header: string, rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`;
  const rated = (label: 0 | 1) => readings.filter((reading) => reading.truth === label);
  const start = ({ reader, treatment, case: name }: StudyReading): string =>
    [csvCell(reader), csvCell(treatment), number.get(name)].join(',');
  return {
    truth: table(
      'CaseID,LesionID,Weight,ReaderID,ModalityID,Paradigm',
      names.map((name, i) =>
        [number.get(name), truth.get(name), truth.get(name), readers, treatments, ['ROC', 'FCTRL'][i] ?? ''].join(','),
      ),
    ),
    nl: table(
      'ReaderID,ModalityID,CaseID,NL_Rating',
      rated(0).map((reading) => `${start(reading)},${reading.rating}`),
    ),
    ll: table(
      'ReaderID,ModalityID,CaseID,LesionID,LL_Rating',
      rated(1).map((reading) => `${start(reading)},1,${reading.rating}`),
    ),
  };
}
