import { count, metric } from '@chromaray/base';
import * as Plot from '@observablehq/plot';
import type { ReportArm } from '../report-input.js';
import { draw, fitted, slug } from './draw.js';
import type { Figure, FigureGroup } from './figure.js';
import { dashed, ink, panelWidth } from './ink.js';
import { panelMargins, panelTitle, rightNote, ring, unitSquare, upNote } from './marks.js';
import { meanRoc, operatingPoint, withRoc } from './roc-mean.js';

/** One panel per arm that has a finished trial: its seeds and their mean beside the control's mean. */
export function rocCurves(arms: readonly ReportArm[], auroc: ReadonlyMap<string, number>): FigureGroup {
  const drawable = arms.filter((arm) => withRoc(arm).length > 0);
  const control = drawable.find((arm) => arm.control);
  return {
    caption: 'ROC curves of every arm with its seeds.',
    marks:
      'Thin lines, one network each (a seed); thick line, their mean at equal false positive rate; dashed black, the mean of the ' +
      'control; circles, the operating point of each network, whose threshold was chosen on the validation part. The ' +
      'diagonal is what guessing gives.',
    figures: drawable.map((arm) => rocCurve(arm, arm === control ? undefined : control, auroc.get(arm.name) ?? null)),
  };
}

function rocCurve(arm: ReportArm, control: ReportArm | undefined, auroc: number | null): Figure {
  const trials = withRoc(arm);
  const curve = { x: 'falsePositiveRate', y: 'truePositiveRate', curve: 'linear' } as const;
  const { rate, marks } = unitSquare();
  const summary = auroc === null ? '' : `AUROC ${metric(auroc)}`;
  const inCorner = { frameAnchor: 'bottom-right', textAnchor: 'end', dx: -8 } as const;
  return draw({
    name: `roc-${slug(arm.name)}`,
    title: `ROC curve of ${arm.name}`,
    description: `${arm.name}: ${summary || 'AUROC not available'}, ${count(trials.length)} of ${count(arm.trials.length)} seeds.`,
    plots: [
      {
        width: panelWidth,
        height: panelWidth + 26,
        ...panelMargins,
        x: rate,
        y: rate,
        marks: [
          ...marks,
          ...(trials.length > 1
            ? trials.map((trial) =>
                Plot.line(trial.roc, { ...curve, stroke: ink.blue, strokeWidth: 0.8, strokeOpacity: 0.55 }),
              )
            : []),
          ...(control === undefined
            ? []
            : [
                Plot.line(meanRoc(withRoc(control)), {
                  ...curve,
                  stroke: ink.text,
                  strokeWidth: 1.6,
                  strokeDasharray: dashed,
                }),
              ]),
          Plot.line(meanRoc(trials), { ...curve, stroke: ink.blue, strokeWidth: 2.6 }),
          ring(trials.flatMap(operatingPoint), { x: 'falsePositiveRate', y: 'truePositiveRate' }),
          panelTitle(arm.name),
          Plot.text([summary], {
            ...inCorner,
            dy: control === undefined ? -10 : -28,
            fontWeight: 600,
            fill: ink.blue,
          }),
          ...(control === undefined
            ? []
            : [Plot.text([`dashed: ${control.name}`], { ...inCorner, ...fitted(220), dy: -10 })]),
          rightNote('false positive rate'),
          upNote('true positive rate'),
        ],
      },
    ],
  });
}
