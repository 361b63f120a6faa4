import { type Html, html } from '../../kit/html.js';
import { page } from '../../kit/page.js';
import { pageScript } from '../../kit/script/index.js';
import type { FilledItem } from '../checklists/checklist.js';
import { itemCounts } from '../checklists/counts.js';
import { factSections } from '../checklists/fact.js';
import type { FilledChecklist } from '../checklists/index.js';
import { table } from '../sections/section.js';

/** The checklists as a page beside the report, each folded. */
export function checklistsPage(study: string, filled: readonly FilledChecklist[]): string {
  const body = html`<header>
<p class="eyebrow"><strong>Chromaray</strong> reporting checklists <span aria-hidden="true">\u00b7</span> <strong>${study}</strong></p>
<h1>Reporting checklists</h1>
<p class="statement">Each item is in our own words, under the number it has in the publication. What the study knows is filled in; what only its author can say is marked.</p>
<p class="notice">For research use only, not for diagnosis.</p>
</header>
<main class="plain">
${filled.map(checklistPart)}</main>
<footer><p><a href="./report.html">The report</a></p></footer>
`;
  return page({ title: `Reporting checklists of ${study}`, body, script: pageScript });
}

function checklistPart(filled: FilledChecklist): Html {
  const { id, name, source } = filled.checklist;
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${name}</h2>
<p>After <a href="https://doi.org/${source.doi}">${source.text}</a>. ${itemCounts(filled)}.</p>
<details><summary>All items</summary>
${table<FilledItem>(
  `table-checklist-${id}`,
  html`${name}, item by item.`,
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
  filled.items,
)}</details></section>
`;
}

function answer({ answer: text, sections, author }: FilledItem): Html {
  return html`${text}${sections.map((section) => html` <a href="./report.html#${section}">${factSections[section]}</a>`)}${
    author === '' ? null : html`<span class="line"><b>To add:</b> ${author}</span>`
  }`;
}
