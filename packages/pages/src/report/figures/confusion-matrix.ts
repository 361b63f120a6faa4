import { count, counted, percent } from '@chromaray/base';
import type { ConfusionCounts } from '@chromaray/contracts';
import * as Plot from '@observablehq/plot';
import type { ReportArm } from '../report-input.js';
import { draw, fitted, slug } from './draw.js';
import type { Figure, FigureGroup } from './figure.js';
import { fontSize, ink, panelWidth } from './ink.js';
import { wholeParts } from './whole.js';

/** One panel per arm that has a finished trial. */
export function confusionMatrices(arms: readonly ReportArm[], positive: string, negative: string): FigureGroup {
  return {
    caption:
      'Decisions on the test part at the threshold chosen on the validation part: rows, the truth; columns, what the network said.',
    marks: `Each cell holds the number of X-rays (of several seeds the mean, rounded so that every row keeps its X-rays) and their share of the row; darker is more. The share in the upper left cell is the sensitivity, that in the lower right cell the specificity.`,
    figures: arms.flatMap((arm) => {
      const matrices = arm.trials.flatMap((trial) => trial.confusion ?? []);
      return matrices.length === 0 ? [] : [confusionMatrix(arm.name, matrices, positive, negative)];
    }),
  };
}

function confusionMatrix(
  arm: string,
  matrices: readonly ConfusionCounts[],
  positive: string,
  negative: string,
): Figure {
  const mean = (cell: keyof ConfusionCounts) =>
    matrices.reduce((sum, matrix) => sum + matrix[cell], 0) / matrices.length;
  const truths = [`is ${positive}`, `is ${negative}`];
  const answers = [`said ${positive}`, `said ${negative}`];
  const cells = [['truePositives', 'falseNegatives'] as const, ['falsePositives', 'trueNegatives'] as const].flatMap(
    (row, truth) => {
      const means = row.map(mean);
      const total = means.reduce((sum, n) => sum + n, 0);
      return wholeParts(means, total).map((n, answer) => ({
        ...{ truth: truths[truth], answer: answers[answer], n },
        share: total === 0 ? 0 : means[answer]! / total,
      }));
    },
  );
  const place = { x: 'answer', y: 'truth' } as const;
  return draw({
    name: `confusion-${slug(arm)}`,
    title: `Confusion matrix of ${arm}`,
    description: cells
      .map((cell) => `${cell.truth}, ${cell.answer}: ${count(cell.n)} (${percent(cell.share)}).`)
      .join(' '),
    plots: [
      {
        width: panelWidth,
        height: 226,
        marginLeft: 1,
        marginRight: 1,
        marginTop: 54,
        marginBottom: 4,
        x: { type: 'band', domain: answers, padding: 0.02, label: null, axis: null },
        y: { type: 'band', domain: truths, padding: 0.03, label: null, axis: null },
        color: { type: 'linear', domain: [0, 1], range: [ink.faint, ink.sky], interpolate: 'rgb' },
        marks: [
          Plot.cell(cells, { ...place, fill: 'share', stroke: ink.frame, strokeWidth: 0.5 }),
          Plot.text(cells, {
            ...place,
            text: (cell) => count(cell.n),
            fontSize: fontSize + 7,
            fontWeight: 600,
            fill: ink.text,
            dy: -4,
          }),
          Plot.text(cells, { ...place, text: (cell) => percent(cell.share), fill: ink.text, dy: 17 }),
          Plot.text(cells, { ...place, ...fitted(138), text: 'truth', fill: ink.text, dy: -28 }),
          Plot.text(answers, {
            ...fitted(144),
            x: (answer: string) => answer,
            frameAnchor: 'top',
            dy: -18,
            fill: ink.quiet,
          }),
          Plot.text([arm], {
            ...fitted(panelWidth - 140),
            ...{ frameAnchor: 'top-left', textAnchor: 'start', dy: -46, fontWeight: 600, fontSize: fontSize + 1 },
          }),
          Plot.text([matrices.length === 1 ? '1 seed' : `mean over ${counted(matrices.length, 'seed')}`], {
            ...{ frameAnchor: 'top-right', textAnchor: 'end', dy: -46, fill: ink.quiet },
          }),
        ],
      },
    ],
  });
}
