import type { ArmResult, MetricSummary } from '../../comparison/types.js';
import { bytes, count, counted, duration, interval, level, metric, missing } from '../format.js';
import { type Html, html } from '../html.js';
import type { ReportArm, ReportInput } from '../report-input.js';
import { type Column, type Section, table } from './section.js';

interface Row {
  readonly arm: ReportArm;
  readonly result: ArmResult | undefined;
}

/** How good each arm is by itself, and what it cost. */
export function armsSection({ verdict, arms, dataset }: ReportInput): Section {
  const rows: Row[] = arms.map((arm) => ({ arm, result: verdict.arms.find((result) => result.arm === arm.name) }));
  const { records, positives, negatives } = verdict.counts.test;
  const measured = (head: string, of: (result: ArmResult) => MetricSummary): Column<Row> => ({
    head,
    cell: ({ result }) => (result === undefined ? missing : summary(of(result))),
    kind: 'number',
  });
  const first: Column<Row> = { head: 'Arm', cell: ({ arm }) => armName(arm) };
  return {
    id: 'arms',
    title: 'How good is each arm?',
    short: 'Each arm',
    body: html`${table<Row>(
      'table-arms',
      `Test part, ${count(records)} X-rays: ${count(positives)} ${dataset.positive}, ${count(negatives)} ${dataset.negative}. Mean over seeds \u00b1 standard deviation between seeds; below it the ${level(1 - verdict.endpoint.alpha)} interval. All but AUROC at the threshold chosen on the validation part.`,
      [
        first,
        measured('AUROC', (result) => result.auroc),
        measured('Accuracy', (result) => result.accuracy),
        measured('Sensitivity', (result) => result.sensitivity),
        measured('Specificity', (result) => result.specificity),
        measured('F1', (result) => result.f1),
      ],
      rows,
    )}
${table<Row>(
  'table-cost',
  'What each arm is and what it cost. Times are the mean of the finished trials.',
  [
    first,
    { head: 'What its network sees', cell: ({ arm }) => arm.description, kind: 'words' },
    { head: 'Parameters', cell: ({ arm }) => count(arm.parameters), kind: 'number' },
    {
      head: 'Time a trial',
      cell: ({ arm }) => duration(mean(finished(arm).map((trial) => trial.seconds))),
      kind: 'number',
    },
    { head: 'Images/s', cell: ({ arm }) => count(mean(measuredValues(arm, 'imagesPerSecond'))), kind: 'number' },
    { head: 'Peak memory', cell: ({ arm }) => bytes(highest(measuredValues(arm, 'peakMemoryBytes'))), kind: 'number' },
  ],
  rows,
)}`,
  };
}

/** The name, with what sets the arm apart: that it is the control, or that trials are missing. */
function armName(arm: ReportArm): Html {
  const done = finished(arm).length;
  return html`${arm.name}${arm.control ? html` <span class="tag">control</span>` : null}${
    done < arm.trials.length
      ? html` <span class="tag partial">partial: ${done} of ${counted(arm.trials.length, 'seed')}</span>`
      : null
  }`;
}

function summary({ mean, sd, interval: ends }: MetricSummary): Html {
  const spread = sd === null ? null : html` <span class="spread">\u00b1 ${metric(sd)}</span>`;
  return html`<span class="line">${metric(mean)}${spread}</span><span class="line quiet">${interval(ends)}</span>`;
}

function finished(arm: ReportArm) {
  return arm.trials.filter((trial) => trial.state === 'finished');
}

function measuredValues(arm: ReportArm, field: 'imagesPerSecond' | 'peakMemoryBytes'): number[] {
  return finished(arm).flatMap((trial) => trial[field] ?? []);
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function highest(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.max(...values);
}
