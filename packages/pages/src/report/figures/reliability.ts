import { metric, percent } from '@chromaray/base';
import type { ArmBehaviour, ReliabilityPoint } from '@chromaray/contracts';
import * as Plot from '@observablehq/plot';
import { draw, slug } from './draw.js';
import type { Figure, FigureGroup } from './figure.js';
import { ink, panelWidth } from './ink.js';
import { panelMargins, panelTitle, rightNote, ring, unitSquare, upNote } from './marks.js';

/** One panel per arm: what the networks said beside how often they were right to say it. */
export function reliabilityPlots(arms: readonly ArmBehaviour[]): FigureGroup {
  return {
    caption: 'What the networks said, and how often they were right to say it, on the test part.',
    marks:
      'Records are sorted by their probability into ten bins of equal size; each circle is a bin, the mean over seeds; thin lines are ' +
      'single networks; the error is the mean calibration error. On the diagonal, probabilities are calibrated; below it the ' +
      'networks see the disease more often than it is there.',
    figures: arms.map(reliabilityPlot),
  };
}

function reliabilityPlot({ arm, reliability, calibration }: ArmBehaviour): Figure {
  const { rate, marks } = unitSquare();
  const seeds = calibration.map(({ seed }) => seed);
  const error = calibration.reduce((sum, { calibrationError }) => sum + calibrationError, 0) / calibration.length;
  const summary = `mean calibration error ${metric(error)}`;
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
        ...panelMargins,
        x: rate,
        y: rate,
        marks: [
          ...marks,
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
          ring(reliability, {
            x: 'probability',
            y: 'observed',
            title: (point: ReliabilityPoint) =>
              `of those given ${metric(point.probability)}, ${percent(point.observed)} have the disease`,
          }),
          panelTitle(arm),
          rightNote('probability given'),
          upNote(`share that has the disease; error ${metric(error)}`),
        ],
      },
    ],
  });
}
