import { level, metric } from '@chromaray/base';
import type { ReaderAnalysis, ReaderArmResult, ReaderValue } from '@chromaray/contracts';
import * as Plot from '@observablehq/plot';
import { draw, slug } from '../report/figures/draw.js';
import type { Figure, FigureGroup } from '../report/figures/figure.js';
import { type ForestRow, forest } from '../report/figures/forest.js';
import { dashed, ink, panelWidth } from '../report/figures/ink.js';
import { panelMargins, panelTitle, rightNote, unitSquare, upNote } from '../report/figures/marks.js';
import { meanRoc, type RocArm } from '../report/figures/roc-mean.js';
import { rocOverlay } from '../report/figures/roc-overlay.js';
import type { RocPoint } from '../report/report-input.js';
import { measureName, shortMeasure } from './words.js';

/** Every figure of a reader study. */
export interface ReaderFigures {
  /** Wide, then narrow. */
  readonly forest: FigureGroup;
  readonly mean: FigureGroup;
  /** A panel an arm. */
  readonly byReader: FigureGroup;
}

export function readerFigures(analysis: ReaderAnalysis): ReaderFigures {
  return { forest: forestFigures(analysis), mean: meanCurves(analysis), byReader: readerCurves(analysis) };
}

function forestFigures({ comparisons, endpoint }: ReaderAnalysis): FigureGroup {
  const rows = comparisons.map(
    ({ perReader, ...row }): ForestRow => ({
      ...row,
      points: perReader.map(({ reader, difference }) => ({ label: reader, difference })),
    }),
  );
  const { control, margin } = endpoint;
  const levels = level(...comparisons.map(({ intervalLevel }) => intervalLevel));
  return {
    caption: `Difference in ${measureName(endpoint)} between each arm and ${control}, with ${levels} intervals${
      endpoint.correction !== 'none' && rows.length > 1 ? ', corrected for the number of arms' : ''
    }.`,
    marks: `Square, the mean difference over readers; line, its interval; circles, the difference of each reader. The shaded band holds differences too small to matter, within \u00b1${margin}. An interval wholly inside the band shows that there is no meaningful difference; otherwise one wholly to the right of zero shows that the arm helps, wholly to the left that it harms.`,
    figures: (['wide', 'narrow'] as const).map((form) =>
      forest(rows, { margin, measure: shortMeasure(endpoint) }, form),
    ),
  };
}

function curveOf({ roc }: ReaderValue): readonly RocPoint[] {
  return roc.map(([falsePositiveRate, truePositiveRate]) => ({ falsePositiveRate, truePositiveRate }));
}

function rocArm({ arm, control, perReader }: ReaderArmResult): RocArm {
  return { name: arm, control, trials: perReader.map((one) => ({ roc: curveOf(one) })) };
}

/** The areas are beside the curves only where the area is what was measured. */
function areas({ arms, endpoint }: ReaderAnalysis): ReadonlyMap<string, number> {
  return new Map(endpoint.merit === 'auc' ? arms.map(({ arm, mean }) => [arm, mean]) : []);
}

function meanCurves(analysis: ReaderAnalysis): FigureGroup {
  const group = rocOverlay(
    analysis.arms.map(rocArm),
    areas(analysis),
    'ROC curves of every arm, each the mean over its readers.',
  );
  return {
    ...group,
    marks: `Averaged over readers at equal false positive rate. The further a curve reaches into the upper left corner, the fewer false alarms each found case costs; the diagonal is what guessing gives.${
      analysis.endpoint.merit === 'auc' ? ' Beside each name the mean AUC of its readers.' : ''
    }`,
  };
}

/** Readers of an arm beside their mean, and the mean of the control. */
function readerCurves(analysis: ReaderAnalysis): FigureGroup {
  const control = analysis.arms.find((arm) => arm.control);
  const area = areas(analysis);
  return {
    caption: 'ROC curves of every reader, an arm a panel.',
    marks:
      'Thin lines, one reader each; thick line, their mean at equal false positive rate; dashed black, the mean of the control. The diagonal is what guessing gives.',
    figures: analysis.arms.map((arm) => readerPanel(arm, control === arm ? undefined : control, area.get(arm.arm))),
  };
}

function readerPanel(arm: ReaderArmResult, control: ReaderArmResult | undefined, area: number | undefined): Figure {
  const place = { x: 'falsePositiveRate', y: 'truePositiveRate', curve: 'linear' } as const;
  const { rate, marks } = unitSquare();
  const trials = rocArm(arm).trials;
  const inCorner = { frameAnchor: 'bottom-right', textAnchor: 'end', dx: -8 } as const;
  const words = area === undefined ? `${trials.length} readers` : `AUC ${metric(area)}`;
  return draw({
    name: `readers-${slug(arm.arm)}`,
    title: `ROC curves of the readers with ${arm.arm}`,
    description: arm.perReader.map(({ reader, value }) => `${reader}: ${metric(value)}.`).join(' '),
    plots: [
      {
        width: panelWidth,
        height: panelWidth + 26,
        ...panelMargins,
        x: rate,
        y: rate,
        marks: [
          ...marks,
          ...arm.perReader.map((reader) =>
            Plot.line(curveOf(reader), {
              ...place,
              stroke: ink.blue,
              strokeWidth: 0.8,
              strokeOpacity: 0.55,
              title: () => `${reader.reader}: ${metric(reader.value)}`,
            }),
          ),
          ...(control === undefined
            ? []
            : [
                Plot.line(meanRoc(rocArm(control).trials), {
                  ...place,
                  stroke: ink.text,
                  strokeWidth: 1.6,
                  strokeDasharray: dashed,
                }),
              ]),
          Plot.line(meanRoc(trials), { ...place, stroke: ink.blue, strokeWidth: 2.6 }),
          panelTitle(arm.arm),
          Plot.text([words], { ...inCorner, dy: control === undefined ? -10 : -28, fontWeight: 600, fill: ink.blue }),
          ...(control === undefined ? [] : [Plot.text([`dashed: ${control.arm}`], { ...inCorner, dy: -10 })]),
          rightNote('false positive rate'),
          upNote('true positive rate'),
        ],
      },
    ],
  });
}
