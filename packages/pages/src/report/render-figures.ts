import type { StudyVerdict } from '@chromaray/contracts';
import { confusionMatrices } from './figures/confusion-matrix.js';
import { decisionCurves } from './figures/decision-curve.js';
import type { Figure, FigureGroup } from './figures/figure.js';
import { forest, forestCaption } from './figures/forest.js';
import { reliabilityPlots } from './figures/reliability.js';
import { rocCurves } from './figures/roc-curve.js';
import { trainingCurves } from './figures/training-curves.js';
import type { ReportInput } from './report-input.js';

/** Every figure of a report, drawn once. */
export interface ReportFigures {
  /** The wide form, then the narrow one; empty when no arm could be compared. */
  readonly forest: FigureGroup;
  readonly training: FigureGroup;
  readonly roc: FigureGroup;
  readonly confusion: FigureGroup;
  readonly reliability: FigureGroup;
  readonly decision: FigureGroup;
}

/** Draws all figures of a report. */
export function drawFigures({ verdict, arms, dataset, behaviour }: ReportInput): ReportFigures {
  const auroc = new Map(verdict.arms.map((arm) => [arm.arm, arm.auroc.mean]));
  return {
    forest: forestGroup(verdict),
    training: trainingCurves(arms),
    roc: rocCurves(arms, auroc),
    confusion: confusionMatrices(arms, dataset.positive, dataset.negative),
    reliability: reliabilityPlots(behaviour?.arms ?? []),
    decision: decisionCurves(behaviour?.arms ?? []),
  };
}

/**
 * The figures of a report as separate SVG documents, for papers and slides.
 *
 * @returns names that are unique and fit for file names, each with a complete SVG document
 */
export function renderFigures(input: ReportInput): Figure[] {
  return allFigures(drawFigures(input));
}

/** One after the other, in the order of the report. */
export function allFigures({ forest, training, roc, confusion, reliability, decision }: ReportFigures): Figure[] {
  return [forest, training, roc, confusion, reliability, decision].flatMap((group) => group.figures);
}

function forestGroup({ comparisons, endpoint }: StudyVerdict): FigureGroup {
  if (comparisons.length === 0) return { caption: '', figures: [] };
  return {
    caption: forestCaption(comparisons, endpoint),
    figures: [forest(comparisons, endpoint, 'wide'), forest(comparisons, endpoint, 'narrow')],
  };
}
