import { bytes, count, duration, percent } from '@chromaray/base';
import { html } from '../../kit/html.js';
import type { ReportArm, ReportInput } from '../report-input.js';
import { armName, finishedTrials, plainArmName } from './arm-name.js';
import { dataTable, type Section } from './section.js';

/** What each arm is and what it cost. */
export function costSection({ arms }: ReportInput): Section {
  const cost = dataTable<ReportArm>(
    'table-cost',
    'What each arm is and what it cost. Times are the mean of the finished trials.',
    [
      { head: 'Arm', cell: armName, text: plainArmName },
      { head: 'What its network sees', cell: (arm) => arm.description, kind: 'words' },
      { head: 'Parameters', cell: (arm) => count(arm.parameters), kind: 'number' },
      {
        head: 'Time a trial',
        cell: (arm) => duration(secondsOf(arm)),
        sort: secondsOf,
        kind: 'number',
      },
      { head: 'Images/s', cell: (arm) => count(mean(measuredValues(arm, 'imagesPerSecond'))), kind: 'number' },
      {
        head: 'Waiting for images',
        cell: (arm) => percent(highest(measuredValues(arm, 'idleShare'))),
        kind: 'number',
      },
      {
        head: 'Peak memory',
        cell: (arm) => bytes(highest(measuredValues(arm, 'peakMemoryBytes'))),
        sort: (arm) => highest(measuredValues(arm, 'peakMemoryBytes')),
        kind: 'number',
      },
    ],
    arms,
  );
  return {
    id: 'cost',
    title: 'The arms',
    short: 'Arms',
    body: html`${cost.html}`,
    tables: [cost.plain],
  };
}

function secondsOf(arm: ReportArm): number | null {
  return mean(finishedTrials(arm).flatMap((trial) => trial.seconds ?? []));
}

function measuredValues(arm: ReportArm, field: 'imagesPerSecond' | 'peakMemoryBytes' | 'idleShare'): number[] {
  return finishedTrials(arm).flatMap((trial) => trial[field] ?? []);
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function highest(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.max(...values);
}
