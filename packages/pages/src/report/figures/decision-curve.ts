import { counted, decimal, metric, percent } from '@chromaray/base';
import type { ArmBehaviour } from '@chromaray/contracts';
import * as Plot from '@observablehq/plot';
import { draw, slug } from './draw.js';
import type { Figure, FigureGroup } from './figure.js';
import { dashed, ink, panelWidth } from './ink.js';
import { axisInk, panelMargins, panelTitle, rightNote, spoken, upNote } from './marks.js';

type CurvePoint = ArmBehaviour['decisionCurve'][number];

/** One panel per arm: what acting on its probabilities would gain, whatever a false alarm weighs. */
export function decisionCurves(arms: readonly ArmBehaviour[]): FigureGroup {
  return {
    caption: 'Net benefit of acting on the networks, on the test part (decision curves, Vickers and Elkin).',
    marks:
      'From left to right, the probability from which one would act: far left a missed case weighs much more than a false ' +
      'alarm, far right the reverse. Upwards, the net benefit: found cases less false alarms weighed by that, per X-ray. Solid ' +
      'blue, acting on the networks (mean over seeds); dashed orange, acting on everybody; the line at 0, on nobody. A network ' +
      'is of use where it lies above both; where a curve leaves the picture, acting on it does harm.',
    figures: arms.map(decisionFigure),
  };
}

function decisionFigure({ arm, decisionCurve, seeds }: ArmBehaviour): Figure {
  const highest = Math.max(0.05, ...decisionCurve.map(({ model }) => model));
  const floor = -0.15 * highest;
  return draw({
    name: `decision-${slug(arm)}`,
    title: `Decision curve of ${arm}`,
    description: `${arm}: net benefit at ${decisionCurve.length} thresholds, mean over ${counted(seeds.length, 'seed')}; at most ${decimal(highest, 2)}.`,
    plots: [
      {
        width: panelWidth,
        height: 260,
        ...panelMargins,
        x: { domain: [0, 1], label: null },
        y: { domain: [floor, 1.1 * highest], clamp: true, label: null },
        marks: [
          Plot.gridY({ ticks: 5, stroke: ink.grid, strokeOpacity: 1 }),
          Plot.axisX([0, 0.25, 0.5, 0.75, 1], axisInk),
          Plot.axisY({ ...axisInk, ticks: 5, tickSize: 0 }),
          Plot.ruleY([0], { stroke: ink.frame }),
          Plot.line(
            decisionCurve.filter(({ everybody }) => everybody >= floor),
            { x: 'threshold', y: 'everybody', stroke: ink.vermilion, strokeWidth: 1.8, strokeDasharray: dashed },
          ),
          Plot.line(
            decisionCurve.filter(({ model }) => model >= floor),
            { x: 'threshold', y: 'model', stroke: ink.blue, strokeWidth: 2.6 },
          ),
          spoken(
            decisionCurve.filter(({ model }, i) => model >= floor && i % 5 === 4),
            {
              x: 'threshold',
              y: 'model',
              title: ({ threshold, model }: CurvePoint) =>
                `acting from ${percent(threshold, 0)}: net benefit ${metric(model)}`,
            },
          ),
          panelTitle(arm),
          rightNote('acts from this probability on'),
          upNote('net benefit'),
        ],
      },
    ],
  });
}
