import { count, counted, percent } from '@chromaray/base';
import type { ConfusionCounts } from '@chromaray/contracts';
import * as Plot from '@observablehq/plot';
import type { ReportArm } from '../report-input.js';
import { draw, fitted, slug } from './draw.js';
import type { Figure, FigureGroup } from './figure.js';
import { fontSize, ink, panelWidth } from './ink.js';

/** One panel per arm that has a finished trial. */
export function confusionMatrices(arms: readonly ReportArm[], positive: string, negative: string): FigureGroup {
  return {
    caption:
      `Decisions on the test part at the threshold chosen on the validation part. Rows, the truth; columns, what the network ` +
      `said. Each cell holds the mean number of X-rays over an arm's seeds and their share of the row; darker is more. ` +
      `${positive} rightly found is the sensitivity, ${negative} rightly cleared the specificity.`,
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
  const cells = [
    { truth: 0, answer: 0, n: mean('truePositives'), row: mean('truePositives') + mean('falseNegatives') },
    { truth: 0, answer: 1, n: mean('falseNegatives'), row: mean('truePositives') + mean('falseNegatives') },
    { truth: 1, answer: 0, n: mean('falsePositives'), row: mean('falsePositives') + mean('trueNegatives') },
    { truth: 1, answer: 1, n: mean('trueNegatives'), row: mean('falsePositives') + mean('trueNegatives') },
  ].map((cell) => ({
    ...cell,
    truth: truths[cell.truth],
    answer: answers[cell.answer],
    share: cell.row === 0 ? 0 : cell.n / cell.row,
  }));
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
            text: (cell) => count(Number(cell.n.toFixed(1))),
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
            ...fitted(panelWidth - 70),
            frameAnchor: 'top-left',
            textAnchor: 'start',
            dy: -46,
            fontWeight: 600,
            fontSize: fontSize + 1,
          }),
          Plot.text([counted(matrices.length, 'seed')], {
            frameAnchor: 'top-right',
            textAnchor: 'end',
            dy: -46,
            fill: ink.quiet,
          }),
        ],
      },
    ],
  });
}
