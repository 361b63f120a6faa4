import { decimal } from '@chromaray/base';
import type { ArmBehaviour } from '@chromaray/contracts';
import * as Plot from '@observablehq/plot';
import { draw, fitted, slug } from './draw.js';
import type { Figure, FigureGroup } from './figure.js';
import { fontSize, ink, panelWidth } from './ink.js';

/** One panel per arm: what the networks said beside how often they were right to say it. */
export function reliabilityPlots(arms: readonly ArmBehaviour[]): FigureGroup {
  return {
    caption:
      'Reliability on the test part. Records are sorted by their probability into ten bins of equal size; each circle is a bin, ' +
      'the mean over seeds, thin lines are single networks; the error is the mean calibration error. On the diagonal, probabilities are honest; below it the ' +
      'networks see the disease more often than it is there.',
    figures: arms.map(reliabilityPlot),
  };
}

function reliabilityPlot({ arm, reliability, calibration }: ArmBehaviour): Figure {
  const rate = { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], label: null } as const;
  const axisInk = { fontSize, color: ink.frame, fill: ink.text, tickFormat: (value: number) => String(value) };
  const seeds = calibration.map(({ seed }) => seed);
  const error = calibration.reduce((sum, { calibrationError }) => sum + calibrationError, 0) / calibration.length;
  const summary = `mean calibration error ${decimal(error, 3)}`;
  const bySeed = seeds.map((seed) =>
    reliability.flatMap(({ perSeed }) => perSeed.filter((point) => point.seed === seed)),
  );
  return draw({
    name: `reliability-${slug(arm)}`,
    title: `Reliability of ${arm}`,
    description: `${arm}: ${summary}, ${reliability.length} bins, ${seeds.length} networks.`,
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
          ...(bySeed.length > 1
            ? bySeed.map((points) =>
                Plot.line(points, {
                  x: 'probability',
                  y: 'observed',
                  stroke: ink.blue,
                  strokeWidth: 0.8,
                  strokeOpacity: 0.5,
                }),
              )
            : []),
          Plot.line(reliability, { x: 'probability', y: 'observed', stroke: ink.blue, strokeWidth: 2.4 }),
          Plot.dot(reliability, {
            x: 'probability',
            y: 'observed',
            r: 4,
            fill: ink.paper,
            stroke: ink.blue,
            strokeWidth: 1.8,
          }),
          Plot.text([arm], {
            ...fitted(0.8 * panelWidth),
            frameAnchor: 'top-left',
            textAnchor: 'start',
            dx: -44,
            dy: -42,
            fontWeight: 600,
            fontSize: fontSize + 1,
          }),
          Plot.text(['probability given'], { frameAnchor: 'bottom', dy: 40, fill: ink.quiet }),
          Plot.text([`share that has the disease; error ${decimal(error, 3)}`], {
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
