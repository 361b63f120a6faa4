import { count, metric } from '@chromaray/base';
import { type Html, html } from '../../kit/html.js';
import type { ReportCase, ReportInput } from '../report-input.js';
import { recordName } from './record-name.js';
import { type Column, dataTable, folded, type Section } from './section.js';

const id = 'table-cases';

/** Ways to narrow the list: the word of a row's kind, and what a reader chooses. */
const kinds = [
  ['missed', 'missed by the control'],
  ['alarm', 'false alarms of the control'],
  ['wrong', 'wrong in every arm'],
  ['apart', 'arms that differ'],
  ['right', 'right in every arm'],
] as const;

/** Every test X-ray with what each arm said of it, to sort and to narrow; nothing where that was not worked out. */
export function casesSection({ cases, dataset }: ReportInput): readonly Section[] {
  const [first] = cases?.cases ?? [];
  if (cases === undefined || first === undefined || first.arms.length === 0) return [];
  const listed = cases.cases.length;
  const columns: readonly Column<ReportCase>[] = [
    { head: 'X-ray', cell: ({ record }) => recordName(record, 'test'), kind: 'words' },
    { head: 'Truth', cell: ({ label, subtype }) => (subtype === null ? label : `${label} (${subtype})`) },
    ...first.arms.map(
      ({ arm }, i): Column<ReportCase> => ({
        head: arm,
        cell: ({ arms }) => answer(arms[i]!),
        kind: 'number',
      }),
    ),
  ];
  const shown = dataTable(
    id,
    html`Probability of ${dataset.positive}, mean over seeds; below it how many networks call the X-ray wrong at their thresholds. ${
      listed < cases.records
        ? `The ${count(listed)} that the control is furthest off on, of ${count(cases.records)}; predictions.csv has all.`
        : `All ${count(listed)} X-rays of the test part, those first that the control is furthest off on.`
    }`,
    columns,
    cases.cases,
    { kinds: kindsOf },
  );
  return [
    {
      id: 'cases',
      title: 'X-ray by X-ray',
      short: 'Cases',
      body: html`${folded(`${count(listed)} test X-rays with what every arm said`, html`${filter()}${shown.html}`)}`,
    },
  ];
}

function answer({ probability, wrong, seeds }: ReportCase['arms'][number]): Html {
  return html`<span class="line">${metric(probability)}</span>${
    wrong === 0 ? null : html`<span class="line quiet">wrong in ${wrong} of ${seeds}</span>`
  }`;
}

function filter(): Html {
  return html`<div class="filter" data-filter="${id}" hidden><label>Show <select><option value="">all</option>${kinds.map(
    ([kind, words]) => html`<option value="${kind}">${words}</option>`,
  )}</select></label><label>with <input type="search" placeholder="part of a name"></label><output></output></div>
`;
}

/** An arm calls a record wrong when most of its seeds do. */
function kindsOf({ arms, positive }: ReportCase): readonly string[] {
  const wrong = arms.map((arm) => 2 * arm.wrong > arm.seeds);
  const control = arms.findIndex((arm) => arm.control);
  return [
    ...(wrong[control] === true ? [positive ? 'missed' : 'alarm'] : []),
    ...(wrong.every(Boolean) ? ['wrong'] : []),
    ...(new Set(wrong).size > 1 ? ['apart'] : []),
    ...(wrong.some(Boolean) ? [] : ['right']),
  ];
}
