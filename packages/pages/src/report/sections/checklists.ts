import { counted } from '@chromaray/base';
import { type Html, html } from '../../kit/html.js';
import type { FilledItem } from '../checklists/checklist.js';
import { factSections } from '../checklists/facts.js';
import { type FilledChecklist, filledChecklists } from '../checklists/index.js';
import type { ReportInput } from '../report-input.js';
import { type Section, table } from './section.js';

/** What journals ask for, answered as far as the study can, the rest marked. */
export function checklistsSection(input: ReportInput): Section {
  return {
    id: 'checklists',
    title: 'Reporting checklists',
    short: 'Checklists',
    reading:
      'Each item is in our own words, under the number it has in the publication. What the study knows is filled in; what only its author can say is marked. The same stands in checklists.csv and checklists.md.',
    body: html`${filledChecklists(input).map(checklistPart)}`,
  };
}

function checklistPart({ checklist, items }: FilledChecklist): Html {
  const { id, name, source } = checklist;
  return html`<details id="checklist-${id}"><summary><b>${name}</b>: ${counts(items)}</summary>
${table<FilledItem>(
  `table-checklist-${id}`,
  html`${name}, after <a href="https://doi.org/${source.doi}">${source.text}</a>.`,
  [
    { head: 'Item', cell: ({ item }) => item },
    {
      head: 'Asks for',
      cell: ({ asks, group }) => html`${asks}<span class="line quiet">${group}</span>`,
      kind: 'words',
    },
    {
      head: 'State',
      cell: ({ state }) =>
        state === 'reported' || state === 'not applicable' ? state : html`<span class="tag partial">${state}</span>`,
    },
    { head: 'The study says', cell: answer, kind: 'words' },
  ],
  items,
)}</details>
`;
}

function answer({ answer: text, sections, author }: FilledItem): Html {
  return html`${text}${sections.map((section) => html` <a href="#${section}">${factSections[section]}</a>`)}${
    author === '' ? null : html`<span class="line"><b>To add:</b> ${author}</span>`
  }`;
}

function counts(items: readonly FilledItem[]): string {
  const of = (state: FilledItem['state']) => items.filter((item) => item.state === state).length;
  return `${counted(items.length, 'entry', 'entries')}; ${of('reported')} answered by the study, ${of('in part')} in part, ${of('for the author')} for the author, ${of('not applicable')} not applicable`;
}
