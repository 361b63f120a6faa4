import { count, differenceInterval, level, pValue, signed } from '@chromaray/base';
import { type Comparison, endpointName, type SplitsComparison } from '@chromaray/contracts';
import { html } from '../../kit/html.js';
import type { ReportInput } from '../report-input.js';
import { dataTable, type Section } from './section.js';

interface Row {
  readonly comparison: Comparison;
  readonly across: SplitsComparison;
}

/** The second, wider answer of a study with `split.repeats`; nothing for one with a single split. */
export function acrossSplitsSection({ verdict }: ReportInput): readonly Section[] {
  const rows = rowsOf(verdict.comparisons);
  if (rows.length === 0) return [];
  const table = dataTable<Row>(
    'table-splits',
    `Difference in ${endpointName(verdict.endpoint)} from the control with other training sets: ${verdict.folds === undefined ? 'several splits of the data set by patient' : 'the folds one by one'}, each trained anew with all seeds. Interval and p by the corrected resampled t test (Nadeau and Bengio 2003), which allows for the overlap of the parts. Exploratory: the verdict rests on ${verdict.folds === undefined ? 'the first split' : 'all folds together, for the training sets that they have'}.`,
    [
      { head: 'Arm', cell: ({ comparison }) => comparison.arm },
      {
        head: verdict.folds === undefined ? 'Splits' : 'Folds',
        cell: ({ across: { differences, asked } }) =>
          differences.length === asked ? count(asked) : `${count(differences.length)} of ${count(asked)}`,
        kind: 'number',
      },
      { head: 'Mean difference', cell: ({ across }) => of(across, ({ mean }) => signed(mean)), kind: 'number' },
      {
        head: 'Interval',
        cell: ({ across }) => of(across, (r) => differenceInterval(r.interval, verdict.endpoint.margin)),
        kind: 'number',
      },
      { head: 'Level', cell: ({ comparison }) => level(comparison.intervalLevel), kind: 'number' },
      { head: 'p', cell: ({ across }) => of(across, ({ p }) => pValue(p)), kind: 'number' },
      {
        head: verdict.folds === undefined ? 'Split by split' : 'Fold by fold',
        cell: ({ across }) => across.differences.map((d) => signed(d)).join(', '),
      },
    ],
    rows,
  );
  return [
    {
      id: 'across-splits',
      title: 'With other training sets',
      short: 'Other training sets',
      reading:
        'The table above speaks of new patients and new seeds with the same training X-rays. This one also varies the training X-rays, so its interval is usually wider. Where the two disagree, the difference depends on the training set.',
      body: html`${table.html}
<ul class="statements">${rows.map(({ across }) => html`<li>${across.statement}</li>\n`)}</ul>`,
      tables: [table.plain],
    },
  ];
}

/** For the answer in words: one sentence for each arm; none without further splits, and none below a verdict that is invalid. */
export function acrossSplitsSentences({ verdict }: ReportInput): string {
  if (verdict.verdict === 'invalid') return '';
  return rowsOf(verdict.comparisons)
    .map(({ across }) => ` ${across.statement}`)
    .join('');
}

function rowsOf(comparisons: readonly Comparison[]): readonly Row[] {
  return comparisons.flatMap((comparison) =>
    comparison.acrossSplits === undefined ? [] : [{ comparison, across: comparison.acrossSplits }],
  );
}

function of({ result }: SplitsComparison, cell: (result: NonNullable<SplitsComparison['result']>) => string): string {
  return result === null ? '–' : cell(result);
}
