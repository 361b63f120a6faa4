import { type CaseDesign, caseDesign } from './case-design.js';
import type { Generality } from './error-term.js';
import { readingsError } from './errors.js';
import { type ReaderTable, type Reading, readerTable } from './readings.js';

/**
 * What becomes of cases that lack a reading: `available`, every reading counts, and covariances come from the cases that two
 * cells share; `complete`, only cases with every reading count.
 */
export type MissingRule = 'available' | 'complete';

/** A table in which every reader has read in every arm, with what had to be left out. */
export interface AnalysedTable {
  readonly table: ReaderTable;
  /** Of the readings that count. */
  readonly design: CaseDesign;
  /** Readers who read nothing in some arm, with those arms; their readings do not count. */
  readonly withoutAnArm: readonly { readonly reader: string; readonly treatments: readonly string[] }[];
  /** Readings that the design asks for and that do not exist. */
  readonly missing: number;
  /** Cases that lack a reading, by name; left out under `complete`. */
  readonly incomplete: readonly string[];
}

/**
 * Prepares readings for an analysis, and refuses those that none can be made of.
 *
 * @throws ChromarayError `CHROMARAY_MRMC_ONE_ARM`, `_ONE_READER`, `_ARM_OF_ONE_READER`, `_DESIGN`, `_TIES`, and those of
 *   `readerTable`
 */
export function analysedTable(
  readings: readonly Reading[],
  generality: Generality,
  rule: MissingRule = 'available',
): AnalysedTable {
  const all = readerTable(readings);
  requireArms(all);
  const needed = generality.readers === 'random' ? 2 : 1;
  if (needed === 2) requireReaders(all);
  const withoutAnArm = all.readers.flatMap((reader, j) => {
    const treatments = all.treatments.filter((_, i) => all.cells[i]![j] === null);
    return treatments.length === 0 ? [] : [{ reader, treatments }];
  });
  const dropped = new Set(withoutAnArm.map(({ reader }) => reader));
  if (all.readers.length - dropped.size < needed) throw designError(withoutAnArm, all.readers.length);
  const kept = readings.filter(({ reader }) => !dropped.has(reader));
  const table = dropped.size === 0 ? all : readerTable(kept);
  const design = caseDesign(table);
  const incomplete = design.incomplete.map((number) => table.cases[number]!);
  const found = { withoutAnArm, missing: design.missing, incomplete };
  if (rule === 'available' || incomplete.length === 0) return checked({ table, design, ...found });
  const lacking = new Set(incomplete);
  const complete = readerTable(kept.filter((reading) => !lacking.has(reading.case)));
  return checked({ table: complete, design: caseDesign(complete), ...found });
}

function requireArms({ treatments }: ReaderTable): void {
  if (treatments.length > 1) return;
  throw readingsError(
    'ONE_ARM',
    `All readings are in one arm, ${treatments[0]}; there is nothing to compare.`,
    'Give readings of at least two arms.',
    { treatments },
  );
}

function requireReaders({ readers, treatments, cells }: ReaderTable): void {
  if (readers.length < 2) {
    throw readingsError(
      'ONE_READER',
      `All readings are by one reader, ${readers[0]}; one reader says nothing about others.`,
      'Have more readers read, or ask about this reader alone: fixed readers.',
      { readers },
    );
  }
  for (const [i, row] of cells.entries()) {
    const [only, ...others] = row.flatMap((cell, j) => (cell === null ? [] : [readers[j]!]));
    if (others.length > 0) continue;
    throw readingsError(
      'ARM_OF_ONE_READER',
      `Arm ${treatments[i]} was read by one reader alone, ${only}.`,
      'Have the arm read by the other readers too, or leave its readings out.',
      { treatment: treatments[i], reader: only },
    );
  }
}

function designError(withoutAnArm: AnalysedTable['withoutAnArm'], readers: number) {
  const [{ reader, treatments }] = withoutAnArm as [AnalysedTable['withoutAnArm'][number]];
  return readingsError(
    'DESIGN',
    `${withoutAnArm.length} of ${readers} readers did not read in every arm; ${reader} read nothing in ${treatments.join(', ')}. Arms are compared within readers.`,
    'Have the same readers read in every arm, or leave out the arms that some did not read.',
    { readers: withoutAnArm.map((one) => one.reader) },
  );
}

/** Readers who give every case of an arm the same rating have an AUC of exactly 0.5 there; where all do, nothing is known. */
function checked(analysed: AnalysedTable): AnalysedTable {
  const isConstant = analysed.table.cells
    .flat()
    .map((cell) => cell!.ratings.every((rating) => rating === cell!.ratings[0]));
  if (!isConstant.every(Boolean)) return analysed;
  throw readingsError(
    'TIES',
    'Every reader gave all cases the same rating in every arm: there is nothing to analyse.',
    'Check the column of ratings; a scale of at least two values is needed.',
  );
}
