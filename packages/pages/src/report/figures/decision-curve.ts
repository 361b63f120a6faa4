import { counted } from '@chromaray/base';
import type { ArmBehaviour } from '@chromaray/contracts';
import * as Plot from '@observablehq/plot';
import { draw, fitted, slug } from './draw.js';
import type { Figure, FigureGroup } from './figure.js';
import { dashed, fontSize, ink, panelWidth } from './ink.js';

/** One panel per arm: what acting on its probabilities would gain, whatever a false alarm weighs. */
export function decisionCurves(arms: readonly ArmBehaviour[]): FigureGroup {
  return {
    caption:
      'Decision curves on the test part (Vickers and Elkin). From left to right, the probability from which one would act: ' +
      'far left a missed case weighs much more than a false alarm, far right the reverse. Upwards, the net benefit: found cases less ' +
      'false alarms weighed by that, per X-ray. Solid blue, acting on the networks (mean over seeds); dashed orange, acting on everybody; ' +
      'the line at 0, on nobody. A network is of use where it lies above both; where a curve leaves the picture, acting on it does harm.',
    figures: arms.map(decisionFigure),
  };
}

function decisionFigure({ arm, decisionCurve, seeds }: ArmBehaviour): Figure {
  const highest = Math.max(0.05, ...decisionCurve.map(({ model }) => model));
  const floor = -0.15 * highest;
  const axisInk = { fontSize, color: ink.frame, fill: ink.text };
  return draw({
    name: `decision-${slug(arm)}`,
    title: `Decision curve of ${arm}`,
    description: `${arm}: net benefit at ${decisionCurve.length} thresholds, mean over ${counted(seeds.length, 'seed')}; at most ${highest.toFixed(2)}.`,
    plots: [
      {
        width: panelWidth,
        height: 260,
        marginLeft: 44,
        marginRight: 12,
        marginTop: 48,
        marginBottom: 44,
        x: { domain: [0, 1], label: null },
        y: { domain: [floor, 1.1 * highest], clamp: true, label: null },
        marks: [
          Plot.gridY({ ticks: 5, stroke: ink.grid, strokeOpacity: 1 }),
          Plot.axisX([0, 0.25, 0.5, 0.75, 1], { ...axisInk, tickFormat: (value: number) => String(value) }),
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
          Plot.text([arm], {
            ...fitted(0.8 * panelWidth),
            frameAnchor: 'top-left',
            textAnchor: 'start',
            dx: -44,
            dy: -42,
            fontWeight: 600,
            fontSize: fontSize + 1,
          }),
          Plot.text(['acts from this probability on'], { frameAnchor: 'bottom', dy: 40, fill: ink.quiet }),
          Plot.text(['net benefit'], {
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
