import { metric, percent } from '@chromaray/base';
import * as Plot from '@observablehq/plot';
import type { RocPoint } from '../report-input.js';
import { draw, fitted } from './draw.js';
import type { FigureGroup } from './figure.js';
import { armLines, controlLine, fontSize, ink } from './ink.js';
import { panelMargins, rightNote, spoken, unitSquare, upNote } from './marks.js';
import { meanAt, meanRoc, type RocArm, withRoc } from './roc-mean.js';

const side = 440;
const lineHeight = 20;
/** A sample of the line that an arm is drawn with, in shares of the axis. */
const sample = { from: 0.46, to: 0.58 };

/** The mean curves of all arms in one figure, so that they can be compared where they lie close. */
export function rocOverlay(
  arms: readonly RocArm[],
  auroc: ReadonlyMap<string, number>,
  caption = 'ROC curves on the test part, each the mean over the seeds of an arm.',
): FigureGroup {
  const drawable = arms.filter((arm) => withRoc(arm).length > 0);
  const others = drawable.filter((arm) => !arm.control);
  const lines = drawable.map((arm) => ({
    arm,
    line: arm.control ? controlLine : armLines[others.indexOf(arm) % armLines.length]!,
    mean: meanRoc(withRoc(arm)),
    label: `${arm.name}${arm.control ? ' (control)' : ''}`,
    auroc: auroc.get(arm.name),
  }));
  if (lines.length === 0) return { caption, figures: [] };
  const { rate, marks } = unitSquare();
  const place = { x: 'falsePositiveRate', y: 'truePositiveRate' } as const;
  const frame = side - panelMargins.marginTop - panelMargins.marginBottom;
  const row = (i: number): number => ((lines.length - i - 0.5) * lineHeight + 8) / frame;
  const legend = lines.map(({ label, auroc: area, arm }, i) => ({ ...{ label, arm: arm.name }, area, y: row(i) }));
  return {
    caption,
    marks:
      'Averaged at equal false positive rate. The further a curve reaches into the upper left corner, the fewer false alarms each ' +
      'found case costs; the diagonal is what guessing gives. Beside each name its AUROC.',
    figures: [
      draw({
        name: 'roc-all',
        title: 'ROC curves of all arms',
        description: lines
          .map(({ arm, auroc: area }) => `${arm.name}: ${area === undefined ? 'no AUROC' : `AUROC ${metric(area)}`}.`)
          .join(' '),
        plots: [
          {
            width: side,
            height: side,
            ...panelMargins,
            marginTop: 34,
            x: rate,
            y: rate,
            marks: [
              ...marks,
              ...lines.map(({ mean, line }) =>
                Plot.line(mean, { ...place, ...line, curve: 'linear', strokeWidth: 2.2 }),
              ),
              ...lines.map(({ arm, label }) =>
                spoken(readings(arm), {
                  ...place,
                  title: (point: RocPoint) =>
                    `${label}: finds ${percent(point.truePositiveRate, 0)} at ${percent(point.falsePositiveRate, 0)} false positives`,
                }),
              ),
              Plot.rectY([{}], {
                x1: sample.from - 0.02,
                x2: 1,
                y1: 0.002,
                y2: row(0) + lineHeight / frame / 2 + 0.01,
                fill: ink.paper,
                fillOpacity: 0.9,
              }),
              ...lines.map(({ line }, i) =>
                Plot.line(
                  [
                    [sample.from, row(i)],
                    [sample.to, row(i)],
                  ],
                  { ...line, strokeWidth: 2.2 },
                ),
              ),
              Plot.text(legend, {
                ...fitted(0.28 * side),
                x: sample.to + 0.02,
                y: 'y',
                text: 'label',
                textAnchor: 'start',
                fill: ink.text,
              }),
              Plot.text(legend, {
                x: 0.985,
                y: 'y',
                text: ({ area }: { readonly area: number | undefined }) => (area === undefined ? '' : metric(area)),
                textAnchor: 'end',
                fontWeight: 600,
                fontSize,
              }),
              rightNote('false positive rate (1 \u2212 specificity)'),
              upNote('true positive rate (sensitivity)'),
            ],
          },
        ],
      }),
    ],
  };
}

/** Where a curve says its values when pointed at. */
function readings(arm: RocArm): readonly RocPoint[] {
  return [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((rate) => meanAt(withRoc(arm), rate));
}
