import { differenceInterval, level, pValue, signed } from '@chromaray/base';
import { type ControlComparison, endpointName } from '@chromaray/contracts';
import { html } from '../../kit/html.js';
import type { ReportInput } from '../report-input.js';
import { dataTable, type Section, terms } from './section.js';
import { verdictMark } from './verdict-mark.js';

/** What each control arm is a control for, what it says about the others, and what stays open; nothing without colours. */
export function controlsSection({ verdict }: ReportInput): readonly Section[] {
  const { controls, endpoint } = verdict;
  if (controls === undefined) return [];
  const table = dataTable<ControlComparison>(
    'table-controls',
    `Difference in ${endpointName(endpoint)} of each colour arm from the control arms that its colour calls for, mean over seeds, by the endpoint's rule and its margin of ${endpoint.margin}. Exploratory, not corrected for their number.`,
    [
      { head: 'Arm', cell: (row) => row.arm },
      { head: 'Control arm', cell: (row) => row.control },
      { head: 'Difference', cell: (row) => signed(row.difference), kind: 'number' },
      { head: 'Interval', cell: (row) => differenceInterval(row.interval, endpoint.margin), kind: 'number' },
      { head: 'Level', cell: (row) => level(row.intervalLevel), kind: 'number' },
      { head: 'p', cell: (row) => pValue(row.p), kind: 'number' },
      { head: 'Verdict', cell: (row) => verdictMark(row.verdict), text: (row) => row.verdict },
    ],
    controls.comparisons,
  );
  const said = [...controls.answers, ...controls.open];
  return [
    {
      id: 'controls',
      title: 'What the control arms say',
      short: 'Control arms',
      reading:
        'A control arm has one thing in common with a colour arm. A colour arm that is not better than it owes its lead to nothing else.',
      body: html`${controls.present.length === 0 ? null : terms(controls.present.map(({ arm, purpose }) => [arm, purpose] as const))}
${said.length === 0 ? null : html`<ul class="statements">${said.map((sentence) => html`<li>${sentence}</li>\n`)}</ul>`}
${controls.comparisons.length === 0 ? null : table.html}`,
      tables: controls.comparisons.length === 0 ? [] : [table.plain],
    },
  ];
}

/** What the controls say of effects, for the answer above the details. */
export function controlSentences({ verdict }: ReportInput): string {
  const effects = verdict.comparisons.some((one) => one.verdict === 'helps' || one.verdict === 'harms');
  return effects ? (verdict.controls?.answers ?? []).map((sentence) => ` ${sentence}`).join('') : '';
}
