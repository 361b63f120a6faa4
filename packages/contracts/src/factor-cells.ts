import type { FactorEffects } from './verdict.js';

/** One combination of the levels of a study's factors. */
export interface FactorCell {
  readonly arm: string;
  /** Of each factor, in the factors' order. */
  readonly levels: readonly string[];
}

/** The cells of a factorial with their levels: the last factor's changes fastest. */
export function factorCells({ factors, cells }: Pick<FactorEffects, 'factors' | 'cells'>): readonly FactorCell[] {
  const levels = factors.reduce<readonly (readonly string[])[]>(
    (all, { levels: own }) => all.flatMap((cell) => own.map((level) => [...cell, level])),
    [[]],
  );
  return cells.map((arm, i) => ({ arm, levels: levels[i]! }));
}
