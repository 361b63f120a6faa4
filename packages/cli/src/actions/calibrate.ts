import path from 'node:path';
import { count, decimal, duration, level, percent } from '@chromaray/base';
import { type CalibratedSeries, type Calibration, calibrate } from '@chromaray/study';
import type { Context } from '../context.js';
import { EndedWith, exitCodes } from '../exit-codes.js';
import { writeJson } from '../report-error.js';
import { lineWidth, printText } from '../terminal/print.js';
import { type Cell, formatTable } from '../terminal/table.js';

export interface CalibrateOptions {
  readonly studies: number;
  readonly training?: number;
  readonly out: string;
  readonly json?: boolean;
}

/** What `chromaray calibrate` does. */
export async function calibrateAction(
  { studies, training, out, json }: CalibrateOptions,
  context: Context,
): Promise<void> {
  const { progress, signal } = context;
  const result = await calibrate({
    studies,
    trained: training ?? 0,
    journal: path.join(out, 'calibration.jsonl'),
    onProgress: ({ done, total, series }) =>
      progress.update({ phase: 'calibrating', done, total, unit: 'studies', detail: series }),
    signal,
  });
  progress.end();
  if (json) writeJson(context.out, result);
  else printText(context.out, format(result, lineWidth(context.out)));
  if (!result.passed) throw new EndedWith(exitCodes.failed);
}

function format({ series, typeIError, coverage, power, alpha, seconds, broken }: Calibration, width: number): string {
  return [
    formatTable(
      ['studies whose truth is known', 'studies', 'significant', 'promised', 'interval holds truth', 'wrong verdicts'],
      series.map(row),
      width,
    ),
    '',
    ...(typeIError === null
      ? []
      : [
          `Type I error  ${rate(typeIError)} at alpha ${alpha}, over ${count(typeIError.studies)} simulated A/A studies`,
        ]),
    `Coverage      ${rate(coverage)} of ${level(1 - alpha)} intervals, over ${count(coverage.studies)} studies`,
    ...(power === null
      ? []
      : [
          `Power         ${rate(power)} where ${percent(power.promised)} was promised, over ${count(power.studies)} studies`,
        ]),
    `Time          ${duration(seconds)}`,
    '',
    ...(broken.length === 0
      ? ['Every series keeps to its limits.']
      : ['Outside its limits, by more than chance explains:', ...broken.map(brokenLine)]),
    '',
    '± is one Monte Carlo standard error. docs/calibration-of-the-harness.md explains the table.',
  ].join('\n');
}

const measures = {
  significant: 'significant',
  coverage: 'interval holds truth',
  variance: 'estimated / true variance',
};

function brokenLine({ series, of, rate: found, limits }: Calibration['broken'][number]): string {
  const shown = of === 'variance' ? (value: number) => decimal(value, 2) : percent;
  return `  ${series}: ${measures[of]} ${shown(found)}, limits ${shown(limits[0])} to ${shown(limits[1])}`;
}

function row(series: CalibratedSeries): readonly Cell[] {
  return [
    series.name,
    series.studies,
    rate(series.significant),
    percent(series.promisedPower),
    rate(series.coverage),
    rate(series.wrongVerdicts),
  ];
}

function rate({ rate: share, standardError }: { readonly rate: number; readonly standardError: number }): string {
  return `${percent(share)} ± ${decimal(100 * standardError, 1)}`;
}
