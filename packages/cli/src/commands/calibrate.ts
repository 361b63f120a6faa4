import path from 'node:path';
import { type CalibratedSeries, type Calibration, calibrate } from '@chromaray/study';
import type { Command } from 'commander';
import type { Context } from '../context.js';
import { writeJson } from '../report-error.js';
import { formatPercent, formatSeconds } from '../terminal/format.js';
import { formatTable } from '../terminal/table.js';
import { jsonOption } from './command.js';
import { wholeNumber } from './options.js';

interface Options {
  readonly studies: number;
  readonly training?: number | true;
  readonly out: string;
  readonly json?: boolean;
}

/** A/A studies with training where no number is given: about ten minutes on one core. */
const usualTrained = 100;

/** `chromaray calibrate` */
export function addCalibrate(parent: Command, context: Context): void {
  parent
    .command('calibrate')
    .description('how often verdicts are wrong: studies whose truth is known, judged as real ones are')
    .option('--studies <n>', 'simulated studies of each kind', wholeNumber(2, 1_000_000), 500)
    .option(
      '--training [n]',
      `also so many A/A studies with real training on synthetic X-rays (${usualTrained} unless told)`,
      wholeNumber(1, 1_000_000),
    )
    .option(
      '--out <dir>',
      'folder that remembers trained studies, so that an interrupted run goes on',
      'studies/.cache',
    )
    .option(...jsonOption)
    .addHelpText(
      'after',
      '\nExamples:\n  chromaray calibrate\n  chromaray calibrate --studies 2000 --training 200 --json',
    )
    .action(async ({ studies, training, out, json }: Options) => {
      const { progress, signal } = context;
      const result = await calibrate({
        studies,
        trained: training === undefined ? 0 : training === true ? usualTrained : training,
        journal: path.join(out, 'calibration.jsonl'),
        onProgress: ({ done, total, series }) =>
          progress.update({ phase: 'calibrating', done, total, unit: 'studies', detail: series }),
        signal,
      });
      progress.end();
      if (json) writeJson(context.out, result);
      else context.out.write(`${format(result)}\n`);
    });
}

function format({ series, typeIError, coverage, power, alpha, seconds }: Calibration): string {
  return [
    formatTable(
      ['studies whose truth is known', 'studies', 'significant', 'promised', 'interval holds truth', 'wrong verdicts'],
      series.map(row),
    ),
    '',
    `Type I error  ${rate(typeIError)} at alpha ${alpha}, over ${typeIError.studies} simulated A/A studies`,
    `Coverage      ${rate(coverage)} of ${formatPercent(1 - alpha)} intervals, over ${coverage.studies}`,
    `Power         ${rate(power)} where ${formatPercent(power.promised)} was promised, over ${power.studies}`,
    `Time          ${formatSeconds(seconds)}`,
    '',
    '± is one Monte Carlo standard error. docs/calibration-of-the-harness.md explains the table.',
  ].join('\n');
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
