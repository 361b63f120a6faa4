import { requireFinite } from './check-readings.js';
import { readingsError } from './errors.js';

/** One person's answer about one case in one arm. */
export interface Reading {
  readonly reader: string;
  /** The arm: how the case was shown. */
  readonly treatment: string;
  readonly case: string;
  /** 1 where the case has the finding. */
  readonly truth: 0 | 1;
  /** Confidence that the case has it; the higher, the surer. Any finite number. */
  readonly rating: number;
}

/** All answers of one reader in one arm, in ascending order of case. */
export interface Cell {
  readonly treatment: number;
  readonly reader: number;
  /** Numbers of the cases read, ascending. */
  readonly cases: Int32Array;
  /** 1 for positive, parallel to `cases`. */
  readonly labels: Uint8Array;
  readonly ratings: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Readings as a table of cells, one for every reader in every arm. Names are in ascending order, so that the order of
 * readings changes nothing.
 */
export interface ReaderTable {
  readonly treatments: readonly string[];
  readonly readers: readonly string[];
  readonly cases: readonly string[];
  /** 1 for positive, parallel to `cases`. */
  readonly truth: Uint8Array;
  /** `cells[treatment][reader]`; null where the reader read nothing in that arm. */
  readonly cells: readonly (readonly (Cell | null)[])[];
}

/**
 * Puts readings in a table, after checking that each is a number, that a case has one truth and is read once by a reader
 * in an arm, and that there are cases of both classes.
 *
 * @throws ChromarayError `CHROMARAY_MRMC_RATING`, `_TRUTH`, `_DUPLICATE`, `_ONE_CLASS`, `_TOO_FEW`
 */
export function readerTable(readings: readonly Reading[]): ReaderTable {
  if (readings.length === 0) {
    throw readingsError('TOO_FEW', 'There are no readings.', 'Give at least two readers and two arms.');
  }
  const truthOf = truths(readings);
  const treatments = names(readings, ({ treatment }) => treatment);
  const readers = names(readings, ({ reader }) => reader);
  const cases = [...truthOf.keys()].sort(byName);
  const treatmentNumber = numbered(treatments);
  const readerNumber = numbered(readers);
  const caseNumber = numbered(cases);

  const groups = treatments.map(() => readers.map(() => new Map<number, Reading>()));
  for (const reading of readings) {
    const { reader, treatment, case: name } = reading;
    requireFinite(reading);
    const group = groups[treatmentNumber.get(treatment)!]![readerNumber.get(reader)!]!;
    const number = caseNumber.get(name)!;
    const earlier = group.get(number);
    if (earlier !== undefined) throw duplicateError(earlier, reading);
    group.set(number, reading);
  }
  return {
    treatments,
    readers,
    cases,
    truth: Uint8Array.from(cases, (name) => truthOf.get(name)!),
    cells: groups.map((row, treatment) =>
      row.map((group, reader) => (group.size === 0 ? null : cellOf(treatment, reader, group))),
    ),
  };
}

function cellOf(treatment: number, reader: number, group: ReadonlyMap<number, Reading>): Cell {
  const cases = Int32Array.from(group.keys()).sort();
  const labels = Uint8Array.from(cases, (number) => group.get(number)!.truth);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  return {
    treatment,
    reader,
    cases,
    labels,
    ratings: Float64Array.from(cases, (number) => group.get(number)!.rating),
    positives,
    negatives: labels.length - positives,
  };
}

/** The truth of every case. */
function truths(readings: readonly Reading[]): ReadonlyMap<string, 0 | 1> {
  const found = new Map<string, 0 | 1>();
  for (const { case: name, truth } of readings) {
    if (truth !== 0 && truth !== 1) {
      throw readingsError(
        'TRUTH',
        `The truth of case ${name} is ${String(truth)}; expected 1 (has the finding) or 0.`,
        'Translate the truth of every case to 1 or 0.',
        { case: name },
      );
    }
    const earlier = found.get(name);
    if (earlier !== undefined && earlier !== truth) {
      throw readingsError(
        'TRUTH',
        `Case ${name} is positive in one reading and negative in another.`,
        'Give every case one truth; cases of different patients need different names.',
        { case: name },
      );
    }
    found.set(name, truth);
  }
  const positives = [...found.values()].filter((truth) => truth === 1).length;
  if (positives === 0 || positives === found.size) {
    throw readingsError(
      'ONE_CLASS',
      `All ${found.size} cases are ${positives === 0 ? 'negative' : 'positive'}; a reader study needs cases with and without the finding.`,
      'Add cases of the other class.',
      { cases: found.size, positives },
    );
  }
  return found;
}

function duplicateError(earlier: Reading, again: Reading) {
  const { reader, treatment, case: name } = again;
  return readingsError(
    'DUPLICATE',
    `Reader ${reader} has read case ${name} in arm ${treatment} twice: ${earlier.rating} and ${again.rating}.`,
    'Keep one of the two: the corrected one, where the protocol allows corrections.',
    { reader, treatment, case: name },
  );
}

function names(readings: readonly Reading[], of: (reading: Reading) => string): string[] {
  return [...new Set(readings.map(of))].sort(byName);
}

function numbered(values: readonly string[]): ReadonlyMap<string, number> {
  return new Map(values.map((value, number) => [value, number]));
}

/** By code units, the same on every machine. */
function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
