import { count, metric } from '@chromaray/base';
import * as Plot from '@observablehq/plot';
import type { ReportArm, ReportTrial, RocPoint } from '../report-input.js';
import { draw, fitted, slug } from './draw.js';
import type { Figure, FigureGroup } from './figure.js';
import { dashed, fontSize, ink, panelWidth } from './ink.js';

/** One panel per arm that has a finished trial: its seeds and their mean beside the control's mean. */
export function rocCurves(arms: readonly ReportArm[], auroc: ReadonlyMap<string, number>): FigureGroup {
  const drawable = arms.filter((arm) => finished(arm).length > 0);
  const control = drawable.find((arm) => arm.control);
  return {
    caption:
      'ROC curves on the test part. Thin lines, one network each (a seed); thick line, their mean at equal false positive ' +
      'rate; dashed black, the mean of the control; circles, the operating point of each network, whose threshold was chosen ' +
      'on the validation part. The diagonal is what guessing gives.',
    figures: drawable.map((arm) => rocCurve(arm, arm === control ? undefined : control, auroc.get(arm.name) ?? null)),
  };
}

function rocCurve(arm: ReportArm, control: ReportArm | undefined, auroc: number | null): Figure {
  const trials = finished(arm);
  const curve = { x: 'falsePositiveRate', y: 'truePositiveRate', curve: 'linear' } as const;
  const rate = { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], label: null } as const;
  const axisInk = { fontSize, color: ink.frame, fill: ink.text, tickFormat: (value: number) => String(value) };
  const summary = auroc === null ? '' : `AUROC ${metric(auroc)}`;
  return draw({
    name: `roc-${slug(arm.name)}`,
    title: `ROC curve of ${arm.name}`,
    description: `${arm.name}: ${summary || 'AUROC not available'}, ${count(trials.length)} of ${count(arm.trials.length)} seeds.`,
    plots: [
      {
        width: panelWidth,
        height: panelWidth + 26,
        marginLeft: 44,
        marginRight: 12,
        marginTop: 48,
        marginBottom: 44,
        x: rate,
        y: rate,
        marks: [
          Plot.gridX(rate.ticks, { stroke: ink.grid, strokeOpacity: 1 }),
          Plot.gridY(rate.ticks, { stroke: ink.grid, strokeOpacity: 1 }),
          Plot.line(
            [
              [0, 0],
              [1, 1],
            ],
            { stroke: ink.frame, strokeDasharray: '1 3' },
          ),
          Plot.axisX(rate.ticks, axisInk),
          Plot.axisY(rate.ticks, axisInk),
          ...(trials.length > 1
            ? trials.map((trial) =>
                Plot.line(trial.roc, { ...curve, stroke: ink.blue, strokeWidth: 0.8, strokeOpacity: 0.55 }),
              )
            : []),
          ...(control === undefined
            ? []
            : [
                Plot.line(meanRoc(finished(control)), {
                  ...curve,
                  stroke: ink.text,
                  strokeWidth: 1.6,
                  strokeDasharray: dashed,
                }),
              ]),
          Plot.line(meanRoc(trials), { ...curve, stroke: ink.blue, strokeWidth: 2.6 }),
          Plot.dot(trials.flatMap(operatingPoint), {
            x: 'falsePositiveRate',
            y: 'truePositiveRate',
            r: 4,
            fill: ink.paper,
            stroke: ink.blue,
            strokeWidth: 1.8,
          }),
          Plot.text([arm.name], {
            ...fitted(0.8 * panelWidth),
            frameAnchor: 'top-left',
            textAnchor: 'start',
            dx: -44,
            dy: -42,
            fontWeight: 600,
            fontSize: fontSize + 1,
          }),
          Plot.text([summary], {
            frameAnchor: 'bottom-right',
            textAnchor: 'end',
            dx: -8,
            dy: control === undefined ? -10 : -28,
            fontWeight: 600,
            fill: ink.blue,
          }),
          ...(control === undefined
            ? []
            : [
                Plot.text([`dashed: ${control.name}`], {
                  ...fitted(220),
                  frameAnchor: 'bottom-right',
                  textAnchor: 'end',
                  dx: -8,
                  dy: -10,
                }),
              ]),
          Plot.text(['false positive rate'], { frameAnchor: 'bottom', dy: 40, fill: ink.quiet }),
          Plot.text(['true positive rate'], {
            frameAnchor: 'top-left',
            textAnchor: 'start',
            dx: -44,
            dy: -20,
            fill: ink.quiet,
          }),
        ],
      },
    ],
  });
}

function finished(arm: ReportArm): readonly ReportTrial[] {
  return arm.trials.filter((trial) => trial.roc.length > 1);
}

function operatingPoint({ confusion }: ReportTrial): RocPoint[] {
  if (confusion === null) return [];
  const positives = confusion.truePositives + confusion.falseNegatives;
  const negatives = confusion.falsePositives + confusion.trueNegatives;
  if (positives === 0 || negatives === 0) return [];
  return [
    { falsePositiveRate: confusion.falsePositives / negatives, truePositiveRate: confusion.truePositives / positives },
  ];
}

/** Steps of the false positive rate at which curves are averaged. */
const steps = 200;

/** The mean of the true positive rates at equal false positive rate (vertical averaging; Fawcett 2006). */
function meanRoc(trials: readonly ReportTrial[]): RocPoint[] {
  if (trials.length === 1) return [...(trials[0]?.roc ?? [])];
  const mean: RocPoint[] = [{ falsePositiveRate: 0, truePositiveRate: 0 }];
  for (let step = 0; step <= steps; step++) {
    const rate = step / steps;
    const sum = trials.reduce((total, trial) => total + truePositiveRateAt(trial.roc, rate), 0);
    mean.push({ falsePositiveRate: rate, truePositiveRate: sum / trials.length });
  }
  return mean;
}

/** Linear between the curve's corners; the highest value where the curve rises straight up. */
function truePositiveRateAt(roc: readonly RocPoint[], rate: number): number {
  let before: RocPoint = { falsePositiveRate: 0, truePositiveRate: 0 };
  for (const point of roc) {
    if (point.falsePositiveRate > rate) {
      const share = (rate - before.falsePositiveRate) / (point.falsePositiveRate - before.falsePositiveRate);
      return before.truePositiveRate + share * (point.truePositiveRate - before.truePositiveRate);
    }
    before = point;
  }
  return before.truePositiveRate;
}
