import path from 'node:path';
import { type CalibratedSeries, type Calibration, calibrate } from '@chromaray/study';
import type { Context } from '../context.js';
import { EndedWith, exitCodes } from '../exit-codes.js';
import { writeJson } from '../report-error.js';
import { formatPercent, formatSeconds } from '../terminal/format.js';
import { formatTable } from '../terminal/table.js';

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
  else context.out.write(`${format(result)}\n`);
  if (!result.passed) throw new EndedWith(exitCodes.failed);
}

function format({ series, typeIError, coverage, power, alpha, seconds, broken }: Calibration): string {
  return [
    formatTable(
      ['studies whose truth is known', 'studies', 'significant', 'promised', 'interval holds truth', 'wrong verdicts'],
      series.map(row),
    ),
    '',
    ...(typeIError === null
      ? []
      : [`Type I error  ${rate(typeIError)} at alpha ${alpha}, over ${typeIError.studies} simulated A/A studies`]),
    `Coverage      ${rate(coverage)} of ${formatPercent(1 - alpha)} intervals, over ${coverage.studies}`,
    ...(power === null
      ? []
      : [`Power         ${rate(power)} where ${formatPercent(power.promised)} was promised, over ${power.studies}`]),
    `Time          ${formatSeconds(seconds)}`,
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
  const shown = of === 'variance' ? (value: number) => value.toFixed(2) : formatPercent;
  return `  ${series}: ${measures[of]} ${shown(found)}, limits ${shown(limits[0])} to ${shown(limits[1])}`;
}

function row(series: CalibratedSeries): readonly string[] {
  return [
    series.name,
    String(series.studies),
    rate(series.significant),
    series.promisedPower === null ? '–' : formatPercent(series.promisedPower),
    rate(series.coverage),
    rate(series.wrongVerdicts),
  ];
}

function rate({ rate: share, standardError }: { readonly rate: number; readonly standardError: number }): string {
  return `${formatPercent(share)} ± ${(100 * standardError).toFixed(1)}`;
}
