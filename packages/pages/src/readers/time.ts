import { count, decimal, duration, interval, percent, pValue } from '@chromaray/base';
import type { ReaderAnalysis, ReaderDrift, ReaderSlope, ReaderTimes } from '@chromaray/contracts';
import { html } from '../kit/html.js';
import type { Question } from '../report/questions/question.js';
import { dataTable, type Section } from '../report/sections/section.js';

/** Reading time, and what drifted over sessions; null where neither was recorded. */
export function timeQuestion(analysis: ReaderAnalysis): Question | null {
  const { times, drift } = analysis;
  if (times === undefined && drift === undefined) return null;
  return {
    id: 'time',
    title: 'How long did reading take, and did readers change on the way?',
    short: 'Time, learning',
    answer: [
      ...(times === undefined ? [] : timeSentences(times)),
      ...(drift === undefined ? [] : driftSentences(drift)),
    ].join(' '),
    sections: [
      ...(times === undefined ? [] : [timeSection(times)]),
      ...(drift === undefined ? [] : [driftSection(drift)]),
    ],
  };
}

const factor = (value: number): string => decimal(value, 2);

/** Only an interval that leaves out 1 shows that an arm takes longer, or less long. */
function timeSentences(times: readonly ReaderTimes[]): readonly string[] {
  return times.flatMap(({ arm, ratio, interval: ends }) => {
    if (ratio === null) return [];
    if (ends === null) return [`${arm} took ${factor(ratio)} times as long as the control, without an interval.`];
    const shown = `${factor(ratio)} times the control's time (interval ${interval(ends, factor)})`;
    if (ends[0] > 1) return [`Reading with ${arm} takes longer: ${shown}.`];
    if (ends[1] < 1) return [`Reading with ${arm} takes less time: ${shown}.`];
    return [`It is not shown that reading with ${arm} takes another time: ${shown}.`];
  });
}

function driftSentences({ time, right }: ReaderDrift): readonly string[] {
  return [
    ...drifted(
      time,
      1,
      'Readers became slower within sessions',
      'Readers became faster within sessions',
      'reading time',
    ),
    ...drifted(
      right,
      0,
      'Calls became better within sessions',
      'Calls became worse within sessions',
      'the share of right calls',
    ),
  ];
}

function drifted(
  slope: ReaderSlope | null,
  none: number,
  above: string,
  below: string,
  what: string,
): readonly string[] {
  if (slope === null || slope.interval === null) return [];
  if (slope.interval[0] > none) return [`${above}.`];
  if (slope.interval[1] < none) return [`${below}.`];
  return [`A drift of ${what} within sessions is not shown.`];
}

function timeSection(times: readonly ReaderTimes[]): Section {
  const table = dataTable<ReaderTimes>(
    'table-times',
    'Reading time; the ratio to the control is paired by reader and case, a geometric mean over readers (exploratory).',
    [
      { head: 'Arm', cell: (row) => row.arm },
      { head: 'Timed readings', cell: (row) => count(row.readings), kind: 'number' },
      { head: 'Median', cell: (row) => duration(row.medianSeconds), kind: 'number', sort: (row) => row.medianSeconds },
      { head: 'Ratio to control', cell: (row) => decimal(row.ratio, 2), kind: 'number' },
      { head: 'Interval', cell: (row) => interval(row.interval, factor), kind: 'number' },
      { head: 'p', cell: (row) => pValue(row.p), kind: 'number' },
    ],
    times,
  );
  return { id: 'times', title: 'Reading time', short: 'Time', body: table.html, tables: [table.plain] };
}

interface DriftRow {
  readonly what: string;
  readonly slope: ReaderSlope;
  readonly text: (value: number) => string;
}

function driftSection({ time, right }: ReaderDrift): Section {
  const rows: DriftRow[] = [
    ...(time === null ? [] : [{ what: 'Factor of reading time', slope: time, text: factor }]),
    ...(right === null
      ? []
      : [{ what: 'Change of the share of right calls', slope: right, text: (value: number) => percent(value) }]),
  ];
  const table = dataTable<DriftRow>(
    'table-drift',
    'Slope over the position in the session, per 100 readings: each reader\u2019s own, then the mean over readers (exploratory).',
    [
      { head: 'What', cell: ({ what }) => what },
      { head: 'Per 100 readings', cell: ({ slope, text }) => text(slope.value), kind: 'number' },
      { head: 'Interval', cell: ({ slope, text }) => interval(slope.interval, text), kind: 'number' },
      { head: 'p', cell: ({ slope }) => pValue(slope.p), kind: 'number' },
    ],
    rows,
  );
  return {
    id: 'drift',
    title: 'Learning and tiring over position',
    short: 'Over position',
    body:
      rows.length === 0
        ? html`<p>Positions were recorded, but neither times nor calls that could drift.</p>`
        : table.html,
    tables: rows.length === 0 ? [] : [table.plain],
  };
}
