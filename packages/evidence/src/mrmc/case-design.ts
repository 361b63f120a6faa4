import type { ReaderTable } from './readings.js';

/** Which cases a set of readers reads in which arms. */
export interface Block {
  /** Numbers of readers and arms, ascending. */
  readonly readers: readonly number[];
  readonly treatments: readonly number[];
  readonly cases: number;
}

/** How cases are laid over readers and arms, and what is missing of it. */
export interface CaseDesign {
  /**
   * `crossed`: every reader reads every case in every arm. `cases nested in readers`: each reader has cases of their own, in
   * every arm. `cases nested in arms`: some arm shows other cases than another. `blocks`: groups of readers with cases of their
   * own (a paired split-plot).
   */
  readonly kind: 'crossed' | 'cases nested in readers' | 'cases nested in arms' | 'blocks';
  readonly blocks: readonly Block[];
  /** Readings that the design asks for. */
  readonly expected: number;
  /** Of these, readings that do not exist. */
  readonly missing: number;
  /** Numbers of the cases that lack a reading. */
  readonly incomplete: readonly number[];
}

interface Pattern {
  readonly readers: ReadonlySet<number>;
  readonly treatments: ReadonlySet<number>;
  readonly cases: number[];
}

/**
 * Infers the design from who read what. Each case has the readers and the arms in which it was read; a set of readers and arms
 * that lies within another's is no design of its own: its cases lack readings.
 */
export function caseDesign(table: ReaderTable): CaseDesign {
  const { found, patterns } = readingPatterns(table);
  const blocks = patterns.filter((pattern) => !patterns.some((other) => other !== pattern && within(pattern, other)));
  const incomplete: number[] = [];
  let expected = 0;
  let missing = 0;
  for (const pattern of patterns) {
    const block = blocks.includes(pattern)
      ? pattern
      : blocks
          .filter((other) => within(pattern, other))
          .reduce((most, other) => (other.cases.length > most.cases.length ? other : most));
    const size = block.readers.size * block.treatments.size;
    for (const number of pattern.cases) {
      expected += size;
      missing += size - found[number]!;
      if (found[number]! < size) incomplete.push(number);
    }
  }
  return {
    kind: kindOf(blocks, table),
    blocks: blocks.map(({ readers, treatments, cases }) => ({
      readers: [...readers].sort((a, b) => a - b),
      treatments: [...treatments].sort((a, b) => a - b),
      cases: cases.length,
    })),
    expected,
    missing,
    incomplete: incomplete.sort((a, b) => a - b),
  };
}

/** Cases that were read by the same readers in the same arms, with the number of readings of each case. */
function readingPatterns(table: ReaderTable): { found: Int32Array; patterns: readonly Pattern[] } {
  const found = new Int32Array(table.cases.length);
  const readers = table.cases.map(() => new Set<number>());
  const treatments = table.cases.map(() => new Set<number>());
  for (const cell of table.cells.flat()) {
    for (const number of cell?.cases ?? []) {
      found[number]! += 1;
      readers[number]!.add(cell!.reader);
      treatments[number]!.add(cell!.treatment);
    }
  }
  const patterns = new Map<string, Pattern>();
  for (let number = 0; number < found.length; number++) {
    if (found[number] === 0) continue;
    const numbers = (set: ReadonlySet<number>): string => [...set].sort((a, b) => a - b).join(',');
    const key = `${numbers(readers[number]!)}/${numbers(treatments[number]!)}`;
    const pattern = patterns.get(key);
    if (pattern !== undefined) pattern.cases.push(number);
    else patterns.set(key, { readers: readers[number]!, treatments: treatments[number]!, cases: [number] });
  }
  return { found, patterns: [...patterns.values()] };
}

function within(inner: Pattern, outer: Pattern): boolean {
  return (
    [...inner.readers].every((reader) => outer.readers.has(reader)) &&
    [...inner.treatments].every((treatment) => outer.treatments.has(treatment))
  );
}

function kindOf(blocks: readonly Pattern[], { treatments, readers }: ReaderTable): CaseDesign['kind'] {
  if (blocks.length === 1) return 'crossed';
  if (blocks.some((block) => block.treatments.size < treatments.length)) return 'cases nested in arms';
  return readers.length > 1 && blocks.every((block) => block.readers.size === 1) ? 'cases nested in readers' : 'blocks';
}
