import type { ReaderComponents, ReaderDesignFacts } from '@chromaray/contracts';
import { type AnalysedTable, type MrmcComponents, planningComponents } from '@chromaray/evidence';

/** Who read what, counted. */
export function designFacts({ table, design, withoutAnArm, missing, incomplete }: AnalysedTable): ReaderDesignFacts {
  const positives = table.truth.reduce((sum, label) => sum + label, 0);
  return {
    kind: design.kind,
    readers: table.readers,
    cases: table.cases.length,
    positives,
    negatives: table.cases.length - positives,
    readings: table.cells.flat().reduce((sum, cell) => sum + (cell?.cases.length ?? 0), 0),
    missing,
    expected: design.expected,
    incompleteCases: incomplete.length,
    withoutAnArm: withoutAnArm.map(({ reader, treatments }) => ({ reader, arms: [...treatments] })),
  };
}

export function componentFacts(components: MrmcComponents): ReaderComponents {
  const { msT, msR, msTR, variance, cov1, cov2, cov3 } = components;
  return { msT, msR, msTR, variance, cov1, cov2, cov3, armByReader: planningComponents(components).armByReader };
}

/** Infinite degrees of freedom, of fixed readers, are null in JSON. */
export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
