import { endpointShortName, isLowerBetter, type StudyVerdict } from '@chromaray/contracts';
import { confusionMatrices } from './figures/confusion-matrix.js';
import { decisionCurves } from './figures/decision-curve.js';
import { endpointStrip } from './figures/endpoint-strip.js';
import type { Figure, FigureGroup } from './figures/figure.js';
import { flowFigure } from './figures/flow.js';
import { forest, forestWords, networkRow } from './figures/forest.js';
import { interactionPlots } from './figures/interaction.js';
import { reliabilityPlots } from './figures/reliability.js';
import { rocCurves } from './figures/roc-curve.js';
import { rocOverlay } from './figures/roc-overlay.js';
import { shortcutChart } from './figures/shortcut-chart.js';
import { trainingCurves } from './figures/training-curves.js';
import { intervalsOver } from './intervals-over.js';
import type { ReportInput } from './report-input.js';
import { reaches } from './sections/shortcuts.js';

/** Every figure of a report, drawn once. */
export interface ReportFigures {
  /** The wide form, then the narrow one; empty when no arm could be compared. */
  readonly forest: FigureGroup;
  /** Every arm's endpoint with its seeds. */
  readonly strip: FigureGroup;
  /** A panel for every two factors; empty for studies without. */
  readonly factors: FigureGroup;
  /** Empty where no shortcut was measured. */
  readonly shortcuts: FigureGroup;
  /** Empty where it is not known who was studied. */
  readonly flow: FigureGroup;
  readonly training: FigureGroup;
  /** All arms in one. */
  readonly rocAll: FigureGroup;
  readonly roc: FigureGroup;
  readonly confusion: FigureGroup;
  readonly reliability: FigureGroup;
  readonly decision: FigureGroup;
}

/** Draws all figures of a report. */
export function drawFigures(input: ReportInput): ReportFigures {
  const { verdict, arms, dataset, behaviour } = input;
  const auroc = new Map(verdict.arms.map((arm) => [arm.arm, arm.auroc.mean]));
  const onFolds = (group: FigureGroup, words: string) =>
    verdict.folds === undefined ? group : withWords(group, words);
  return {
    forest: forestGroup(verdict),
    strip: endpointStrip(verdict.arms, verdict.endpoint, intervalsOver(input)),
    factors: interactionPlots(verdict),
    shortcuts: shortcutFigure(input),
    flow: flowFigure(input),
    training: trainingCurves(arms),
    rocAll: onFolds(rocOverlay(arms, auroc), pooledCurves),
    roc: onFolds(rocCurves(arms, auroc), `${pooledCurves} ${pooledPoints}`),
    confusion: onFolds(confusionMatrices(arms, dataset.positive, dataset.negative), pooledDecisions),
    reliability: onFolds(reliabilityPlots(behaviour?.arms ?? []), pooledRecords),
    decision: onFolds(decisionCurves(behaviour?.arms ?? []), pooledRecords),
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
export function allFigures(figures: ReportFigures): Figure[] {
  return figureGroups(figures).flatMap((group) => group.figures);
}

/** Those that share their words, in the order of the report. */
export function figureGroups(figures: ReportFigures): readonly FigureGroup[] {
  const { forest, strip, factors, flow, shortcuts, training, rocAll, roc, confusion, reliability, decision } = figures;
  return [forest, strip, factors, flow, shortcuts, training, rocAll, roc, confusion, reliability, decision];
}

/** What figures of a cross-validation are drawn from. */
const pooledRecords =
  'All folds are pooled: every X-ray is there once, with the probability that the network of its fold gave, which had not learned from it.';
const pooledCurves = `${pooledRecords} Networks of different folds need not give probabilities on one scale, so that a pooled curve may enclose another area than the AUROC beside it, which is the mean over the folds and what the verdict compares.`;
const pooledPoints = 'Thresholds differ by fold, so that a circle need not lie on its curve.';
const pooledDecisions = `${pooledRecords} Each is decided at the threshold chosen on the validation part of its fold.`;

function withWords(group: FigureGroup, words: string): FigureGroup {
  return { ...group, marks: group.marks === undefined ? words : `${group.marks} ${words}` };
}

function shortcutFigure(input: ReportInput): FigureGroup {
  const { rows, where } = reaches(input);
  return shortcutChart(rows, where);
}

function forestGroup({ comparisons, endpoint }: StudyVerdict): FigureGroup {
  if (comparisons.length === 0) return { caption: '', figures: [] };
  const rows = comparisons.map(networkRow);
  return {
    ...forestWords(comparisons, endpoint),
    figures: (['wide', 'narrow'] as const).map((form) =>
      forest(
        rows,
        { margin: endpoint.margin, measure: endpointShortName(endpoint), lowerIsBetter: isLowerBetter(endpoint) },
        form,
      ),
    ),
  };
}
