import { count, missing, percent } from '@chromaray/base';
import type { Part } from '@chromaray/contracts';
import { html } from '../../kit/html.js';
import type { ReportFigures } from '../render-figures.js';
import type { ReportInput, ReportSubjects } from '../report-input.js';
import { unknownSentence } from '../unknown-sentence.js';
import { type Column, dataTable, panels, type Section } from './section.js';

const parts: Readonly<Record<Part, string>> = { train: 'training', validation: 'validation', test: 'test' };
const titles: Readonly<Record<string, string>> = {
  age: 'Age (years)',
  sex: 'Sex',
  view: 'View',
  device: 'Device',
  site: 'Site',
  subtype: 'Subtype',
};

interface Row {
  readonly name: string;
  readonly cells: readonly (number | null)[];
  /** Their share of the column is said too. */
  readonly shares: boolean;
}

/** The flow of X-rays and patients, and Table 1 of a paper: who they are, by part and class. */
export function whoSection(input: ReportInput, { flow }: ReportFigures): readonly Section[] {
  const { subjects, dataset } = input;
  if (subjects === undefined) return [];
  const { columns } = subjects;
  const shown = dataTable<Row>(
    'table-characteristics',
    `Who was studied, by part and class: number of X-rays and their share of the column. ${unknownSentence(subjects)}`.trim(),
    [
      { head: 'Characteristic', cell: ({ name }) => name },
      ...columns.map(
        ({ part, label }, i): Column<Row> => ({
          head: `${parts[part]}, ${label}`,
          cell: ({ cells, shares }) => cellText(cells[i]!, shares ? columns[i]!.records : null),
          kind: 'number',
        }),
      ),
    ],
    rowsOf(subjects),
    { sortable: false },
  );
  return [
    {
      id: 'who',
      title: 'Who was studied',
      short: 'Table 1 and flow',
      body: html`${panels(flow)}
${shown.html}
${dataset.patients === null ? html`<p>Patients are unknown, so that X-rays are counted and not people.</p>` : null}`,
      tables: [shown.plain],
    },
  ];
}

function rowsOf({ columns, attributes }: ReportSubjects): readonly Row[] {
  return [
    { name: 'X-rays', cells: columns.map(({ records }) => records), shares: false },
    { name: 'Patients', cells: columns.map(({ patients }) => patients), shares: false },
    ...attributes.flatMap(({ by, groups }) =>
      groups.map(({ group, records }) => ({ name: `${titles[by] ?? by}: ${group}`, cells: records, shares: true })),
    ),
  ];
}

function cellText(value: number | null, of: number | null): string {
  if (value === null) return missing;
  return of === null || of === 0 ? count(value) : `${count(value)} (${percent(value / of, 0)})`;
}
