import { html } from '../../kit/html.js';
import { itemCounts } from '../checklists/counts.js';
import { filledChecklists } from '../checklists/index.js';
import type { ReportInput } from '../report-input.js';
import type { Section } from './section.js';

/** How far the study answers what journals ask for; item by item that is in a file of its own. */
export function checklistsSection(input: ReportInput): Section {
  return {
    id: 'checklists',
    title: 'Reporting checklists',
    short: 'Checklists',
    body: html`<p>Item by item in <a href="./checklists.html">checklists.html</a>, filled in as far as the study can; also as checklists.csv and checklists.md.</p>
<ul>${filledChecklists(input).map((filled) => html`<li><b>${filled.checklist.name}</b>: ${itemCounts(filled)}</li>\n`)}</ul>`,
  };
}
