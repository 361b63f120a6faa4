/**
 * What a full factorial tells of its factors: a mean of cells set against a mean of as many others.
 *
 *     effect = scale (mean of plus - mean of minus)
 *
 * Cells are numbered in the order of levels, the last factor's changing fastest.
 */
export interface FactorialContrast {
  /** Which factors it is about: one of a main effect, two of an interaction. */
  readonly factors: readonly number[];
  /** For each of these, the level that is set against the first, from 1. */
  readonly levels: readonly number[];
  readonly plus: readonly number[];
  readonly minus: readonly number[];
  /** 1; for an interaction 2, which makes it a difference of differences. */
  readonly scale: number;
}

/**
 * The main effects, then the interactions of two factors. A main effect is the mean of all cells with a level less that of
 * all cells with the factor's first level. An interaction is how much the effect of one factor's level changes when the
 * other factor goes from its first level to another, as a mean over the remaining factors. With levels set against the first, a
 * factor of L levels has L - 1 effects, two factors have the product of these. Interactions of three factors and more are not made.
 *
 * @param levels number of levels of each factor, at least 2
 */
export function factorialContrasts(levels: readonly number[]): readonly FactorialContrast[] {
  const cells = cellsOf(levels);
  const all = levels.map((_, factor) => factor);
  const main = all.flatMap((factor) =>
    othersOf(levels[factor]!).map((level) => ({
      ...{ factors: [factor], levels: [level], scale: 1 },
      plus: where(cells, (cell) => cell[factor] === level),
      minus: where(cells, (cell) => cell[factor] === 0),
    })),
  );
  const interactions = all.flatMap((a) =>
    all.slice(a + 1).flatMap((b) =>
      othersOf(levels[a]!).flatMap((i) =>
        othersOf(levels[b]!).map((j) => {
          const sign = (cell: readonly number[]) => signOf(cell[a]!, i) * signOf(cell[b]!, j);
          return {
            ...{ factors: [a, b], levels: [i, j], scale: 2 },
            plus: where(cells, (cell) => sign(cell) === 1),
            minus: where(cells, (cell) => sign(cell) === -1),
          };
        }),
      ),
    ),
  );
  return [...main, ...interactions];
}

/** 1 for the level, -1 for the first, 0 for others. */
function signOf(found: number, level: number): number {
  if (found === level) return 1;
  return found === 0 ? -1 : 0;
}

/** The levels but the first. */
function othersOf(count: number): readonly number[] {
  return Array.from({ length: count - 1 }, (_, i) => i + 1);
}

/** Each cell's level of every factor. */
function cellsOf(levels: readonly number[]): readonly (readonly number[])[] {
  return levels.reduce<readonly (readonly number[])[]>(
    (cells, count) => cells.flatMap((cell) => Array.from({ length: count }, (_, level) => [...cell, level])),
    [[]],
  );
}

function where(
  cells: readonly (readonly number[])[],
  belongs: (cell: readonly number[]) => boolean,
): readonly number[] {
  return cells.flatMap((cell, i) => (belongs(cell) ? [i] : []));
}
