import { causesSentence, type DifferingKey, differingText } from '@chromaray/contracts';
import { html } from '../../kit/html.js';
import type { ReportInput } from '../report-input.js';
import { type Column, dataTable, type Section } from './section.js';

/** In what the arms differ, key by key, as it was found by comparing them; nothing for reports from before arms were compared. */
export function differingSections({ arms, differing, tuning }: ReportInput): readonly Section[] {
  if (differing === undefined || differing.length === 0) return [];
  const columns: readonly Column<DifferingKey>[] = [
    { head: 'Key of the study file', cell: ({ key }) => key, kind: 'words' },
    ...arms.map(({ name, control }, i) => ({
      head: control ? `${name} (control)` : name,
      cell: ({ values }: DifferingKey) => differingText(values[i]),
      kind: 'words' as const,
    })),
  ];
  const table = dataTable<DifferingKey>(
    'table-differing',
    `All keys in which the arms differ, found by comparing them; a dash where an arm does not have the key. Everything else${tuning === undefined ? '' : ' but what the search for hyperparameters chose'} is equal in all arms.`,
    columns,
    differing,
  );
  const control = arms.find((arm) => arm.control)?.name ?? 'the control';
  const causes = arms.flatMap(({ name, kinds = [] }) => causesSentence(name, control, kinds) ?? []);
  return [
    {
      id: 'differing',
      title: 'In what the arms differ',
      short: 'What differs',
      body: html`${causes.map((sentence) => html`<p>${sentence}</p>\n`)}${table.html}`,
      tables: [table.plain],
    },
  ];
}
